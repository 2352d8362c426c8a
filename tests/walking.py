"""Walks over every address of the site: a page that is new is tried without anybody thinking of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.apps import apps
from django.db import connections
from django.urls import URLPattern, URLResolver, get_resolver

from anlass.cards import link_of
from anlass.desk.cards.granting import Wanted, give
from anlass.desk.cards.own import beginning, key_of, take_in
from anlass.desk.gatherings.events import begin, note
from anlass.desk.gatherings.hosting import host
from anlass.ledger import Encounter, EncounterKind
from anlass.ledger.trace import Trace
from anlass.outreach.event import Somebody
from anlass.people import Address, AddressKind
from anlass.sources.events import Named
from anlass.store import open_book
from anlass.store.book import Book
from tests.characters import NOW, SCENES, case_of

TEMPLATES = Path(__file__).parents[1] / "src" / "anlass" / "web" / "templates"
FRIEND = "friederike@amsel.example"
IDS = frozenset(
    {
        "case",
        "case_id",
        "person",
        "person_id",
        "link",
        "grant",
        "grant_id",
        "mailbox",
        "event_id",
        "event",
        "hosting",
        "met",
    }
)
"""Parts of addresses that name something of one owner's: whoever knows it must still find nothing."""
PLAIN = {
    "number": "asked",
    "int:number": "1",
    "month": "2026-11",
    "name": "main",
    "door:name": "nobody",
    "tier": "public",
    "secret": "never-was",
    "form": "ics",
    "rest": "never-was",
    "letter": "never-was",
    "lesson": "never-was",
    "word": "never-was",
    "act": "turn_down",
    "what": "badges",
    "text": "imprint",
    "shape": "link",
    "came": "talk",
    "owner_id": "nobody",
}
"""Parts of addresses that name nothing of anybody's, each with a value to try; new ones go here or above."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One address on the walk: the name of its page, its path, and whether an owner's id stands in it."""

    name: str
    path: str
    is_owned: bool


def stops(ids: Mapping[str, str]) -> Iterator[Stop]:
    """Yield every address of the site, with these ids in it. Raises `KeyError` for a part nobody knows."""
    for name, parts, path in _routes(get_resolver(), ""):
        pieces = re.split(r"<([\w:]+)>", path)  # words and names of parts in turn
        pieces[1::2] = [ids[part] if part in IDS else PLAIN[part] for part in parts]
        yield Stop(name, "".join(pieces), bool(IDS.intersection(parts)))


def _routes(resolver: URLResolver, before: str) -> Iterator[tuple[str, tuple[str, ...], str]]:
    for one in resolver.url_patterns:
        written = str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _routes(one, before + written)
            continue
        assert isinstance(one, URLPattern)
        path = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", r"<\1>", written).strip("^$")
        path = path.replace("<str:", "<").replace("<slug:", "<").replace("\\.", ".")
        parts = tuple(re.findall(r"<([\w:]+)>", path))
        yield one.name or path, parts, f"/{before}{path}"


def fields() -> tuple[str, ...]:
    """Return the names of all fields of all forms."""
    found = re.compile(r'<(?:input|select|textarea|button)[^>]*?\bname="([\w-]+)"')
    texts = (path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.rglob("*.html")))
    return tuple(sorted({name for text in texts for name in found.findall(text)}))


def furnished(folder: Path | str, owner: str, word: str = "") -> Book:
    """Return the book of an owner with some of everything in it; `word` stands in what strangers wrote."""
    book = open_book(folder, owner)
    for scene in SCENES:
        book.keep(case_of(scene), scene.encounters, now=NOW)
        book.set_state(scene.id, scene.state)
    somebody = Address(AddressKind.MAIL, FRIEND)
    told = Trace(f"Friederike Amsel {word}".strip(), (somebody,), "Adressbuch.vcf, line 4", about=word or "x")
    book.traces.tell(FRIEND, [told])
    for number in range(6):
        kind = EncounterKind.MAIL_OUT if number % 2 else EncounterKind.MAIL_IN
        when = NOW - timedelta(days=11 * (6 - number))
        met = Encounter(kind, when, "t", 1, number > 0, is_proven=True, source=f"s{number}", id=f"l{number}")
        book.add_encounter(somebody, met)
    take_in(book, beginning(f"Olga {word}".strip(), "olga@home.example", "en"), "cards.toml", "en", now=NOW)
    book.settle()
    give(book, FRIEND, Wanted(), now=NOW)
    event = begin(book, Named(f"Tagung {word}".strip(), NOW), now=NOW)
    note(book, event, Somebody("Friederike Amsel", (somebody,)), now=NOW, topic=word)
    host(book, Named(f"Salon {word}".strip(), NOW), address="", contact=f"Olga {word}", lang="en", now=NOW)
    return book


def ids_of(book: Book) -> dict[str, str]:
    """Return the ids of a furnished book, by the names that parts of addresses have."""
    person = book.person_of(Address(AddressKind.MAIL, FRIEND))
    grant = next(iter(book.cards.grants())).id
    return {
        "case": SCENES[0].id,
        "case_id": SCENES[0].id,
        "person": person.id,
        "person_id": person.id,
        "grant": grant,
        "event_id": (event := book.events.all()[0]).id,
        "event": event.id,
        "hosting": book.hosting.all()[0].id,
        "met": book.events.met(event.id)[0].id,
        "link": link_of(key_of(book), grant),
        "grant_id": grant,
        "mailbox": "olga-home.example",
    }


def rows_of(book: Book) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of one owner, by table; the owner's own too."""
    found = {}
    with connections[book._tables.using].cursor() as cursor:
        for model in apps.get_app_config("store").get_models():
            table = model._meta.db_table
            column = "id" if table == "store_owner" else "owner_id"
            if any(field.column == column for field in model._meta.fields):
                cursor.execute(f'SELECT * FROM "{table}" WHERE {column} = %s', [book.owner])
                found[table] = sorted(map(tuple, cursor.fetchall()), key=repr)
    return found
