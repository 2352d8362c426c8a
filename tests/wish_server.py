"""A house that holds rounds of wishes, served on loopback or asked directly, with a clock that tests move."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.handlers.wsgi import WSGIHandler
from django.test import Client

from anlass.config import load_settings
from anlass.desk.wishes.hosting import admit, open_event, open_round
from anlass.desk.wishes.keys import KeyRing, key_ring
from anlass.desk.wishes.steps import take_steps
from anlass.desk.wishes.taking_part import roster_of, visit
from anlass.outreach.wish import public_of
from anlass.outreach.wish_client import Participant, upload_of
from anlass.outreach.wish_event import WishEvent
from anlass.outreach.wish_times import Timetable, timetable
from anlass.store import open_book
from anlass.store.book import Book
from anlass.web.frame.house import House
from anlass.web.gatherings.wish import text64
from tests.pages import a_house
from tests.unit.outreach.wishing import noise, secret

NAMES = ("Ada Beispiel", "Bo Müller", "Cem Örnek", "Dua Lind", "Eva Mail")
ADA, BO, CEM, DUA, EVA = range(5)


@dataclass
class Held:
    """An event that is held: its people by name, and the clock."""

    book: Book
    ring: KeyRing
    event: WishEvent
    times: Timetable
    links: list[str]
    pids: list[bytes]
    house: House
    now: datetime
    address: str = ""
    seen: list[tuple[str, str, bytes]] = field(default_factory=list)
    """Every request that had a body: method, path, body."""

    def at(self, moment: datetime) -> None:
        """Move the clock, and take the steps that are due."""
        self.now = moment
        for _ in take_steps(self.book, self.ring, now=moment):
            pass

    def page(self, number: int) -> str:
        """Return the address of somebody's page."""
        return f"{self.address}/w/{self.links[number]}/"


_OWNERS = count(1)


def held(folder: Path, names: tuple[str, ...] = NAMES, quota: int = 6) -> Held:
    """Return an event of a new organiser whose list closes in an hour by its clock, not served yet."""
    now = datetime.now(UTC).replace(microsecond=0)
    book = open_book(folder, f"organiser-{next(_OWNERS)}")
    settings = load_settings(folder)
    event = open_event(book, "Sommerschule 2026", quota=quota)
    people = list(admit(book, event, ((name, f"{name[:3].lower()}@example.org") for name in names)))
    times = timetable(now + timedelta(hours=1), now + timedelta(hours=20), now + timedelta(hours=36))
    open_round(book, event, times)
    links = [one.link.rpartition("/")[2] for one in people]
    pids = [one.ticket.pid for one in people]
    made = Held(book, key_ring(settings), event, times, links, pids, a_house(book), now)
    made.house = replace(made.house, settings=settings, now=lambda: made.now)
    return made


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's name
        return


@contextmanager
def serving(made: Held) -> Iterator[Held]:
    """Serve it until the block ends."""
    django = WSGIHandler()

    def pages(environ, start_response):  # type: ignore[no-untyped-def]
        size = int(environ.get("CONTENT_LENGTH") or 0)
        if size:
            from io import BytesIO  # noqa: PLC0415

            body = environ["wsgi.input"].read(size)
            made.seen.append((environ["REQUEST_METHOD"], environ["PATH_INFO"], body))
            environ["wsgi.input"] = BytesIO(body)
        environ["anlass.house"] = made.house
        return django(environ, start_response)

    server: WSGIServer = make_server("127.0.0.1", 0, pages, handler_class=_Quiet)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    made.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


# --- asking without a server ---


def client(meeting: Held, lang: str = "en") -> Client:
    """Return a client of the house that holds the event."""
    return Client(headers={"Accept-Language": lang, "Host": "127.0.0.1"}, **{"anlass.house": meeting.house})  # type: ignore[arg-type] # goes into META


def ask(meeting: Held, number: int, what: str, body: bytes | None = None) -> Any:
    """Ask as somebody's program does."""
    path = f"/w/{meeting.links[number]}/{what}"
    if body is None:
        return client(meeting).get(path)
    return client(meeting).post(path, body, content_type="application/octet-stream")


def take_part(meeting: Held, *numbers: int) -> None:
    """Let people join with keys of their own."""
    for number in numbers:
        words = json.dumps({"public": text64(public_of(secret(number)))}).encode()
        assert ask(meeting, number, "join", words).json() == {"joined": True}


def upload(meeting: Held, number: int, *wished: int) -> bytes:
    """Return what somebody's program uploads."""
    who = visit(meeting.book, meeting.links[number], now=meeting.now)
    assert who is not None
    roster = roster_of(meeting.book, who)
    assert roster is not None
    me = Participant(secret(number), roster.people[meeting.pids[number]], roster)
    return upload_of(me, {meeting.pids[one]: f"card {number}" for one in wished}, noise(f"p{number}", 6), 6)


def bare(response: Any) -> tuple[int, bytes, tuple[tuple[str, str], ...]]:
    """Return all of an answer that its receiver gets."""
    return response.status_code, response.content, tuple(sorted(response.headers.items()))
