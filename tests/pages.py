"""The pages of the tests: Django configured, and a house over the characters' book."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import gettempdir
from typing import cast

from django.conf import settings
from django.test import Client, override_settings

from anlass.bootstrap import Home
from anlass.desk.cards.granting import Wanted, give
from anlass.desk.cards.own import FILE, take_in
from anlass.desk.cards.vouchers import give_voucher
from anlass.desk.cards.vouching import agree, note_asked, vouch
from anlass.desk.cases.inbox import Book as Shown
from anlass.desk.cases.outcomes import say_outcome
from anlass.desk.door.own import open_door, rename, set_texts
from anlass.desk.people.watch_list import put_on
from anlass.desk.requests.on_duty import OnDuty
from anlass.doorman import Doorman
from anlass.intake import SetAside
from anlass.ledger import Encounter, EncounterKind
from anlass.ledger.outcome import CameOf
from anlass.ledger.trace import Trace
from anlass.litmus.shipped import load_panel
from anlass.people import Address, AddressKind, person_at
from anlass.policy import preset
from anlass.replies import shipped_templates
from anlass.store import open_book
from anlass.store.book import Book
from anlass.store.settings import configure
from anlass.web.frame.house import Classroom, House
from anlass.web.frame.key import Key
from anlass.web.settings import web_settings
from tests.characters import ASIDE, NOW, SCENES, MemoryBook, Scene, case_of
from tests.unit.cards.samples import TEXT

TOKEN = "a-key-for-tests"


def a_house(book: Shown | None = None, *lists: Path) -> House:
    """Return a house whose key is `TOKEN` and whose clock stands still; a real book can be taught."""
    doorman = Doorman(load_panel(), preset("show-me-why"), shipped_templates())
    classroom = Classroom(doorman, book) if isinstance(book, Book) else None
    return House(book or MemoryBook(), lambda: NOW, Key(TOKEN), classroom, lists=lists)


def a_house_with_rules(home: Home, *lists: Path) -> House:
    """Return a house whose house rules can be changed: they lie in the home's folder."""
    on_duty = OnDuty(home)
    room = Classroom(on_duty.doorman(), home.book, on_duty)
    return replace(a_house(home.book, *lists), classroom=room, settings=home.settings)


@contextmanager
def pages_configured() -> Iterator[None]:
    """Configure Django with the pages' settings on top of the store's, whoever was first."""
    configure(Path(gettempdir()))
    pages = web_settings("a secret for tests")
    settings.SECRET_KEY = pages.pop("SECRET_KEY")  # stays: an empty one cannot be put back
    apps = ["anlass.store", *cast("list[str]", pages.pop("INSTALLED_APPS"))]
    with override_settings(INSTALLED_APPS=apps, **pages):
        yield


def book_on_disk(
    folder: Path,
    scenes: Sequence[Scene] = SCENES,
    aside: Sequence[SetAside] = ASIDE,
    *,
    database: str = "",
) -> Book:
    """Return a real book in `folder`, or in a database, that keeps these scenes."""
    book = open_book(database or folder)
    for scene in scenes:
        book.keep(case_of(scene), scene.encounters, now=NOW)
        book.set_state(scene.id, scene.state)
    book.set_aside(aside, now=NOW)
    return book


def acquainted(book: Book, folder: Path) -> Path:
    """Let the owner know a few people, and return a list of contacts beside them."""
    told = (
        ("Friederike Amsel", "friederike@amsel.example", 26),
        ("Friederike Amsel", "f.amsel@werkstatt.example", 2),
        ("Milan Horvat", "milan@horvat.example", 7),
        ("Grace Adeyemi", "grace@adeyemi.example", 1),
    )
    for name, address, letters in told:
        somebody = Address(AddressKind.MAIL, address)
        book.traces.tell(address, [Trace(name, (somebody,), "Adressbuch.vcf, line 4", about="Tischlerin")])
        for number in range(letters):
            kind = EncounterKind.MAIL_OUT if number % 2 else EncounterKind.MAIL_IN
            when = NOW - timedelta(days=11 * (letters - number))
            source, thread = f"{address} {number}", f"{address} {number // 4}"
            met = Encounter(kind, when, thread, 1, number > 0, is_proven=True, source=source, id=source[-32:])
            book.add_encounter(somebody, met)
        if letters > 5:
            when = NOW - timedelta(days=90)
            met = Encounter(EncounterKind.MEETING, when, is_proven=True, source="x", id=f"m{letters}")
            book.add_encounter(somebody, replace(met, where="Tag der offenen Tür"))
    book.settle()
    listed = folder / "Connections.csv"
    listed.write_text(
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        "Milan,Horvat,https://www.linkedin.com/in/milan-h,milan@horvat.example,Horvat,Setzer,08 Feb 2018\n"
        "Friederike,Amsel,https://www.linkedin.com/in/f-a,,Amsel,Tischlerin,17 Mar 2019\n"
        "Uwe,Still,https://www.linkedin.com/in/uwe-s,uwe@still.example,,,01 Apr 2020\n"
    )
    return listed


