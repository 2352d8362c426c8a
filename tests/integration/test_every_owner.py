"""What another owner has changes no answer: all is asked twice, without them and beside their shadow.

Every page, every form, every operation of the API is asked as Olga. Then somebody moves into the same
database who has the same rows under the same ids in other words. What is asked again has the same answer,
byte by byte.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from anlass.bootstrap import Home
from anlass.cards import link_of
from anlass.config import load_settings
from anlass.desk.cards.own import key_of
from anlass.desk.gatherings.events import begin, note
from anlass.desk.gatherings.hosting import host
from anlass.desk.requests.advising import SecondReader
from anlass.litmus.opinion import Opinion
from anlass.outreach.event import Somebody
from anlass.people import Address, AddressKind
from anlass.sources.events import Named
from anlass.store.book import Book
from anlass.web.frame.limiter import DoorLimits, Limiter
from tests.characters import NOW
from tests.integration.test_api_success import STEPS, _here, _now
from tests.pages import carded, owner, pages_configured, with_a_door
from tests.programs import Program, Reached, a_reached_house, somebody_knocks
from tests.shadow import MARK, cast, owned_models
from tests.walking import fields, rows_of, stops

pytestmark = pytest.mark.slow  # asks every address and every operation, on both databases
SHADOW = "shadow"
DISK = "/doctor"
"""Says how much room the disk has, whoever else lives on it."""
CONTACTS = "First Name,Last Name,URL,Email Address\nAda,Quist,,ada@quist.example\n"
_CHANCE = re.compile(rb'name="(?:csrfmiddlewaretoken|sheet)" value="[^"]*"')
"""What is new in every answer, whoever else lives there."""


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def reached(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reached]:
    """Yield Olga's house with something of everything in it, on each database."""
    folder = tmp_path_factory.mktemp("every")
    database = ""
    if request.param == "postgres":
        database = request.getfixturevalue("postgres").create("every_owner")
    with something_of_everything(folder, database) as made:
        yield made


@contextmanager
def something_of_everything(folder: Path, database: str) -> Iterator[Reached]:
    """Yield Olga's house with something of everything in it, in this database or in the folder."""
    reader = SecondReader("m", "h", lambda _case, now: Opinion("m", "h", now))
    with pages_configured(), a_reached_house(folder, second_reader=reader, database=database) as made:
        carded(made.book)
        with_a_door(Home(load_settings(folder), "de", made.book))
        event = begin(made.book, Named("Tagung", NOW), now=NOW)
        note(
            made.book, event, Somebody("Kai Falk", (Address(AddressKind.MAIL, "kai@falk.example"),)), now=NOW
        )
        host(made.book, Named("Salon", NOW), address="", contact="Olga", lang="de", now=NOW)
        generous = DoorLimits(*(Limiter(10_000, 10_000) for _ in range(3)))
        yield replace(made, house=replace(made.house, door_limits=generous))


def plain(answer: HttpResponse) -> tuple[int, bytes]:
    """Return an answer without what is new each time."""
    content = b"".join(answer) if answer.streaming else answer.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as pack:
            content = b"".join(pack.read(name) for name in sorted(pack.namelist()))
    return answer.status_code, _CHANCE.sub(b"", content)


def ids(book: Book) -> dict[str, str]:
    """Return ids of Olga's, by the names that parts of addresses have."""
    person = book.person_of(Address(AddressKind.MAIL, "friederike@amsel.example")).id
    grant = next(iter(book.cards.grants())).id
    event = book.events.all()[0].id
    named = {"case": "sam", "person": person, "grant": grant, "event": event}
    named |= {f"{name}_id": value for name, value in list(named.items())}
    return {
        **named,
        "met": book.events.met(event)[0].id,
        "link": link_of(key_of(book), grant),
        "mailbox": "olga-home.example",
        "hosting": book.hosting.all()[0].id,
    }


def questions(reached: Reached, program: Program, browser: Client) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Yield everything that can be looked at: every page, some searches, every operation that looks."""
    named = ids(reached.book)
    for stop in stops(named):
        yield stop.path, partial(browser.get, stop.path)
    for query in ("q=Amsel", "q=e", "state=all", "sort=old"):
        for page in ("/", "/people/", "/journal/"):
            yield f"{page}?{query}", partial(browser.get, f"{page}?{query}")
    made = {**named, "letter": "none", "lesson": "none", "word": "none", "act": "none"}
    for method, path, _ in STEPS:
        if method == "GET":
            yield path, partial(program.ask, "GET", path.format(**made))


def acts(reached: Reached, program: Program, browser: Client) -> Iterator[tuple[str, HttpResponse]]:
    """Do everything that can be done: every operation, and every form with an id of Olga's in each field."""
    here, named = _here(program, CONTACTS), ids(reached.book)
    here |= {name: somebody_knocks(reached, name) for name in ("let-in", "turn-down")}
    for method, path, body in STEPS:
        made, knock = _now(program, here), path.rpartition("/")[2]
        filled: dict[str, object] = {name: here.get(str(one)[1:], one) for name, one in (body or {}).items()}
        if "addresses" in filled:
            filled = {"addresses": [here["other"]]}
        place = path.format(**{**made, "case": here[knock]} if knock in here else made)
        yield path, program.ask(method, place, filled if body is not None else None)
    form = dict.fromkeys(fields(), named["case"])
    for stop in stops(named):
        yield stop.path, browser.post(stop.path, form)  # type: ignore[misc] # a test client's answer


def test_what_a_shadow_has_changes_no_answer_and_is_never_touched(reached: Reached) -> None:
    """Everything is looked at without and beside the shadow: the same bytes. Then everything is done."""
    program, browser = reached.program(), owner(reached.house)
    program.told("GET", "/token")  # from now on it was used today
    before = {name: plain(ask()) for name, ask in questions(reached, program, browser)}
    shadow = Book(SHADOW, using=reached.book._tables.using)
    shadow.set_trusted(frozenset())
    made = cast(reached.book, SHADOW)
    assert made.keys() == {one._meta.db_table for one in owned_models()}
    theirs = rows_of(shadow)
    after = {name: plain(ask()) for name, ask in questions(reached, program, browser)}
    assert [name for name in before if MARK.encode() in after[name][1]] == []
    assert [name for name in before if before[name] != after[name]] in ([], [DISK])
    assert sum(status == 200 for status, _ in before.values()) > 80
    done = [(path, *plain(answer)) for path, answer in acts(reached, program, browser)]
    assert [path for path, _, content in done if MARK.encode() in content] == []
    assert [(path, status) for path, status, _ in done if status >= 500] == []
    assert rows_of(shadow) == theirs
    shadow.close()
