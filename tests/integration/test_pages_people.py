"""The pages of all persons: the register, who may be one person, the inner circle, and the owner's word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from anlass.ledger import Encounter, EncounterKind
from anlass.ledger.trace import Trace
from anlass.people import Address, AddressKind, Person
from anlass.store.book import Book
from anlass.web.frame.house import House
from tests.characters import NOW, SAM, MemoryBook
from tests.integration.test_pages import words
from tests.pages import a_house, book_on_disk, owner, pages_configured, visitor

pytestmark = pytest.mark.slow  # makes a database with all its tables

KAI, HOME, EVA = "kai@falk.example", "kai.falk@home.example", "eva@s.example"
PAGES = ("/people/", "/people/same/", "/circle/", "/settings/", "/audit/")
ACTS = ("/people/same/say/", "/people/undo/", "/circle/put/", "/person/x/same/", "/person/x/apart/")


@pytest.fixture(autouse=True)
def django() -> Iterator[None]:
    """Configure Django for these tests."""
    with pages_configured():
        yield


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """A book with Kai, close and under two names, Eva, who wrote once, and Sam's case."""
    kept = book_on_disk(tmp_path, [SAM])
    for name, address in (("Kai Falk", KAI), ("Kai Falk", HOME), ("Eva <b>Sülzer</b>", EVA)):
        kept.traces.tell(address, [Trace(name, (mail(address),), "buch.vcf, line 4")], joins=True)
    kept.settle()
    for number in range(14):
        kind = EncounterKind.MAIL_IN if number % 2 else EncounterKind.MAIL_OUT
        met(kept, KAI, f"k{number}", kind, days=5 + 3 * (13 - number), is_turn=number > 0)
    met(kept, EVA, "e1", EncounterKind.MAIL_IN, days=2)
    yield kept
    kept.close()


@pytest.fixture
def house(book: Book) -> House:
    """A house over that book."""
    return a_house(book)


@dataclass(frozen=True)
class Page:
    """A page as an answer."""

    content: bytes


def mail(value: str) -> Address:
    """Return a mail address as it is kept."""
    return Address(AddressKind.MAIL, value)


def met(book: Book, address: str, id_: str, kind: EncounterKind, *, days: int, is_turn: bool = False) -> None:
    """Write down a proven letter of so many days ago."""
    when = NOW - timedelta(days=days)
    one = Encounter(kind, when, f"t{id_[-1]}", is_turn=is_turn, is_proven=True, source="x", id=id_)
    book.add_encounter(mail(address), one)


def person(book: Book, address: str) -> Person:
    """Return whose address it is."""
    return book.person_of(mail(address))


# --- who sees them ---


@pytest.mark.parametrize("address", PAGES)
def test_pages_when_somebody_has_no_key(house: House, address: str) -> None:
    """Outside there is the door and nothing else: no name, no room, the same page as everywhere."""
    outside = visitor(house)
    found = outside.get(address)
    assert (found.status_code, found.content) == (403, outside.get("/").content)
    assert [word for word in ("Kai", "Kreis", "Menschen", "keys.js") if word in found.content.decode()] == []


@pytest.mark.parametrize("address", ACTS)
def test_acts_when_they_do_not_come_from_these_pages(house: House, book: Book, address: str) -> None:
    """Without a key nothing is done; with one but from elsewhere neither; and a link does nothing."""
    assert visitor(house).post(address).status_code == 403
    inside = owner(house)
    inside.handler.enforce_csrf_checks = True
    assert inside.post(address, {"who": KAI, "one": KAI, "other": HOME}).status_code == 403
    assert inside.get(address).status_code == 405
    assert book.persons.words() == ()


@pytest.mark.parametrize("address", ["/people/", "/people/same/", "/circle/", "/audit/"])
def test_pages_when_the_house_only_shows(address: str) -> None:
    """Without a memory there are no persons: no page, and no way to one."""
    inside = owner(a_house(MemoryBook()))
    assert inside.get(address).status_code == 404
    assert address not in inside.get("/").content.decode()


