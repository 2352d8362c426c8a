"""Opening a house for the pages: a home becomes what pages are given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from anlass.bootstrap import home_of, owner_days
from anlass.config import read_password
from anlass.desk.house.arriving import looked_at_again
from anlass.desk.house.courier import Courier, sender
from anlass.desk.outgoing.outbox import Writer, writer_of
from anlass.desk.requests.advising import advice_of, second_reader
from anlass.desk.requests.on_duty import OnDuty
from anlass.web.frame.house import Classroom, House, Houses
from anlass.web.frame.key import Key
from anlass.web.frame.site import Site
from anlass.web.serving.porter import Bell, taking_in

if TYPE_CHECKING:
    from anlass.bootstrap import Home


def now() -> datetime:
    """Return the time by the clock of this machine."""
    return datetime.now(UTC)


def clock_of(home: Home, clock: Callable[[], datetime] = now) -> Callable[[], datetime]:
    """Return a clock in the owner's time zone. Raises `ConfigError` for a zone that is none."""
    zone = owner_days(home.settings).zone
    return lambda: clock().astimezone(zone)


def house_for(
    home: Home, now: Callable[[], datetime], *, key: Key | None = None, writer: Writer | None = None
) -> House:
    """Return the house of a home, with a new key; here the owner can teach, change rules, let letters go.

    What was confirmed at the door before it was opened is taken in beside the first page.
    """
    on_duty = OnDuty(home)
    advice = advice_of(home)
    return House(
        home.book,
        now,
        key or Key(),
        Classroom(on_duty.doorman(), home.book, on_duty),
        second_reader(home.book, on_duty.doorman(), advice) if advice else None,
        settings=home.settings,
        writer=writer or writer_of(home),
        wake_porter=Bell(taking_in(home, on_duty, now)).ring,
    )


def houses_for(server: Home, now: Callable[[], datetime], courier: Courier | None = None) -> Houses:
    """Return the houses of all owners of the server whose home is given, and the gate before them."""

    def opened(owner: str) -> House:
        home = looked_at_again(home_of(server, owner))
        house = house_for(home, clock_of(home, now))
        if house.wake_porter is not None:
            house.wake_porter()
        return house

    settings = server.settings
    wired = settings.server

    def secret() -> str:
        return read_password(settings, variable=wired.oidc_secret_variable, file=wired.oidc_secret_file) or ""

    post = courier or Courier(sender(settings, now))
    site = Site(server.book.gate, server.book.whose, wired, post, now, secret)
    return Houses(server.book.gate.owners, opened, site)
