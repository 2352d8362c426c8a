"""A kind of finding is known wherever kinds are listed: a new one is missed by a test, not by an owner."""

from __future__ import annotations

import json

import pytest

from anlass.litmus import FindingKind
from anlass.policy.labels import FINDINGS
from anlass.web.cases.letter import STROKES
from anlass.web.templatetags.letters import MARGIN
from tests.telling import ROOT

API = ROOT / "src" / "anlass" / "web" / "api" / "surface.schema.json"
PAGE = ROOT / "docs" / "reference" / "surface.md"


@pytest.mark.parametrize(
    "listed",
    [FINDINGS, MARGIN, STROKES],
    ids=["policy/labels", "web/templatetags/letters", "web/cases/letter"],
)
def test_every_kind_is_in_every_list(listed: dict[FindingKind, object]) -> None:
    """No list that speaks of findings lacks a kind."""
    assert set(listed) == set(FindingKind)


def test_every_kind_is_on_the_surface() -> None:
    """Whoever builds on the lines of the house is told every kind."""
    lists = [one for one in _lists(json.loads(API.read_text(encoding="utf-8"))) if "optout" in one]
    assert lists
    assert all(set(one) == set(FindingKind) for one in lists)
    words = PAGE.read_text(encoding="utf-8").replace("`", " ").replace(".", " ").split()
    assert set(FindingKind) <= set(words)


def _lists(value: object) -> list[list[str]]:
    """Return every enumeration of a schema."""
    if isinstance(value, list):
        return [found for one in value for found in _lists(one)]
    if not isinstance(value, dict):
        return []
    own = [value["enum"]] if "enum" in value else []
    return own + [found for one in value.values() for found in _lists(one)]
