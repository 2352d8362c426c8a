"""The time ledger over the book, on both databases, and the letter about a month."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.db import connections

from anlass.case import Case
from anlass.desk.time.digest import Digest, digest
from anlass.desk.time.ledger import TimeSheet, asked_in, behind, give, take_back, time_sheet
from anlass.errors import NotFound, UserError
from anlass.intake import Channel
from anlass.ledger import TieLevel
from anlass.ledger.time import MonthOfYear, Number, TimeAsked, month_of, times
from anlass.store import open_book
from anlass.store.book import Book
from anlass.store.cases.kept import CaseState
from tests.characters import HOHL, NOW, SAM, Scene, case_of
from tests.contract.conftest import NewBook


def keep(book: Book, scene: Scene, minutes: int | None, state: CaseState = CaseState.WAITING) -> None:
    """Keep a scene as a case that asks for some minutes."""
    case = case_of(scene)
    book.keep(replace(case, reading=replace(case.reading, asks_minutes=minutes)), now=NOW)
    book.set_state(case.request.id, state)


def month(scene: Scene) -> MonthOfYear:
    """Return the month in which a scene's letter arrived."""
    assert scene.arrived is not None
    assert NOW.tzinfo is not None
    return month_of(scene.arrived, NOW.tzinfo)


def test_every_number_opens_into_its_cases(book: Book) -> None:
    """What a number says is what its cases add up to."""
    keep(book, HOHL, 15)
    keep(book, SAM, None, CaseState.DONE)
    give(book, "hohl", 5, now=NOW, lang="en")
    sheet = time_sheet(book, now=NOW)
    assert dict(sheet.all.numbers) == {
        Number.REQUESTS: 2,
        Number.STRANGERS: sum(one.level.value == "stranger" for one in book.times.asked()),
        Number.UNSAID: 1,
        Number.ASKED: 15,
        Number.GIVEN: 5,
        Number.SPARED: 0,
        Number.OPEN: 10,
    }
    for number in Number:
        found = behind(book, number, None, now=NOW, lang="de")
        assert found.total == sheet.all.of(number) == sum(one.amount(number) for _, one in found.cases)
    assert [line.id for line, _ in behind(book, Number.ASKED, month(HOHL), now=NOW, lang="de").cases] == [
        "hohl"
    ]
    assert behind(book, Number.ASKED, MonthOfYear(2019, 1), now=NOW, lang="de").cases == ()


def read_one_by_one(book: Book, now: datetime) -> TimeSheet:
    """Return the time ledger as it is when every case is read and its month looked up in a calendar."""
    zone, requests = now.tzinfo or UTC, tuple(book.times.asked())
    last = month_of(now, zone)
    found: dict[MonthOfYear, list[TimeAsked]] = {last: []} if requests else {}
    for one in requests:
        found.setdefault(min(month_of(one.arrived, zone), last), []).append(one)
    first, one_after = min(found, default=last), last
    while one_after > first:
        one_after = one_after.before
        found.setdefault(one_after, [])
    return TimeSheet(times(requests), tuple((month, times(found[month])) for month in sorted(found)))


def check(book: Book, now: datetime) -> None:
    """Hold the sums, and what opens behind each of them, against every case read one by one."""
    sheet = time_sheet(book, now=now)
    assert sheet == read_one_by_one(book, now)
    for month, numbers in (*sheet.months, (None, sheet.all)):
        for number in Number:
            found = behind(book, number, month, now=now, lang="en")
            assert found.total == numbers.of(number) == sum(one.amount(number) for _, one in found.cases)
        if month is not None:
            assert times(asked_in(book, month, now=now)) == numbers


CHANGES: dict[str, Callable[[Book, Case, Random], object]] = {
    "done": lambda book, case, _: book.set_state(case.request.id, CaseState.DONE),
    "undone": lambda book, case, _: book.set_state(case.request.id, CaseState.WAITING),
    "given": lambda book, case, dice: book.times.give(case.request.id, dice.randrange(90), now=NOW),
    "taken back": lambda book, case, _: book.times.take_back(case.request.id),
    "forgotten": lambda book, case, _: book.forgetting.forget([case.request.id]),
    "read again": lambda book, case, dice: book.rewrite(
        replace(case, reading=replace(case.reading, asks_minutes=dice.choice([None, 10]))),
        state=CaseState.WATCHED,
    ),
}


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Pacific/Apia", "UTC"])
def test_sums_say_what_reading_every_case_says_whatever_becomes_of_cases(book: Book, zone: str) -> None:
    """Months that are over change too: a case of long ago is done, undone, corrected, forgotten, given to."""
    now, dice = datetime(2026, 11, 21, 18, 30, tzinfo=ZoneInfo(zone)), Random(zone)
    assert time_sheet(book, now=now) == read_one_by_one(book, now)
    cases = []
    for number in range(30):
        begins = MonthOfYear(2026 - number % 3, dice.randint(1, 12)).begins(now.tzinfo or UTC)
        arrived = begins + timedelta(seconds=dice.choice([-1, 0, 1, 86_400 * 9]))
        case = case_of(dice.choice([HOHL, SAM]))
        request = replace(case.request, id=f"{number:032x}", arrived=arrived, channel=dice.choice([*Channel]))
        tie = replace(case.tie, level=dice.choice([*TieLevel]))
        reading = replace(case.reading, asks_minutes=dice.choice([None, 15, 60]))
        cases.append(replace(case, request=request, reading=reading, tie=tie))
        book.keep(cases[-1], now=now)
    check(book, now)
    for _ in range(6):
        for change in CHANGES.values():
            change(book, cases[dice.randrange(len(cases))], dice)
        check(book, now)


