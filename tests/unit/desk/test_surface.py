"""The JSON lines others build on speak the language they are asked for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from anlass.desk.surface import case_line, moment
from anlass.policy.facts import shown
from tests.characters import CARLA, case_of


@pytest.mark.parametrize(
    ("lang", "rule", "why"),
    [
        ("de", "Ein guter Grund genügt", "Anlass, Bezug und Gehalt stehen da."),
        ("en", "A good reason is enough", "Occasion, relation and substance are there."),
    ],
)
def test_case_line_gives_rule_and_reason_in_the_language_asked_for(lang: str, rule: str, why: str) -> None:
    """One decision, made once, in either language."""
    line = case_line(case_of(CARLA), new=True, lang=lang)
    assert (line["rule"], line["why"]) == (rule, why)


def test_every_year_has_four_digits() -> None:
    """What a wrong clock or a typing error says is a time as well, and is written as one."""
    assert {moment(early := datetime(104, 3, 11, 8, 43, 33, tzinfo=UTC)), shown(early)} == {
        "0104-03-11T08:43:33Z"
    }
