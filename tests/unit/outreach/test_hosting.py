"""Hosted events as values: coarse counts, the clock, the proof, and what is printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.outreach import handouts
from anlass.outreach.hosting import (
    KEPT,
    Hosting,
    Participant,
    RoundTimes,
    closing_report,
    coarse,
    days_left,
    proof_of,
)
from anlass.outreach.phrases import day_says, moment_says

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
EVENT = Hosting(
    "abc", "Türen-Tagung", NOW, NOW, NOW + KEPT, "Berlin", "de", "https://t.example", "Olga Türen"
)
ROUND = RoundTimes(
    1,
    NOW,
    NOW + timedelta(hours=1),
    NOW + timedelta(hours=2),
    NOW + timedelta(hours=50),
    "AV52 JBQN PROS S3IN UIGA DGZU RR2K FGMX",
    44,
)


def people(count: int, *, listed: int = 0, wishing: int = 0) -> tuple[Participant, ...]:
    """Return so many participants."""
    return tuple(
        Participant(
            str(n), "abc", f"d{n}", f"Mensch {n}", on_list=n < listed, wish="w" if n < wishing else ""
        )
        for n in range(count)
    )


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_no_single_person_can_be_reckoned_out_of_two_counts(one: int, other: int) -> None:
    """Told counts are multiples of five, never more than is so, and differ by nobody or by five at least."""
    told = coarse(one), coarse(other)
    assert all(0 <= is_so - count < 5 for is_so, count in zip((one, other), told, strict=True))
    assert (told[0] - told[1]) % 5 == 0


def test_the_report_counts_and_names_nobody() -> None:
    """Participants, the list, wishes and rounds; fewer than five are "fewer than five"."""
    report = closing_report(people(63, listed=41, wishing=4), (ROUND,))
    assert report == (("participants", 60), ("on_list", 40), ("in_wishes", 0), ("round_1", 40))
    said = handouts.report_says(report, "de")
    assert said == (
        ("Teilnehmende", "mindestens 60"),
        ("auf der Liste", "mindestens 40"),
        ("bei den Wünschen", "weniger als 5"),
        ("auf der Liste von Runde 1", "mindestens 40"),
    )


def test_the_clock_counts_down_to_nothing() -> None:
    """Whole days, and never less than none."""
    assert [days_left(EVENT, NOW + timedelta(days=n)) for n in (0, 59, 60, 99)] == [60, 1, 0, 0]


def test_a_proof_tells_what_was_left_of_which_event_when() -> None:
    """Another event, moment or remainder gives another proof."""
    left = (("participants", 0),)
    told = {
        proof_of(EVENT, left, NOW),
        proof_of(replace(EVENT, id="x"), left, NOW),
        proof_of(EVENT, left, NOW + timedelta(seconds=1)),
        proof_of(EVENT, (("participants", 1),), NOW),
    }
    assert len(told) == 4


@pytest.mark.parametrize("lang", ["de", "en"])
def test_what_is_hung_up_and_handed_out(lang: str) -> None:
    """Poster, badges and slide are PDFs, the same every time; ten badges fill a page."""
    hosting = replace(EVENT, lang=lang)
    made = (
        handouts.poster(hosting, "https://t.example/e/abc/"),
        handouts.badges(hosting, people(11), "https://t.example/e/abc/"),
        handouts.slide(hosting, ROUND.code),
        handouts.slide(hosting, ""),
    )
    assert all(one.startswith(b"%PDF") for one in made)
    assert made[1].count(b"/Type /Page\n") == 2
    assert handouts.slide(hosting, ROUND.code) == made[2]
    assert made[2] != made[3]


def test_badges_of_nobody_are_an_empty_sheet() -> None:
    """No page, no error; a name that is far too long finds its place."""
    assert handouts.badges(EVENT, (), "https://t.example").startswith(b"%PDF")
    long = replace(people(1)[0], name="W" * 200, line="m" * 140)
    assert handouts.badges(EVENT, [long], "https://t.example").startswith(b"%PDF")


def test_the_timetable_is_in_order() -> None:
    """Four moments of each round, the earliest first."""
    early = replace(ROUND, number=2, freeze=NOW - timedelta(days=1))
    said = handouts.timetable_says((early, ROUND), "en", UTC)
    moments = [when for one in (early, ROUND) for when in (one.freeze, one.match, one.release, one.forget)]
    assert [when for when, _ in said] == [moment_says(when, "en") for when in sorted(moments)]
    assert (len(said), said[0][1]) == (8, "The list closes")


def test_moments_are_said_in_words_and_by_the_clock_on_the_wall() -> None:
    """Weekday, day, month, hour and zone; a day alone has none of the last two."""
    berlin = ZoneInfo("Europe/Berlin")
    when = datetime(2027, 3, 1, 17, 5, tzinfo=UTC).astimezone(berlin)
    assert moment_says(when, "de") == "Mo, 1. März 2027, 18:05\u00a0Uhr\u00a0(MEZ)"
    assert moment_says(when, "en") == "Mon 1 March 2027, 18:05\u00a0(CET)"
    assert (day_says(when, "de"), day_says(when, "en")) == ("1. März 2027", "1 March 2027")


def test_records_of_processing_say_what_the_program_does() -> None:
    """Purposes, data, receivers, deletion, rights, measures; wishes only where there are some."""
    told = handouts.records(EVENT)
    assert told.startswith("# Verzeichnis der Verarbeitung: Türen-Tagung\n")
    assert "**Verantwortlich:** Olga Türen" in told
    assert day_says(EVENT.delete_at, "de") in told
    assert told.count("\n## ") == 8
    assert ("Wünsche, die" in told, "Wünsche, die" in handouts.records(replace(EVENT, wishes="w"))) == (
        False,
        True,
    )
    assert "{" not in told
