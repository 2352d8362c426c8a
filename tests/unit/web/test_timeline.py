"""A tie drawn as one line: what happened, where it stands between the first time and now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from anlass.desk.cases.inbox import Shared
from anlass.ledger import EncounterKind
from anlass.web.cases.timeline import Mark, Timeline, timeline

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
IN, OUT, MET = EncounterKind.MAIL_IN, EncounterKind.MAIL_OUT, EncounterKind.MEETING


def shared(kind: EncounterKind, days: float | None) -> Shared:
    """Return something that happened that many days ago, or at no known time."""
    when = None if days is None else NOW - timedelta(days=days)
    return Shared(kind, when, "", "", "", is_proven=True)


def test_timeline_when_letters_went_both_ways() -> None:
    """The first mark stands at the left end, the last moment at the right."""
    drawn = timeline([shared(OUT, 100), shared(IN, 50), shared(MET, 0)], now=NOW, lang="en")
    assert drawn == Timeline(
        (Mark(OUT, "1.0%"), Mark(IN, "50.0%"), Mark(MET, "99.0%")),
        (IN, OUT, MET),
        "13 August 2026",
        "21 November 2026",
    )


def test_timeline_when_nothing_has_a_date() -> None:
    """Nothing is drawn of what has no place in time, or lies in the future."""
    assert timeline([shared(IN, None), shared(MET, -3)], now=NOW, lang="de") is None


def test_timeline_when_there_is_one_letter() -> None:
    """One letter needs no picture."""
    assert timeline([shared(IN, 3)], now=NOW, lang="de") is None


def test_timeline_when_letters_are_many() -> None:
    """Marks that would cover each other are drawn once."""
    drawn = timeline([shared(IN, day / 10) for day in range(10_000)], now=NOW, lang="de")
    assert drawn is not None
    assert len(drawn.marks) <= 200
