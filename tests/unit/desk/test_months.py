"""The months of a picture: none left out, nothing lost, however long the years."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from anlass.cli.portrait import picture
from anlass.desk.people.months import MOST, months_of
from anlass.desk.people.voice_of_ledger import months_say
from anlass.ledger import UNDATED, Encounter, EncounterKind

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def letter(year: int, month: int, kind: EncounterKind = EncounterKind.MAIL_IN) -> Encounter:
    """Return a letter of the tenth of a month."""
    return Encounter(kind, datetime(year, month, 10, tzinfo=UTC))


@given(st.lists(st.tuples(st.integers(0, 20_000), st.sampled_from(EncounterKind)), min_size=1))
def test_every_encounter_stands_in_one_period(told: list[tuple[int, EncounterKind]]) -> None:
    """Periods follow each other without a gap, are few, and their numbers add up to all there is."""
    encounters = [Encounter(kind, NOW - timedelta(days=days)) for days, kind in told]
    months = months_of(encounters, now=NOW)
    assert months is not None
    numbers = [one.year * 12 + one.month - 1 for one in months.periods]
    assert numbers == list(range(numbers[0], numbers[-1] + 1, months.step))
    assert numbers[-1] <= NOW.year * 12 + NOW.month - 1 < numbers[-1] + months.step
    assert len(numbers) <= MOST + 1
    assert sum(one.count(*EncounterKind) for one in months.periods) == len(encounters)


def test_what_has_no_date_or_one_to_come() -> None:
    """Without a date there is no month; a clock that runs ahead stands in this one."""
    assert months_of([Encounter(EncounterKind.MAIL_IN, UNDATED)], now=NOW) is None
    ahead = months_of([letter(2031, 1)], now=NOW)
    assert ahead is not None
    assert [(one.year, one.month, one.count(EncounterKind.MAIL_IN)) for one in ahead.periods] == [
        (2026, 11, 1)
    ]


def test_picture_in_text() -> None:
    """Bars rise with the letters of a month, meetings are figures, the ends of the line are named."""
    out, met = EncounterKind.MAIL_OUT, EncounterKind.MEETING
    told = [letter(2026, 8), letter(2026, 8), letter(2026, 10, out), letter(2026, 9, met)]
    months = months_of(told, now=NOW)
    assert months is not None
    assert picture(months, "en") == (
        "  to you |█   |",
        "from you |  ▄ |",
        "meetings | 1  |",
        "          August 2026 – November 2026",
    )
    assert picture(months, "de")[2:] == ("Treffen | 1  |", "         August 2026 – November 2026")
    assert months_say(months, "de") == (
        ("August 2026", "2 Briefe an dich"),
        ("September 2026", "ein Treffen"),
        ("Oktober 2026", "ein Brief von dir"),
    )


def test_long_years_are_told_by_quarters_and_years() -> None:
    """Five years stand in quarters, twenty in years."""
    quarters, years = (months_of([letter(year, 2)], now=NOW) for year in (2021, 2006))
    assert quarters is not None
    assert years is not None
    assert months_say(quarters, "en") == (("January 2021 to March 2021", "one letter to you"),)
    assert months_say(years, "de") == (("2006", "ein Brief an dich"),)
