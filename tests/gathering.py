"""Sixty invented people at a conference, for tests: its house, a clock that is moved, and every letter.

The pages are served on loopback; letters go into a real mail server. Nothing of the program is replaced: what
is not pressed in a browser is asked for over the wire, or done by the command.
"""

from __future__ import annotations

import email
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.policy import default
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from anlass.bootstrap import Home, owner_days
from anlass.config import load_settings
from anlass.desk.cards.own import FILE, take_in
from anlass.desk.outgoing.outbox import Writer
from anlass.desk.outgoing.posting import PostOffice, post
from anlass.desk.wishes.holding import hold_rounds
from anlass.outreach.hosting import Hosting
from anlass.store import open_book
from anlass.store.book import Book
from anlass.web.frame.house import House, application
from tests.mail_server import MailServer, mail_server
from tests.pages import TOKEN, a_house

FIRST = "Ada Bo Cem Dora Emil Fides Gero Hanne Ivo Jule Kurt Lore".split()
LAST = "Brunn Carstens Dilek Ehlers Färber".split()
NAMES = tuple(f"{first} {last}" for last in LAST for first in FIRST)
"""Sixty names; nobody is called so but here."""
ABSENT = 3
"""The last of them never open their letter."""
ADDRESS = "https://tagung.example"
SETTINGS = """\
[owner]
name = "Olga Türen"
addresses = ["olga@tueren.example"]
language = "de"
time_zone = "Europe/Berlin"
"""
CARDS = """\
name = "Olga Türen"
lang = "de"
address = "https://tagung.example"

[[option]]
kind = "mail"
value = "olga@tueren.example"
tier = "card"
"""


def mail_of(name: str) -> str:
    """Return somebody's mail address."""
    return f"{name.lower().replace(' ', '.').replace('ä', 'ae')}@people.example"


def pretix_table() -> bytes:
    """Return the list of participants as a ticket shop exports it; every sixth did not agree to be listed."""
    lines = ["Order code;Attendee name;Attendee email;Status;Consent"]
    lines += [
        f"T{number:03};{name};{mail_of(name)};paid;{'no' if number % 6 == 5 else 'yes'}"
        for number, name in enumerate(NAMES)
    ]
    return "\n".join(lines).encode()


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follow nothing: where somebody is sent is looked at."""
        return


@dataclass
class Gathering:
    """The organiser's house at a conference, and its clock; moments are aware."""

    home: Home
    now: datetime
    mail: MailServer
    address: str = ""
    house: House = field(init=False)

    def __post_init__(self) -> None:
        zone = owner_days(self.home.settings).zone
        self.house = replace(
            a_house(self.home.book),
            settings=self.home.settings,
            writer=Writer("Olga Türen", "olga@tueren.example"),
            now=lambda: self.now.astimezone(zone),
        )

    @property
    def book(self) -> Book:
        """The organiser's memory."""
        return self.home.book

    @property
    def event(self) -> Hosting:
        """The event that is hosted."""
        return self.book.hosting.all()[0]

    @property
    def inside(self) -> str:
        """The address that lets the organiser's browser in."""
        return f"{self.address}/host/?token={TOKEN}"

    def at(self, moment: datetime) -> list[tuple[str, str, str]]:
        """Move the clock, do what `anlass work` does then; return letters that came: to, subject, words."""
        self.now = moment
        list(hold_rounds(self.home, now=moment))
        self.now += timedelta(minutes=20)  # in which all letters leave, one by one
        before = len(self.mail.taken)
        office = PostOffice(self.mail.way(), "worker", lambda: self.now)
        while list(post(self.book, office)):
            pass
        return [letter(one.raw) for one in self.mail.taken[before:]]

    def here(self, link: str) -> str:
        """Return a link from a letter as it is reached on this machine."""
        return link.replace(ADDRESS, self.address)

    def asked(self, link: str, form: Mapping[str, str | Sequence[str]] | None = None) -> tuple[str, str]:
        """Ask for a page, or send a form of it; return where it leads, and what it says."""
        data = urlencode(form, doseq=True).encode() if form else None
        try:
            with build_opener(_Stay).open(Request(self.here(link), data)) as answer:
                return "", answer.read().decode()
        except OSError as error:
            headers = getattr(error, "headers", None) or {}
            if "Location" not in headers:
                raise
            return f"{self.address}{headers['Location']}", ""


def letter(raw: bytes) -> tuple[str, str, str]:
    """Return to whom a letter goes, its subject and its words."""
    read = email.message_from_bytes(raw, policy=default)
    body = read.get_body(("plain",))
    return str(read["To"]), str(read["Subject"]), body.get_content() if body else ""


def link_in(words: str) -> str:
    """Return the one link that stands in a letter."""
    (found,) = re.findall(r"https://\S+", words)
    return str(found)


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's name
        return


@contextmanager
def gathering(folder: Path) -> Iterator[Gathering]:
    """Serve the house of an organiser who hosts nothing yet; Django's pages must be configured."""
    (folder / "anlass.toml").write_text(SETTINGS, encoding="utf-8")
    now = datetime.now(UTC).replace(hour=8, minute=0, second=0, microsecond=0) + timedelta(days=1)
    home = Home(load_settings(folder), "de", open_book(folder))
    take_in(home.book, CARDS, FILE, "de", now=now)
    with mail_server() as mail:
        made = Gathering(home, now, mail)
        server: WSGIServer = make_server("127.0.0.1", 0, application(made.house), handler_class=_Quiet)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        made.address = f"http://127.0.0.1:{server.server_address[1]}"
        try:
            yield made
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
            home.book.close()


def told(line: str) -> dict[str, object]:
    """Return a line of JSON."""
    found: dict[str, object] = json.loads(line)
    return found