# --- the register ---


@pytest.mark.parametrize(
    ("lang", "title", "says"),
    [
        (
            "de",
            "Menschen",
            (
                "Kai Falk enger Kreis vor fünf Tagen "
                "13-mal Brief und Antwort in zehn Gesprächen seit Oktober 2026."
            ),
        ),
        ("en", "People", "Kai Falk inner circle five days ago 13 turns in ten threads since October 2026."),
    ],
)
def test_register_says_who_is_there(house: House, lang: str, title: str, says: str) -> None:
    """Everybody has a line with facts, standing and day; the closest stands first."""
    page = owner(house, lang).get("/people/").content.decode()
    shown = words(Page(page.encode()))
    assert f"<h1>{title}</h1>" in page
    assert says in shown
    assert shown.index("Kai Falk") < shown.index("Sülzer")
    assert 'href="/people/" aria-current="page"' in page
    assert "<b>Sülzer" not in page


def test_register_when_it_is_searched(house: House) -> None:
    """What was searched stays in the field and in the links; who is not found is said kindly."""
    inside = owner(house, "en")
    page = inside.get("/people/", {"q": "sulz", "by": "name"}).content.decode()
    assert 'value="sulz"' in page
    assert "?by=last&amp;q=sulz" in page
    assert ("Sülzer" in page, "Kai Falk" in page) == (True, False)
    assert "Nobody of that name or address." in words(inside.get("/people/", {"q": "<script>alert(1)"}))
    for nonsense in ({"by": "score"}, {"page": "-1"}, {"page": "9" * 40}, {"q": "\x00"}):
        assert inside.get("/people/", nonsense).status_code == 200


# --- one person or two ---


def test_two_are_said_to_be_one_and_it_is_taken_back(house: House, book: Book) -> None:
    """A button joins, the next page says so once with the way back, and that leads to what was."""
    inside = owner(house)
    page = words(inside.get("/people/same/"))
    assert "Beide heißen Kai Falk" in page
    one, other = person(book, KAI).id, person(book, HOME).id
    said = inside.post("/people/same/say/", {"one": one, "other": other, "are": "same"})
    assert (said.status_code, said["Location"]) == (302, "/people/same/")
    page = words(inside.get("/people/same/"))
    assert "Gemerkt. Kai Falk" in page
    assert "Niemand steht hier unter zwei Namen." in page
    assert "Gemerkt." not in words(inside.get("/people/same/"))
    assert person(book, KAI).id == person(book, HOME).id
    back = inside.post("/people/undo/", {"word": book.persons.words()[0].id, "back": "/people/?by=name"})
    assert back["Location"] == "/people/?by=name"
    assert "Zurückgenommen." in words(inside.get("/people/"))
    assert (person(book, KAI).id, person(book, HOME).id) == (one, other)


def test_two_who_are_said_to_be_two_are_proposed_no_more(house: House, book: Book) -> None:
    """The other button holds them apart for ever."""
    inside = owner(house, "en")
    told = {"one": person(book, KAI).id, "other": person(book, HOME).id, "are": "apart"}
    inside.post("/people/same/say/", told)
    page = words(inside.get("/people/same/"))
    assert "Noted. Kai Falk" in page
    assert "Nobody stands here under two names." in page
    said = words(inside.get("/people/same/")).partition("What you said so far ")[2]
    assert "different people. 21 November 2026 Take back" in said
    inside.post("/people/undo/", {"word": book.persons.words()[0].id, "back": "/people/same/"})
    page = words(inside.get("/people/same/"))
    assert "Both are called Kai Falk" in page
    assert "What you said so far" not in page


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1", ""]
)
def test_way_back_when_it_leads_elsewhere(house: House, back: str) -> None:
    """A form sends the browser to no other house."""
    told = owner(house).post("/people/undo/", {"word": "zzz", "back": back})
    assert told["Location"] == "/people/"


