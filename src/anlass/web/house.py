"""What the pages are given: the owner's book, a clock, the key. Handed in with every request."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from anlass.web.audit_table import AuditTable
from anlass.web.key import Key
from anlass.web.limiter import DoorLimits, Limiter

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from django.http import HttpRequest

    from anlass.bootstrap import Home
    from anlass.config import Settings
    from anlass.desk.advising import SecondReader
    from anlass.desk.inbox import Book
    from anlass.desk.on_duty import OnDuty
    from anlass.desk.outbox import Writer
    from anlass.doorman import Doorman
    from anlass.store.book import Book as Memory

_PLACE = "anlass.house"


@dataclass(frozen=True, slots=True)
class Classroom:
    """Where the owner teaches: the doorman as shipped, and the memory that keeps what was learned.

    With a doorman `on_duty` the house rules may change while the pages are open.
    """

    doorman: Doorman
    book: Memory
    on_duty: OnDuty | None = None

    def wits(self) -> Doorman:
        """Return the doorman with the house rules that hold now."""
        return self.on_duty.doorman() if self.on_duty else self.doorman


@dataclass(frozen=True, slots=True)
class House:
    """One owner's house. `now` returns an aware time in the owner's time zone.

    With a `classroom` the owner can teach here; without one the pages only show. With a
    `second_reader` the owner can ask for a second opinion. `settings` are those of anlass.toml, `lists` are
    lists of contacts that are offered for an audit; the one that is audited lies on `audit_table`. A
    `writer` lets letters go. `limiter` counts looks at public pages, `programs` what tokens ask for,
    `door_limits` looks at the door, `wishing` what each ticket asks for,
    `gathering` looks at the start pages of events. `wake_porter` lets letters that were
    confirmed there become cases.
    """

    book: Book
    now: Callable[[], datetime]
    key: Key
    classroom: Classroom | None = None
    second_reader: SecondReader | None = None
    settings: Settings | None = None
    lists: tuple[Path, ...] = ()
    audit_table: AuditTable = field(default_factory=AuditTable)
    writer: Writer | None = None
    limiter: Limiter = field(default_factory=Limiter)
    programs: Limiter = field(default_factory=lambda: Limiter(each=1_200, everybody=6_000))
    door_limits: DoorLimits = field(default_factory=DoorLimits)
    wake_porter: Callable[[], None] | None = None
    wishing: Limiter = field(default_factory=lambda: Limiter(120, 200_000))
    gathering: Limiter = field(default_factory=lambda: Limiter(6_000, 200_000))

    @property
    def home(self) -> Home | None:
        """The owner's home, where house rules can be changed; `None` where the pages only show."""
        on_duty = self.classroom.on_duty if self.classroom else None
        return on_duty.home if on_duty else None


def application(house: House) -> WSGIApplication:
    """Return the pages of `house` as a WSGI application; Django's settings must be configured."""
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415 - reads the settings when imported

    django = get_wsgi_application()
    first = iter([house.wake_porter])  # a thread that was begun before the server forks would not be there

    def pages(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ[_PLACE] = house
        if wake := next(first, None):
            wake()
        return django(environ, start_response)

    return pages


def house_of(request: HttpRequest) -> House:
    """Return the house that a request came to."""
    return cast("House", request.META[_PLACE])
