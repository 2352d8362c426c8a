"""What programs of participants ask for: small answers of one shape, no cookie, by the link of a ticket.

A link that leads nowhere gets one answer. What is not open yet, is over, or does not concern this ticket gets
another, the same for all three. The two documents that all are handed alike are bytes; all else is JSON.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from anlass.desk.wishes.keys import KeyRing, key_ring
from anlass.desk.wishes.taking_part import Visit, join, leave, results, roster_bytes, upload, visit
from anlass.errors import StoreError
from anlass.outreach.wish import SLOT
from anlass.web.frame.house import house_of
from anlass.web.frame.public import alike, caller_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from anlass.store.book import Book

_LARGEST_WORDS = 1_000
"""Bytes of a question in JSON."""


class Desk:
    """What answers a participant: the organiser's memory, the keys, the clock, and who came."""

    def __init__(self, book: Book, ring: KeyRing, who: Visit, now: datetime) -> None:
        self.book, self.ring, self.who, self.now = book, ring, who, now


def desk_of(request: HttpRequest, link: str) -> Desk | HttpResponse:
    """Return the desk for whoever comes by this link, or the answer for a link that is none.

    Each ticket may ask 120 times a minute, whatever address it comes from: at a conference that is one.
    """
    house = house_of(request)
    book = house.classroom.book if house.classroom and house.settings else None
    who = visit(book, link, now=house.now()) if book else None
    if book is None or who is None or house.settings is None:
        if not house.limiter.admits(caller_of(request)):
            return alike(HttpResponse("Try again in a minute.\n", status=429, content_type="text/plain"))
        return alike(_json({"here": False}, status=404))
    if not house.wishing.admits(who.ticket.pid.hex()):
        return alike(HttpResponse("Try again in a minute.\n", status=429, content_type="text/plain"))
    return Desk(book, key_ring(house.settings), who, house.now())


@csrf_exempt  # no cookie speaks for anybody: who knows the link is who may ask
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, link: str, what: str) -> HttpResponse:
    """Answer a program of a participant."""
    desk = desk_of(request, link)
    if isinstance(desk, HttpResponse):
        return desk
    known = (_READS if request.method == "GET" else _ACTS).get(what)
    if known is None:
        return alike(_json({"here": False}, status=404))
    try:
        return alike(known(request, desk))
    except StoreError:
        return alike(_json({"here": True, "later": True}, status=503))


def about(desk: Desk) -> dict[str, object]:
    """Return what a participant's program needs to know; nothing in it depends on any wish."""
    one, ticket, event = desk.who.round, desk.who.ticket, desk.who.event
    entry = ticket.entry
    times = one.times if one else None
    moments = {
        name: getattr(times, name).isoformat() if times else None
        for name in ("freeze", "match", "release", "forget")
    }
    return {
        "protocol": "anlass/wish/v1",
        "event": text64(event.id),
        "name": event.name,
        "stage": desk.who.stage.value,
        "round": one.number if one else None,
        "quota": (one.quota or event.quota) if one else event.quota,
        "times": moments,
        "ticket": {"pid": text64(ticket.pid), "name": ticket.name},
        "joined": {"public": text64(entry.public), "flags": entry.flags} if entry else None,
        "on_roster": bool(one and one.is_running and ticket.round == one.number),
        "now": desk.now.isoformat(),
    }


def text64(data: bytes) -> str:
    """Return bytes as base64url without padding."""
    return urlsafe_b64encode(data).decode().rstrip("=")


def bytes64(text: object) -> bytes | None:
    """Read bytes from base64url; `None` for what is none."""
    if not isinstance(text, str) or len(text) > _LARGEST_WORDS:
        return None
    try:
        return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (NotBase64, ValueError):
        return None


def _about(_request: HttpRequest, desk: Desk) -> HttpResponse:
    return _json(about(desk))


def _roster(_request: HttpRequest, desk: Desk) -> HttpResponse:
    return _bytes(roster_bytes(desk.book, desk.who))


def _release(_request: HttpRequest, desk: Desk) -> HttpResponse:
    return _bytes(results(desk.book, desk.ring, desk.who))


def _join(request: HttpRequest, desk: Desk) -> HttpResponse:
    words = _words(request)
    public = bytes64(words.get("public"))
    return _json({"joined": public is not None and join(desk.book, desk.ring, desk.who, public)})


def _leave(_request: HttpRequest, desk: Desk) -> HttpResponse:
    leave(desk.book, desk.who)
    return _json({"left": True})


def _upload(request: HttpRequest, desk: Desk) -> HttpResponse:
    quota = desk.who.round.quota if desk.who.round else 0
    body = request.body if _size(request) == quota * SLOT else b""
    return _json({"upload": upload(desk.book, desk.ring, desk.who, body, now=desk.now).value})


_Answer = Callable[["HttpRequest", Desk], HttpResponse]
_READS: Mapping[str, _Answer] = {"about": _about, "roster": _roster, "release": _release}
_ACTS: Mapping[str, _Answer] = {"join": _join, "leave": _leave, "upload": _upload}


def _words(request: HttpRequest) -> dict[str, object]:
    """Read a small question in JSON; what is none, or is nested too deep to read, asks nothing."""
    if not 0 < _size(request) <= _LARGEST_WORDS:
        return {}
    try:
        read = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _size(request: HttpRequest) -> int:
    """Return how many bytes a question says it has; -1 for what is no number."""
    size = request.META.get("CONTENT_LENGTH") or "0"
    return int(size) if size.isascii() and size.isdigit() else -1


def _json(value: Mapping[str, object], status: int = 200) -> HttpResponse:
    return HttpResponse(json.dumps(value), status=status, content_type="application/json")


def _bytes(content: bytes | None) -> HttpResponse:
    if content is None:
        return _json({"open": False}, status=404)
    return HttpResponse(content, content_type="application/octet-stream")