def carded(book: Book) -> None:
    """Give the owner cards, and people: some watched, some vouched for, and outcomes of three requests."""
    take_in(book, TEXT, FILE, "en", now=NOW - timedelta(days=40))
    people = {
        "kai": person_at(Address(AddressKind.MAIL, "kai@falk.example"), "Kai Falk"),
        "eva": person_at(Address(AddressKind.MAIL, "eva@amsel.example"), "Eva Amsel"),
        "ida": person_at(Address(AddressKind.MAIL, "ida@lund.example"), "Ida Lund"),
    }
    for person in people.values():
        book.meet(person)
    give(book, "Kai Falk", Wanted(tier="direct", until=NOW + timedelta(days=30)), now=NOW)
    give(book, "Eva Amsel", Wanted(tier="business"), now=NOW - timedelta(days=30))
    for name, why in (("Kai Falk", "Zwei Bücher zusammen gemacht"), ("Eva Amsel", "")):
        vouch(book, name, why=why, now=NOW - timedelta(days=9))
    agree(book, people["kai"], "Kai Falk, Verleger in Kiel", now=NOW - timedelta(days=8))
    note_asked(book, people["eva"], now=NOW - timedelta(days=3))
    give_voucher(book, "Kai Falk", now=NOW)
    put_on(
        book, "Ida Lund", why="Schreibt über Bahnhöfe, im März wieder ansehen", now=NOW - timedelta(days=12)
    )
    put_on(book, "Eva Amsel", why="Konferenz in Graz", now=NOW - timedelta(days=60))
    met = Encounter(EncounterKind.MEETING, NOW - timedelta(days=2), is_proven=True, source="x", id="graz")
    book.add_encounter(people["eva"].addresses[0], replace(met, where="Graz"))
    for kept, came in zip(
        book.cases(limit=3).cases, (CameOf.PROJECT, CameOf.TALK, CameOf.NOTHING), strict=True
    ):
        say_outcome(book, kept.id, came, now=NOW, lang="de")


def visitor(house: House, lang: str = "de") -> Client:
    """Return a browser that stands before the door, without a key."""
    client = Client(HTTP_HOST="127.0.0.1:8000", HTTP_ACCEPT_LANGUAGE=lang, raise_request_exception=False)
    cast("dict[str, object]", client.defaults)["anlass.house"] = house
    return client


def owner(house: House, lang: str = "de") -> Client:
    """Return a browser that was let in."""
    client = visitor(house, lang)
    assert client.get("/", {"token": TOKEN}).status_code == 302
    return client


WHO = """Ich schreibe Bücher über das Warten: an Haltestellen, in Ämtern, vor Türen.

Dazwischen halte ich Vorträge und fotografiere Bänke."""
GLAD = "Über Fragen zu den Büchern, über Bilder von Wartebänken, über Einwände. Über Zufallsfunde am meisten."
IMPRINT = "Henrike Solbach\nWarteweg 1\n20095 Hamburg\n\nhenrike@solbach.example"
PRIVACY = "Ich behalte, was du schreibst, bis es erledigt ist. Frag mich, dann lösche ich es."


def with_a_door(home: Home, name: str = "henrike", *, is_open: bool = True) -> Home:
    """Give a home a door with texts in German, open where that is wanted."""
    book = home.book
    rename(book, name, "de", now=NOW)
    texts = {"who": WHO, "glad": GLAD, "imprint": IMPRINT, "privacy": PRIVACY}
    set_texts(book, "de", texts, "de", now=NOW)
    if is_open:
        open_door(book, "de", now=NOW)
    return home
