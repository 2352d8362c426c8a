"""Programs that call: a house with everything the API reaches, a token, and a client that carries it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from django.http import HttpResponse
from django.test import Client

from anlass.bootstrap import Home
from anlass.channels.networks.account import NetworkAccount
from anlass.channels.networks.door import Looked
from anlass.config import load_settings
from anlass.desk.accounts.networks import keep_network
from anlass.desk.cards.own import take_in
from anlass.desk.networks.at_the_door import Doorstep
from anlass.desk.networks.at_the_door import take_in as take_in_knocks
from anlass.desk.outgoing.outbox import Writer
from anlass.desk.programs.tokens import Scope, add_token
from anlass.desk.requests.advising import SecondReader
from anlass.desk.requests.judging import Bench
from anlass.intake import Channel, Recipient
from anlass.intake.knock import Knock, KnockKind
from anlass.people import Address, AddressKind
from anlass.replies import Draft, OutwardText, Register
from anlass.store.book import Book
from anlass.web.frame.house import House
from anlass.web.frame.limiter import Limiter
from tests.characters import NOW, SAM, SCENES, Scene
from tests.pages import a_house_with_rules, acquainted, book_on_disk, visitor

DOCUMENT = Path(__file__).parents[1] / "docs" / "reference" / "openapi.json"
EVERYTHING = tuple(Scope)
CARDS = """\
name = "Olga Brandt"
lang = "de"
unlock = "business"
address = "https://card.example.org"

[card.main]

[[option]]
kind = "mail"
value = "olga@home.example"
tier = "card"
"""
DRAFT = Draft(
    "en", Register("you"), OutwardText("Hello Sam,\n\nwhat is it about?\n\nOlga"), OutwardText("Re: x")
)
DRAFTED = tuple(replace(scene, draft=DRAFT) if scene is SAM else scene for scene in SCENES)


@dataclass(frozen=True, slots=True)
class Program:
    """A program with a token: every call is one request, and its answer the JSON that came."""

    client: Client
    secret: str

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> HttpResponse:
        """Send a request; headers are named as in `Idempotency_Key`."""
        named = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        named.setdefault("HTTP_AUTHORIZATION", f"Bearer {self.secret}")
        data = b"" if body is None else json.dumps(body).encode()
        send = cast("Any", self.client).generic
        answer: HttpResponse = send(method, f"/api/v1{path}", data, content_type="application/json", **named)
        if answer.streaming:
            read = HttpResponse(answer.getvalue(), content_type=answer["Content-Type"])
            answer.close()
            return read
        return answer

    def told(self, method: str, path: str, body: object = None, **headers: str) -> dict[str, Any]:
        """Send a request that must succeed, and return what it answers."""
        answer = self.ask(method, path, body, **headers)
        assert answer.status_code == 200, answer.content
        return cast("dict[str, Any]", json.loads(answer.content))

    def refused(self, method: str, path: str, body: object = None, **headers: str) -> tuple[int, str]:
        """Send a request that must not succeed, and return its status and the kind of problem."""
        answer = self.ask(method, path, body, **headers)
        assert answer["Content-Type"] == "application/problem+json", answer.content
        told = json.loads(answer.content)
        assert told["status"] == answer.status_code
        return answer.status_code, told["type"].removeprefix("urn:anlass:problem:")


@dataclass(frozen=True, slots=True)
class Reached:
    """A house that programs reach, with its book."""

    house: House
    book: Book

    def program(self, *scopes: Scope, lang: str = "en") -> Program:
        """Return a program that may do what these scopes say; all of it without one."""
        made = add_token(self.book, "a program", scopes or EVERYTHING, days=None, now=NOW, lang="en")
        return Program(visitor(self.house, lang), made.secret)


@contextmanager
def a_reached_house(
    folder: Path,
    scenes: tuple[Scene, ...] = DRAFTED,
    second_reader: SecondReader | None = None,
    *,
    database: str = "",
) -> Iterator[Reached]:
    """Yield a house in which every operation of the API finds something to do."""
    with closing(book_on_disk(folder, scenes, database=database)) as book:
        book.add_owner_addresses(["olga@home.example"], is_given=True)
        acquainted(book, folder)
        take_in(book, CARDS, "cards.toml", "de", now=NOW)
        house = a_house_with_rules(Home(load_settings(folder), "de", book))
        writer = Writer("Olga Brandt", "olga@home.example")
        plenty = Limiter(each=1_000_000, everybody=1_000_000)
        made = replace(house, writer=writer, limiter=plenty, programs=plenty, second_reader=second_reader)
        yield Reached(made, book)


def somebody_knocks(reached: Reached, name: str = "max") -> str:
    """Let somebody ask on XMPP to see when the owner is there; return the case."""
    account = NetworkAccount("xmpp", Channel.XMPP, "olga@wend.example")
    keep_network(reached.book, account, now=NOW)
    room = reached.house.classroom
    assert room is not None
    who = Address(AddressKind.XMPP, f"{name}@ag.example")
    asks = Knock(Channel.XMPP, KnockKind.SUBSCRIPTION, who.value, who, name, "What is it about?", arrived=NOW)
    step = Doorstep(Bench(reached.book, room.wits(), NOW), account, Recipient("Olga"))
    (case,) = take_in_knocks(step, Looked("1", (asks,))).fresh
    return case


def wsgi(house: House) -> Any:
    """Return the pages of a house as an application for programs that speak WSGI."""
    from anlass.web.frame.house import application  # noqa: PLC0415 - after the settings

    return application(house)
