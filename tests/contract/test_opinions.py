"""Second opinions in the memory, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from anlass.litmus import FindingKind, Place
from anlass.litmus.opinion import Claim, Opinion, Silence
from anlass.store.book import Book, CaseState, Spent
from tests.contract.conftest import NewBook
from tests.contract.values import case_of

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ODD = Claim(FindingKind.WHO, Place.TEXT, 0, 3, "a\0\ud800")
ONE = Opinion("tiny", "nas:11434", NOW, (ODD,), "Ja.", 1, 700, 50, 1_500_000)


def test_all_that_was_asked_is_kept_and_counted(book: Book) -> None:
    """Two opinions with the same words at the same moment are two, for both were paid."""
    for _ in range(2):
        book.add_opinion("a", ONE)
    later = replace(ONE, at=NOW + timedelta(days=1), silence=Silence.TIMED_OUT, number=20)
    book.add_opinion("b", later)
    assert (book.opinions("a"), book.opinions("b"), book.opinions("c")) == ((ONE, ONE), (later,), ())
    assert book.spent_on_opinions(since=NOW) == Spent(3, 4_500_000)
    assert book.spent_on_opinions(since=NOW + timedelta(seconds=1)) == Spent(1, 1_500_000)
    assert book.spent_on_opinions(since=NOW + timedelta(days=2)) == Spent(0, 0)


def test_a_case_keeps_its_opinion_and_one_of_before_has_none(book: Book) -> None:
    """The opinion is part of the case; a case that was written before there were any is read as it was."""
    case = replace(case_of("a"), opinion=ONE)
    book.keep(case, now=NOW)
    book.keep(case_of("b"), now=NOW)
    assert [book.case(id_).case.opinion for id_ in "ab"] == [ONE, None]
    book.rewrite(replace(case, opinion=None), state=CaseState.WAITING)
    assert book.case("a").case == case_of("a")


def test_another_owners_opinions_are_not_counted(new_book: NewBook) -> None:
    """Everybody pays for themselves."""
    mine, theirs = new_book(), new_book()
    theirs.add_opinion("a", ONE)
    assert (mine.opinions("a"), mine.spent_on_opinions(since=NOW)) == ((), Spent(0, 0))