def test_given_time_can_be_taken_back(book: Book) -> None:
    """A later word stands in place of the earlier one, and both are in the journal."""
    keep(book, HOHL, 15)
    assert give(book, "hohl", 20, now=NOW, lang="de").before is None
    assert give(book, "hohl", 30, now=NOW + timedelta(seconds=1), lang="de").before == 20
    assert take_back(book, "hohl", now=NOW + timedelta(seconds=2), lang="de").before == 30
    assert book.times.given("hohl") is None
    assert [one.act for one in book.entries(about="hohl")] == ["take_back_time", "give_time", "give_time"]


@pytest.mark.parametrize("minutes", [-1, 24 * 60 + 1])
def test_impossible_minutes_are_refused(book: Book, minutes: int) -> None:
    """A day has so many minutes and no more."""
    keep(book, HOHL, 15)
    with pytest.raises(UserError):
        give(book, "hohl", minutes, now=NOW, lang="de")


def test_nobody_gives_to_a_case_that_is_not_there(book: Book, new_book: NewBook) -> None:
    """Another owner's case is not there."""
    keep(new_book(), HOHL, 15)
    with pytest.raises(NotFound):
        give(book, "hohl", 5, now=NOW, lang="de")
    assert tuple(book.times.asked()) == ()


@pytest.mark.parametrize("where", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_old_cases_get_their_numbers_from_what_is_kept(
    where: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """A memory from before the time ledger is told as one from after it; the step goes over all owners."""
    is_server = where == "postgres"
    with closing(
        open_book(request.getfixturevalue("postgres").create("time") if is_server else tmp_path)
    ) as book:
        check_old_cases(book)


def check_old_cases(book: Book) -> None:
    """Forget the numbers of the time ledger, take the step again, and compare."""
    keep(book, HOHL, 15)
    before = tuple(book.times.asked())
    alias = connections[book._tables.using]
    with alias.cursor() as cursor:
        cursor.execute("UPDATE store_case SET minutes = NULL, level = '' WHERE owner_id = %s", [book.owner])
    migration = importlib.import_module("anlass.store.migrations.0017_time_asked_and_given")
    with alias.schema_editor() as editor:
        migration.take_from_content(None, editor)
    assert tuple(book.times.asked()) == before


def test_letter_about_a_month(book: Book) -> None:
    """It says who came, what was asked and given, and who still waits; it names nobody's address."""
    keep(book, HOHL, 15)
    named = month(HOHL)
    german = digest(book, named, now=NOW, lang="de")
    assert german.subject == "Dein November 2026 an der Tür"
    assert "Erbeten: 15 Minuten. Gegeben: nichts." in german.text
    assert german.text.endswith("Dieser Brief geht nur an dich.\n")
    assert "@" not in german.text
    (waits,) = [line for line in german.text.split("\n") if line.startswith("- ")]
    assert waits.startswith(f"- {case_of(HOHL).person.name}: ")
    assert digest(book, MonthOfYear(2019, 1), now=NOW, lang="en") == Digest(
        "Your January 2019 at the door",
        "This was your January 2019.\n\nNobody knocked. In the month before it was 0.\n\n"
        "This letter goes to you alone.\n",
    )


def test_name_with_line_breaks_stays_on_its_line(book: Book) -> None:
    """Nobody can write a paragraph into the owner's letter by their name."""
    case = case_of(HOHL)
    evil = replace(case.person, name="Eva\n\nBcc: x@y.example")
    book.keep(replace(case, person=evil), now=NOW)
    text = digest(book, month(HOHL), now=NOW, lang="en").text
    assert [line for line in text.split("\n") if line.startswith("Bcc")] == []
    assert json.dumps(text)  # plain text, with no lone surrogate in it
