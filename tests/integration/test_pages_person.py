"""The page of a person: the picture, every number open, in both languages, no markup of strangers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from anlass.ledger import Encounter, EncounterKind
from anlass.people import Address, AddressKind, Person, person_at
from anlass.store.book import Book
from tests.characters import NOW, SAM, MemoryBook
from tests.pages import a_house, book_on_disk, owner, pages_configured, visitor

pytestmark = pytest.mark.slow  # makes a database with all its tables

EVIL = "<script>alert(1)</script> Eva"
KINDS = (
    EncounterKind.MAIL_IN,
    EncounterKind.MAIL_OUT,
    EncounterKind.MESSAGE_IN,
    EncounterKind.MESSAGE_OUT,
    EncounterKind.MEETING,
    EncounterKind.CARD,
    EncounterKind.INTRODUCTION,
)


@pytest.fixture(autouse=True)
def django() -> Iterator[None]:
    """Configure Django for these tests."""
    with pages_configured():
        yield


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Return a book on disk with one case and nobody else."""
    return book_on_disk(tmp_path, [SAM])


def met(book: Book, name: str, kinds: tuple[EncounterKind, ...]) -> Person:
    """Let somebody of this name have one encounter of each kind, a week apart."""
    somebody = person_at(Address(AddressKind.MAIL, "eva@firma.example"), name)
    book.meet(somebody)
    for number, kind in enumerate(kinds):
        when = NOW - timedelta(days=7 * number + 1)
        one = Encounter(kind, when, "t", is_proven=True, source=f"test:{number}", id=f"e{number}", where=EVIL)
        book.add_encounter(somebody.addresses[0], one)
    return somebody


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "de",
            (
                "Monat für Monat",
                "Ein Brief an dich",
                "Ein Brief von dir",
                "Eine Nachricht an dich",
                "Eine Nachricht von dir",
                "Ein Treffen",
                "Einmal Karten getauscht",
                "Einmal einander vorgestellt",
                "Das Bild als Tabelle",
                "Voller Kreis: ein Treffen.",
            ),
        ),
        (
            "en",
            (
                "Month by month",
                "One letter to you",
                "One letter from you",
                "One message to you",
                "One message from you",
                "One meeting",
                "Cards swapped once",
                "Introduced once",
                "The picture as a table",
                "Filled circle: you met.",
            ),
        ),
    ],
)
def test_page_of_a_person_says_all_there_is(book: Book, lang: str, words: tuple[str, ...]) -> None:
    """Each kind has its number, its sign in the picture and its words below, in the owner's language."""
    somebody = met(book, "Eva Beispiel", KINDS)
    page = owner(a_house(book), lang).get(f"/person/{somebody.id}/").content.decode()
    assert [one for one in words if one not in page] == []
    signs = re.findall(r'<(?:rect|circle) class="(\w+)"', page)
    assert sorted(signs) == sorted(KINDS)
    assert page.count("<desc ") == 1
    assert page.count("test:") == len(KINDS)


def test_names_and_places_stay_words(book: Book) -> None:
    """What strangers call themselves and their meetings is shown, never run."""
    somebody = met(book, EVIL, KINDS)
    page = owner(a_house(book), "de").get(f"/person/{somebody.id}/").content.decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_person_of_a_case_is_one_step_away(book: Book) -> None:
    """The page of a case leads to its person; who shares nothing yet has a page that says so."""
    client = owner(a_house(book), "en")
    assert "/case/sam/person/" in client.get("/case/sam/").content.decode()
    page = client.get("/case/sam/person/")
    assert page.status_code == 200
    assert "To be in touch, three turns in two threads are missing" in page.content.decode()


def test_nobody_else_sees_a_person(book: Book) -> None:
    """Without the key there is the threshold; an unknown id, or a house without a memory, has nobody."""
    somebody = met(book, "Eva Beispiel", KINDS)
    assert visitor(a_house(book)).get(f"/person/{somebody.id}/").status_code == 403
    assert owner(a_house(book)).get("/person/nobody/").status_code == 404
    assert owner(a_house(MemoryBook())).get("/case/sam/person/").status_code == 404
    assert "/person/" not in owner(a_house(MemoryBook())).get("/case/sam/").content.decode()
