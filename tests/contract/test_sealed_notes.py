"""A note beside an answer on both databases: it opens only when both want it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from anlass.desk.cards.granting import Wanted, give, revoke
from anlass.desk.cards.own import FILE, take_in
from anlass.desk.outgoing.noting import PATH, enclose, note_behind, take_away
from anlass.errors import NotFound, Refused
from anlass.store.book import Book
from tests.contract.conftest import NewBook
from tests.unit.cards.samples import TEXT

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WORDS = "Ich habe mich über Ihren Brief gefreut.\nSchreiben Sie mir."


@pytest.fixture
def carded(book: Book) -> Book:
    """Return a book whose owner has cards."""
    take_in(book, TEXT, FILE, "en", now=NOW)
    return book


def link(book: Book, who: str = "kai@falk.example") -> str:
    """Enclose a note and return what its link ends in."""
    return enclose(book, who, WORDS, now=NOW).rpartition(PATH)[2]


def test_a_note_opens_while_the_owner_lets_that_person_see_a_card(carded: Book) -> None:
    """Before it nothing, after it was taken back nothing, and in between the words."""
    found = link(carded)
    assert note_behind(carded, found, at=NOW) is None
    grant = give(carded, "kai@falk.example", Wanted(), now=NOW)
    assert note_behind(carded, found, at=NOW) == WORDS
    revoke(carded, grant.grant.id, now=NOW + timedelta(hours=1))
    assert note_behind(carded, found, at=NOW + timedelta(hours=1)) is None


def test_the_memory_alone_and_the_letter_alone_are_noise(carded: Book, new_book: NewBook) -> None:
    """With the grant in place: half a link, a forged half, the note of another owner, all show nothing."""
    found = link(carded)
    give(carded, "kai@falk.example", Wanted(), now=NOW)
    id_, _, half = found.partition(".")
    for wrong in (
        id_,
        f"{id_}.",
        f"{id_}.{half[:-2]}",
        f"{id_}.{'A' * 43}",
        f"{id_}.ü",
        f"x.{half}",
        f"\0.{half}",
        "",
        ".",
    ):
        assert note_behind(carded, wrong, at=NOW) is None
    assert note_behind(new_book(), found, at=NOW) is None
    kept = carded.notes.note(id_)
    assert kept is not None
    for word in ("gefreut", half):
        assert word.encode() not in kept.content + kept.half
        assert word not in repr(kept)


def test_a_grant_to_somebody_else_opens_nothing(carded: Book) -> None:
    """The note is for one person."""
    found = link(carded)
    give(carded, "mia@falk.example", Wanted(), now=NOW)
    assert note_behind(carded, found, at=NOW) is None


def test_a_destroyed_note_is_as_one_that_never_was(carded: Book) -> None:
    """Its link shows nothing, and twice it cannot be destroyed."""
    found = link(carded)
    give(carded, "kai@falk.example", Wanted(), now=NOW)
    take_away(carded, found.partition(".")[0], now=NOW)
    assert note_behind(carded, found, at=NOW) is None
    with pytest.raises(NotFound):
        take_away(carded, found.partition(".")[0], now=NOW)


def test_notes_that_say_nothing_or_too_much_are_refused(carded: Book) -> None:
    """And nobody can be written to who is nobody; nothing is kept of it."""
    for text in ("", " \n", "x" * 4_095):
        with pytest.raises(Refused):
            enclose(carded, "kai@falk.example", text, now=NOW)
    with pytest.raises(NotFound):
        enclose(carded, "nobody at all", WORDS, now=NOW)
