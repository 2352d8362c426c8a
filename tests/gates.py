"""A server of several owners, as tests see it: a gate, letters caught before they leave, browsers inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

from django.test import Client, override_settings

from anlass.bootstrap import Home, home_of
from anlass.config import load_settings
from anlass.desk.house.courier import Courier, GateLetter
from anlass.desk.house.keys import accept, invite
from anlass.store import open_book
from anlass.store.book import Book
from anlass.store.gate.keys import Role
from anlass.store.settings import FILE
from anlass.web.frame.house import House, Houses
from anlass.web.frame.site import Site
from anlass.web.serving.opening import house_for
from anlass.web.settings import web_settings
from anlass.wires.server import ServerSettings
from tests.characters import NOW
from tests.pages import pages_configured
from tests.walking import furnished

ADDRESS = "https://anlass.example.org"
SERVER = ServerSettings(
    address=ADDRESS, mail_from="door@anlass.example.org", mail_host="127.0.0.1", trusted_proxies=("10.0.0.1",)
)
OLGA, KAI, HOSTESS = "olga@home.example", "kai@falk.example", "host@anlass.example.org"


@dataclass
class Gate:
    """The server: its houses, the letters that would have been sent, a clock that can be moved."""

    houses: Houses
    site: Site
    olga: Book
    neighbour: Book
    letters: list[GateLetter] = field(default_factory=list)
    at: list[datetime] = field(default_factory=list)

    def later(self, **more: float) -> None:
        """Let time pass."""
        self.at.append(self.at[-1] + timedelta(**more))

    def browser(self, lang: str = "en") -> Client:
        """Return a browser before the gate, which comes by TLS through the proxy."""
        client = Client(
            HTTP_HOST="anlass.example.org", HTTP_ACCEPT_LANGUAGE=lang, raise_request_exception=False
        )
        defaults = cast("dict[str, object]", client.defaults)
        defaults |= {
            "anlass.houses": self.houses,
            "REMOTE_ADDR": "10.0.0.1",
            "HTTP_X_FORWARDED_FOR": "192.0.2.1",
            "HTTP_X_FORWARDED_PROTO": "https",
        }
        return client

    def letter(self) -> GateLetter:
        """Return the last letter, once it has been taken along."""
        self.site.courier.wait()
        return self.letters[-1]

    def inside(self, address: str, lang: str = "en") -> Client:
        """Return a browser that logged in with a code by mail."""
        client = self.browser(lang)
        assert client.post("/enter/", {"address": address}).status_code == 302
        code = re.search(r"\b[A-Z2-9]{4}-[A-Z2-9]{4}\b", self.letter().text)
        assert code
        assert client.post("/enter/code/", {"code": code[0]}).status_code == 302
        return client


@contextmanager
def gate(folder: Path, word: str = "Zwiebelfisch") -> Iterator[Gate]:
    """Yield a server on which Olga lives, whom Kai assists, beside an owner without anything."""
    with pages_configured(), served():
        yield _made(folder, word)


@contextmanager
def served() -> Iterator[None]:
    """Let the pages be those of a server; they must be configured."""
    pages = web_settings("a secret for tests", SERVER)
    for name in ("SECRET_KEY", "INSTALLED_APPS"):
        del pages[name]
    with override_settings(**pages):
        yield


def gate_before(house: House, book: Book) -> Gate:
    """Return a server on which one house stands, Olga's, whom Kai assists."""
    at, letters = [NOW], list[GateLetter]()

    def caught(letter: GateLetter) -> bool:
        letters.append(letter)
        return True

    site = Site(book.gate, book.whose, SERVER, Courier(caught), lambda: at[-1])
    for address, role in ((OLGA, Role.OWNER), (KAI, Role.ASSISTANT)):
        accept(book, invite(book, address, role, now=NOW).invitation, now=NOW)
    return Gate(Houses(book.gate.owners, lambda _owner: house, site), site, book, book, letters, at)


def _made(folder: Path, word: str) -> Gate:
    is_new = not (folder / FILE).exists()
    olga = furnished(folder, "owner", word) if is_new else open_book(folder)
    neighbour = open_book(folder, "neighbour")
    settings = replace(load_settings(folder), server=SERVER)
    server, at, letters = Home(settings, "en", olga), [NOW], list[GateLetter]()

    def opened(owner: str) -> House:
        return house_for(home_of(server, owner), lambda: at[-1])

    def caught(letter: GateLetter) -> bool:
        letters.append(letter)
        return True

    site = Site(olga.gate, olga.whose, SERVER, Courier(caught), lambda: at[-1])
    keys = (
        (olga, OLGA, Role.OWNER),
        (olga, KAI, Role.ASSISTANT),
        (olga, HOSTESS, Role.HOST),
        (neighbour, "nina@neighbour.example", Role.OWNER),
    )
    for book, address, role in keys if is_new else ():
        accept(book, invite(book, address, role, now=NOW).invitation, now=NOW)
    return Gate(Houses(olga.gate.owners, opened, site), site, olga, neighbour, letters, at)
