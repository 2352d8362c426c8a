"""Cases go when they stayed as long as the owner chose: all of each, nothing else, on either database."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from anlass.desk.house.preferences import prefer, preferences
from anlass.desk.safekeeping.retention import LetGo, due, let_go
from anlass.intake.gate import FORGOTTEN
from anlass.store.book import Book
from anlass.store.cases.kept import CaseState
from tests.characters import NOW, SCENES
from tests.contract.test_private import HERS, filled
from tests.walking import rows_of

LATER = NOW.replace(year=NOW.year + 3)


def keeping(book: Book, years: int, *done: str, now: datetime = NOW) -> None:
    """Fill a book, end these cases, and choose how long they stay."""
    filled(book)
    for scene in SCENES:
        book.set_state(scene.id, CaseState.DONE if scene.id in done else CaseState.WAITING)
    prefer(book, replace(preferences(book), keep_years=years), now=now)


def stop_asking(book: Book) -> None:
    """End what asks on networks."""
    book.networks.end_others("chat", frozenset())


def test_case_that_was_done_long_ago_is_in_no_row_any_more(book: Book) -> None:
    """Words, journal, outcome, drafts: no table of the house names it; the act is written down."""
    keeping(book, 2, HERS.id)
    book.found_request("letter-of-hers", HERS.id)
    assert due(book, 2, now=LATER) == 0  # it still asks on a network
    stop_asking(book)
    told = repr(rows_of(book))
    assert f"'{HERS.id}'" in told
    assert HERS.name in told
    assert due(book, 2, now=LATER) == 1
    assert let_go(book, now=LATER) == LetGo(1, LATER.replace(year=LATER.year - 2))
    kept = rows_of(book)
    of_case = {table: rows for table, rows in kept.items() if table != "store_person"}
    assert [table for table, rows in of_case.items() if f"'{HERS.id}'" in repr(rows)] == []
    assert [table for table, rows in of_case.items() if f'"{HERS.id}"' in repr(rows)] == []
    assert [row[2:] for row in kept["store_seen"] if row[1] == "letter-of-hers"] == [(FORGOTTEN, "", None)]
    (line,) = [entry for entry in book.entries() if entry.act == "let_go"]
    assert line.content == {"cases": 1, "before": f"{LATER.year - 2}{LATER:-%m-%d}", "left": 0}
    assert let_go(book, now=LATER) is None


def test_only_what_is_done_and_untouched_goes(book: Book) -> None:
    """Waiting cases stay however old, and so does a done one with which something happened since."""
    keeping(book, 1, *(scene.id for scene in SCENES[:3]))
    touched, asked, gone = (scene.id for scene in SCENES[:3])
    book.note("decide", about=touched, content={}, now=LATER - timedelta(days=200))
    book.set_state(asked, CaseState.ASKED)
    assert let_go(book, now=LATER) == LetGo(1, LATER.replace(year=LATER.year - 1))
    left = {kept.id for kept in book.cases(limit=100).cases}
    assert {scene.id for scene in SCENES} - left == {gone}
    assert len({*left, touched, asked}) == len(left)


def test_nothing_goes_before_its_day_or_where_all_stays(book: Book) -> None:
    """On the day itself a case stays; with no years chosen it stays for ever."""
    keeping(book, 1, HERS.id)
    stop_asking(book)
    day = NOW.replace(year=NOW.year + 1)
    assert due(book, 1, now=day) == 0
    assert let_go(book, now=day) is None
    assert due(book, 1, now=day + timedelta(days=1)) == 1
    assert due(book, 0, now=LATER) == 0
    prefer(book, replace(preferences(book), keep_years=0), now=NOW)
    assert let_go(book, now=LATER) is None


def test_one_owners_years_are_not_anothers(book: Book, new_book: object) -> None:
    """What goes here stays there."""
    other = new_book()  # type: ignore[operator] # a fixture that makes books
    keeping(book, 1, HERS.id)
    keeping(other, 0, HERS.id)
    stop_asking(book)
    before = rows_of(other)
    assert let_go(book, now=LATER) is not None
    assert rows_of(other) == before
