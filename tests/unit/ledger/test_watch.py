"""What wakes an entry of the watch list, and what does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from anlass.ledger import UNDATED, Encounter, EncounterKind
from anlass.ledger.watch import Wake, WakeKind, Watch, wake_of

SINCE = datetime(2026, 11, 1, tzinfo=UTC)


def day(count: int) -> datetime:
    """Return a day since the entry was made."""
    return SINCE + timedelta(days=count)


def encounter(kind: EncounterKind, when: datetime, *, proven: bool = True, turn: bool = False) -> Encounter:
    """Return something that happened."""
    return Encounter(kind, when, "t", is_turn=turn, is_proven=proven, source="test", id="e")


ENTRY = Watch("p", SINCE, day(100), "why")


@pytest.mark.parametrize(
    ("one", "kind"),
    [
        (encounter(EncounterKind.MEETING, day(3)), WakeKind.MET),
        (encounter(EncounterKind.CARD, day(3)), WakeKind.MET),
        (encounter(EncounterKind.INTRODUCTION, day(3)), WakeKind.INTRODUCED),
        (encounter(EncounterKind.MAIL_IN, day(3), turn=True), WakeKind.WROTE),
        (encounter(EncounterKind.MESSAGE_IN, day(3), turn=True), WakeKind.WROTE),
        (encounter(EncounterKind.MAIL_IN, day(3)), None),
        (encounter(EncounterKind.MAIL_OUT, day(3), turn=True), None),
        (encounter(EncounterKind.MEETING, day(3), proven=False), None),
        (encounter(EncounterKind.MEETING, day(-1)), None),
        (encounter(EncounterKind.MEETING, day(9)), None),
        (encounter(EncounterKind.CARD, UNDATED), None),
    ],
)
def test_only_what_is_proven_and_new_wakes(one: Encounter, kind: WakeKind | None) -> None:
    """What was before, is to come, has no date or no proof wakes nobody."""
    assert wake_of(ENTRY, [one], [], at=day(5)) == (Wake(kind, day(3)) if kind else None)


def test_a_letter_with_a_reason_wakes_and_time_comes_last() -> None:
    """Of several things the first counts; that the time is up counts only where nothing else happened."""
    assert wake_of(ENTRY, [], [day(-1), day(7), day(4)], at=day(8)) == Wake(WakeKind.WROTE, day(4))
    assert wake_of(ENTRY, [], [], at=day(99)) is None
    assert wake_of(ENTRY, [], [], at=day(100)) == Wake(WakeKind.TIME, day(100))
    late = encounter(EncounterKind.MEETING, day(101))
    assert wake_of(ENTRY, [late], [], at=day(102)) == Wake(WakeKind.MET, day(101))
    assert wake_of(Watch("p", SINCE), [], [], at=day(9_000)) is None
