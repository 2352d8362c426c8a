"""What the pages are given: the owner's book, a clock, the key. Handed in with every request."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, cast

from anlass.web.key import Key
from anlass.web.limiter import Limiter

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from django.http import HttpRequest

    from anlass.desk.advising import SecondReader
    from anlass.desk.inbox import Book
    from anlass.doorman import Doorman
    from anlass.store.book import Book as Memory

_PLACE = "anlass.house"


@dataclass(frozen=True, slots=True)
class Classroom:
    """Where the owner teaches: the doorman as shipped, and the memory that keeps what was learned."""

    doorman: Doorman
    book: Memory


@dataclass(frozen=True, slots=True)
class House:
    """One owner's house. `now` returns an aware time in the owner's time zone.

    With a `classroom` the owner can teach here; without one the pages only show. With a
    `second_reader` the owner can ask for a second opinion. `limiter` counts looks at public pages.
    """

    book: Book
    now: Callable[[], datetime]
    key: Key
    classroom: Classroom | None = None
    second_reader: SecondReader | None = None
    limiter: Limiter = field(default_factory=Limiter)


def application(house: House) -> WSGIApplication:
    """Return the pages of `house` as a WSGI application; Django's settings must be configured."""
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415 - reads the settings when imported

    django = get_wsgi_application()

    def pages(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ[_PLACE] = house
        return django(environ, start_response)

    return pages


def house_of(request: HttpRequest) -> House:
    """Return the house that a request came to."""
    return cast("House", request.META[_PLACE])
