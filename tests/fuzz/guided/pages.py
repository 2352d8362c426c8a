"""The pages and the API as they are served: whatever a stranger sends, nothing breaks.

The framework is configured when it is first needed.
"""

from __future__ import annotations

import atexit
import json
from contextlib import ExitStack
from datetime import UTC, timedelta, timezone
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from tests.fuzz.guided.target import Target, folder

if TYPE_CHECKING:
    from django.test import Client

    from tests.at_door import AtDoor

_OPEN = ExitStack()
_BOUNDARY = "x"
_PATHS = ("/henrike", "/api/v1/cases", "/health", "/enter/", "/c/x/", "/w/x/upload", "/events/x/", "/metrics")


def close() -> None:
    """Give the settings back."""
    _door.cache_clear()
    _settings.cache_clear()
    _OPEN.close()


atexit.register(close)


@cache
def _settings() -> None:
    """Configure the framework once, for as long as this process lasts, or until `close`."""
    from tests.pages import pages_configured  # noqa: PLC0415 - loads the framework

    _OPEN.enter_context(pages_configured())


@cache
def _door() -> tuple[AtDoor, Client, str]:
    """Return a house with a door, a stranger's browser, and the token of a sheet."""
    _settings()
    from tests.at_door import at_door  # noqa: PLC0415 - see above

    place = folder() / "door"
    place.mkdir(parents=True, exist_ok=True)
    at = at_door(place)
    client = at.visitor()
    sheet = at.sheet(client)
    at.passes(seconds=30)
    return at, client, sheet


def read_form(data: bytes) -> None:
    """A form at the door, with files or without: an answer, and never that of a broken house."""
    _, client, sheet = _door()
    kind, _, body = data.partition(b"\n")
    content_type = (
        "application/x-www-form-urlencoded" if kind == b"u" else f"multipart/form-data; boundary={_BOUNDARY}"
    )
    answer = client.generic("POST", "/henrike", body.replace(b"SHEET", sheet.encode()), content_type)
    assert answer.status_code < 500, answer.content[:2000]


def read_request(data: bytes) -> None:
    """A request to any public address, with a query, a header and a body of somebody's choice."""
    _, client, _ = _door()
    head, _, body = data.partition(b"\n")
    query, _, header = head.decode("latin-1").partition("\0")
    path = _PATHS[len(query) % len(_PATHS)]
    name, _, value = header.partition(":")
    known = {
        "c": "HTTP_COOKIE",
        "a": "HTTP_AUTHORIZATION",
        "l": "HTTP_ACCEPT_LANGUAGE",
        "r": "HTTP_RANGE",
        "f": "HTTP_X_FORWARDED_FOR",
        "o": "HTTP_ORIGIN",
        "h": "HTTP_HOST",
        "e": "HTTP_ACCEPT_ENCODING",
        "i": "HTTP_IF_MODIFIED_SINCE",
    }
    more: dict[str, Any] = {known[name]: value} if name in known else {}
    method = ("GET", "POST", "HEAD", "OPTIONS", "DELETE")[len(body) % 5]
    answer = client.generic(method, path, body, "application/json", QUERY_STRING=query, **more)
    assert answer.status_code < 500, answer.content[:2000]


def read_body(data: bytes) -> None:
    """The body of a request to the API: texts that can be kept, or one refusal."""
    _settings()
    from ninja.errors import HttpError  # noqa: PLC0415 - see `_settings`

    from anlass.web.api.asked import Texts  # noqa: PLC0415 - see `_settings`

    request: Any = SimpleNamespace(body=data)
    try:
        told = Texts().parse_body(request)
    except HttpError:
        return
    json.dumps(told, ensure_ascii=False).encode()


def read_moment(data: bytes) -> None:
    """A moment in the API: one that can be counted with, or refused."""
    _settings()
    from anlass.web.api.asked import moment_of  # noqa: PLC0415 - see `_settings`

    moment = moment_of(data.decode("utf-8", "replace"))
    moment.replace(tzinfo=UTC).astimezone(timezone(timedelta(hours=-14)))


def _part(name: str, value: str, more: str = "") -> str:
    return f'--x\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{value}\r\n'


_FIELDS = "".join(
    (
        _part("sheet", "SHEET"),
        _part("matter", "Haben Sie Zeit?"),
        _part("name", "Kai"),
        _part("address", "kai@falk.example"),
    )
)

TARGETS = (
    Target(
        "door-form",
        ("web.door.form", "web.door.page"),
        read_form,
        lambda: (
            f"m\n{_FIELDS}{_part('files', 'x', '; filename=a.txt')}--x--\r\n".encode(),
            f"m\n{_FIELDS}{_part('send', 'yes')}--x--\r\n".encode(),
            b"u\nsheet=SHEET&matter=Hallo&name=Kai&address=kai%40falk.example&send=yes&ticket=x",
        ),
    ),
    Target(
        "request",
        ("web.gate.entrance", "web.api.caller", "web.serving.middleware"),
        read_request,
        lambda: (
            b"a=b\0c:anlass=x\n{}",
            b"token=x\0a:Bearer anlass_a_b_c\n[]",
            b"lang=de\0l:de;q=0.5\n",
            b"\0h:[::1]\n",
        ),
    ),
    Target(
        "api-body",
        ("web.api.asked",),
        read_body,
        lambda: (b'{"name": "Kai", "on": ["a"], "n": 1}', b'{"a": "\\ud800\\u0000"}'),
    ),
    Target(
        "api-moment",
        ("web.api.asked",),
        read_moment,
        lambda: (b"2026-11-22T09:30:00Z", b"2026-11-22T09:30:00+01:00"),
        (ValueError,),
        longest=200,
    ),
)
