"""What the pages are given: the owner's book, a clock, the key. Handed in with every request.

A server may hold the houses of several owners: they share a database and this process; rows, folders, house
rules and lists stay apart. A page asks `house_of(request)` in either case.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, cast

from anlass.desk.mail.first_reading import Readings
from anlass.errors import NotFound
from anlass.web.frame.audit_table import AuditTable
from anlass.web.frame.key import Key
from anlass.web.frame.limiter import DoorLimits, Limiter

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from django.http import HttpRequest

    from anlass.bootstrap import Home
    from anlass.config import Settings
    from anlass.desk.cases.inbox import Book
    from anlass.desk.outgoing.outbox import Writer
    from anlass.desk.requests.advising import SecondReader
    from anlass.desk.requests.on_duty import OnDuty
    from anlass.doorman import Doorman
    from anlass.errors import Problem
    from anlass.store.book import Book as Memory
    from anlass.web.frame.site import Site

_PLACE, _PLACES = "anlass.house", "anlass.houses"
_ROOM = 64
"""Houses kept open at a time; a doorman on duty weighs little, and the panel is shared by all."""


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
    `door_limits` looks at the door, `wishing` what each ticket asks for, `gathering` looks at the start pages
    of events. `wake_porter` lets letters that were confirmed there become cases. `readings` are those of new
    mailboxes. An example stands on a `stage`, and makes room there for the owner's own house. `may_send` is
    false where whoever is inside may let no letter go. `reopen` lets later pages see what anlass.toml says
    now.
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
    readings: Readings = field(default_factory=Readings)
    stage: Stage | None = None
    may_send: bool = True
    reopen: Callable[[], None] | None = None

    @property
    def home(self) -> Home | None:
        """The owner's home, where house rules can be changed; `None` where the pages only show."""
        on_duty = self.classroom.on_duty if self.classroom else None
        return on_duty.home if on_duty else None

    @property
    def region(self) -> str:
        """The owner's country, by which telephone numbers without one are read; empty where none is named."""
        return self.settings.owner.country if self.settings else ""

    def wits(self) -> Doorman:
        """Return the doorman of this house; raises `LookupError` where the pages only show."""
        if self.classroom is None:
            raise LookupError("nobody is on duty here")
        return self.classroom.wits()

    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the house rules; nothing where they hold."""
        on_duty = self.classroom.on_duty if self.classroom else None
        return on_duty.problems() if on_duty else ()


class Stage:
    """Where an example is shown until the owner's own house takes its place; `opened` opens that."""

    def __init__(self, example: Callable[[Stage], House], opened: Callable[[], House]) -> None:
        self.house = example(self)
        self._opened = opened
        self._own: House | None = None

    def own(self) -> House:
        """Return the owner's own house, opened once."""
        self._own = self._own or self._opened()
        return self._own

    def move_in(self) -> None:
        """Show the owner's own house from now on."""
        self.house = self.own()


class Residence:
    """The one house of this machine as it stands now; `opened` opens it anew where its settings changed."""

    def __init__(self, house: House, opened: Callable[[], House]) -> None:
        self._opened = opened
        self.house = replace(house, reopen=self.reopen)

    def reopen(self) -> None:
        """Open the house anew; its key, what is read, and who was counted stay."""
        before, fresh = self.house, self._opened()
        self.house = replace(
            before, now=fresh.now, classroom=fresh.classroom, settings=fresh.settings, writer=fresh.writer
        )


class Houses:
    """Gives the house of an owner. `owners` names all there are, `opened` opens one of them.

    Before them lies the `site`, where people log in.
    """

    def __init__(
        self,
        owners: Callable[[], Iterable[str]],
        opened: Callable[[str], House],
        site: Site | None = None,
        *,
        room: int = _ROOM,
    ) -> None:
        self.site = site
        self._owners, self._opened, self._room = owners, opened, room
        self._kept: OrderedDict[str, House] = OrderedDict()
        self._one_at_a_time = Lock()

    def owners(self) -> tuple[str, ...]:
        """Return the ids of all owners, in a steady order."""
        return tuple(sorted(self._owners()))

    def of(self, owner: str) -> House:
        """Return the house of an owner; raises `NotFound` where there is no such owner."""
        with self._one_at_a_time:
            if owner not in self._kept:
                if owner not in self.owners():
                    raise NotFound(f"There is no owner {owner!r}.")
                self._kept[owner] = self._opened(owner)
            self._kept.move_to_end(owner)
            while len(self._kept) > self._room:
                self._kept.popitem(last=False)
            return self._kept[owner]

    def seen_by(self, owner: str, whom: str, seen: Callable[[House], House]) -> House:
        """Return a house as somebody sees it; `seen` makes it of the house, when they first come."""
        house, place = self.of(owner), f"{owner}\n{whom}"
        with self._one_at_a_time:
            if place not in self._kept:
                self._kept[place] = seen(house)
            self._kept.move_to_end(place)
            return self._kept[place]

    def book_of(self, owner: str) -> Memory:
        """Return the memory of an owner; raises `NotFound`."""
        classroom = self.of(owner).classroom
        if classroom is None:
            raise NotFound(f"The house of {owner!r} only shows.")
        return classroom.book

    def close(self, owner: str) -> None:
        """Open a house anew when it is next entered: its settings changed."""
        with self._one_at_a_time:
            for place in [one for one in self._kept if one.partition("\n")[0] == owner]:
                del self._kept[place]


def application(house: House | Houses | Stage | Residence) -> WSGIApplication:
    """Return the pages of a house, or of all houses of a server; Django's settings must be configured."""
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415 - reads the settings when imported

    django = get_wsgi_application()
    place = _PLACES if isinstance(house, Houses) else _PLACE
    first = iter([_waking(house)])  # a thread that was begun before the server forks would not be there

    def pages(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ[place] = house.house if isinstance(house, (Stage, Residence)) else house
        if wake := next(first, None):
            wake()
        return django(environ, start_response)

    return pages


def _waking(house: House | Houses | Stage | Residence) -> Callable[[], None] | None:
    """Return what takes in letters that wait at the door; houses of a server look when they are opened."""
    if isinstance(house, Houses):
        return None
    return (house.house if isinstance(house, (Stage, Residence)) else house).wake_porter


def house_of(request: HttpRequest) -> House:
    """Return the house that a request came to; who may enter which is settled before any page is asked."""
    return cast("House", request.META[_PLACE])


def is_in_a_house(request: HttpRequest) -> bool:
    """Tell whether a request came to a house: at the door of a server it has none yet."""
    return _PLACE in request.META


def houses_of(request: HttpRequest) -> Houses | None:
    """Return the houses of the server; `None` where there is one house only, which a key opens."""
    return cast("Houses | None", request.META.get(_PLACES))


def lead_into(request: HttpRequest, house: House) -> None:
    """Let every page that answers this request be a page of `house`."""
    request.META[_PLACE] = house
