"""Cards and calendars that others published, good and broken: every one is accounted for.

The files are not part of the project; where they are missing these tests say so.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from time import process_time

import pytest

from anlass.intake import SetAside
from anlass.ledger.trace import Trace
from anlass.sources import Bearings
from anlass.sources.known import source_of
from tests.fuzz.torture import longest

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
BEARINGS = Bearings(frozenset({"olga@home.example"}), datetime(2026, 11, 21, tzinfo=UTC))

pytestmark = [
    pytest.mark.peers,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"the public test data is not at {DATA}"),
]


def files(folder: str, end: str) -> list[Path]:
    """Return the files of a set."""
    return sorted((DATA / folder).glob(f"*{end}"))


@pytest.mark.parametrize("path", [*files("cards", ".vcf"), *files("calendars", ".ics")], ids=lambda p: p.name)
def test_file_of_others_is_read_within_a_second(path: Path) -> None:
    """Its source knows it; nothing is raised, and whatever is set aside has a place and a sentence."""
    source = source_of(str(path), path.read_bytes()[:16_384])
    assert source is not None
    began = process_time()
    told = list(source.read(str(path), BEARINGS))
    assert process_time() - began < longest()
    assert [one for one in told if isinstance(one, SetAside) and not one.says.endswith(".")] == []


@pytest.mark.parametrize("path", files("cards", ".vcf"), ids=lambda p: p.name)
def test_every_card_of_others_names_somebody(path: Path) -> None:
    """None of these cards is lost: as many traces, and others that are none, as cards begin."""
    source = source_of(str(path), b"BEGIN:VCARD")
    assert source is not None
    told = list(source.read(str(path), BEARINGS))
    assert len(told) == path.read_bytes().upper().count(b"BEGIN:VCARD")
    assert [one for one in told if isinstance(one, SetAside)] == []
    assert all(one.addresses or one.name for one in told if isinstance(one, Trace))