def test_acts_that_make_no_sense_are_told_in_the_language_of_the_page(house: House, book: Book) -> None:
    """Nothing changes, and the page says why."""
    inside = owner(house)
    kai = person(book, KAI).id
    inside.post("/people/same/say/", {"one": kai, "other": KAI, "are": "same"})
    assert "Nichts wurde geändert. Kai Falk ist schon eine Person." in words(inside.get("/people/"))
    inside.post("/people/undo/", {"word": "zzz"})
    assert "Ein Wort „zzz“ gibt es nicht." in words(inside.get("/people/"))
    assert inside.post("/people/same/say/", {"one": "", "other": KAI}).status_code == 404
    inside.post("/circle/put/", {"who": "niemand", "put": "in"})
    assert "Unter „niemand“ ist niemand bekannt." in words(inside.get("/circle/"))
    assert book.persons.words() == ()


# --- on the page of a person ---


def test_person_is_searched_joined_and_comes_apart(house: House, book: Book) -> None:
    """The page finds who may be meant, joins by a button, and gives an address away again."""
    inside = owner(house)
    kai, here = person(book, KAI), f"/person/{person(book, KAI).id}/"
    page = words(inside.get(here, {"q": "falk"}))
    assert f"Kai Falk {HOME} Dieselbe Person" in page
    assert "Darunter ist sonst niemand bekannt." in words(inside.get(here, {"q": "zzz"}))
    joined = inside.post(here + "same/", {"other": person(book, HOME).id})
    assert joined["Location"] == here
    assert f"{HOME} Gehört jemand anderem" in words(inside.get(here))
    inside.post(here + "apart/", {"address": HOME})
    assert person(book, HOME).id != kai.id
    assert inside.get(here).status_code == 200


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "de",
            (
                "13-mal Brief und Antwort in zehn",
                "von 100, und wie es dazu kommt",
                "Das Kleinere zählt: 6,",
                "Ohne die Zeit wäre",
            ),
        ),
        (
            "en",
            (
                "13 turns in 10",
                "of 100, and how that comes about",
                "The lesser counts: 6.",
                "Without time the",
            ),
        ),
    ],
)
def test_number_of_a_person_is_explained(house: House, book: Book, lang: str, said: tuple[str, ...]) -> None:
    """Turns open like every number, and what the number is made of is said summand by summand."""
    page = words(owner(house, lang).get(f"/person/{person(book, KAI).id}/"))
    assert [one for one in said[1:] if one not in page] == []
    assert "Darauf beruht eure Verbindung." in page or "That is why you are in touch." in page


# --- the inner circle ---


def test_circle_says_why_and_hears_the_owner(house: House, book: Book) -> None:
    """Who is close by evidence, put in by word and taken out stands apart, each with the reason."""
    inside = owner(house)
    page = words(inside.get("/circle/"))
    assert "Durch Belege" in page
    assert "Kai Falk Ihr schreibt euch, auch im letzten Jahr." in page
    inside.post("/circle/put/", {"who": EVA, "put": "in"})
    page = words(inside.get("/circle/"))
    assert "gehört zum engen Kreis." in page
    assert "Durch dein Wort" in page
    inside.post("/circle/put/", {"who": person(book, KAI).id, "put": "out"})
    page = words(inside.get("/circle/"))
    assert "Von dir herausgenommen" in page
    assert "Wieder hinein" in page
    for word in book.persons.words():
        assert f'name="word" value="{word.id}"' in inside.get("/circle/").content.decode()
        inside.post("/people/undo/", {"word": word.id, "back": "/circle/"})
    page = words(inside.get("/circle/"))
    assert "Von dir herausgenommen" not in page
    assert "Durch dein Wort" not in page
    assert "Kai Falk Ihr schreibt euch" in page


def test_settings_say_what_the_house_goes_by(house: House, book: Book) -> None:
    """The owner's addresses and who is believed are there, and what can be chosen here."""
    book.add_owner_addresses(["olga@home.example"])
    inside = owner(house)
    page = inside.get("/settings/")
    assert "olga@home.example" in words(page)
    assert page.content.decode().count('method="post"') == 1
    assert inside.put("/settings/").status_code == 405
