"""Opening a house for the pages: a home becomes what pages are given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from anlass.bootstrap import home_of
from anlass.config import read_password
from anlass.desk.advising import advice_of, second_reader
from anlass.desk.courier import Courier, sender
from anlass.desk.on_duty import OnDuty
from anlass.desk.outbox import Writer, writer_of
from anlass.web.house import Classroom, House, Houses
from anlass.web.key import Key
from anlass.web.site import Site

if TYPE_CHECKING:
    from anlass.bootstrap import Home


def house_for(
    home: Home, now: Callable[[], datetime], *, key: Key | None = None, writer: Writer | None = None
) -> House:
    """Return the house of a home, with a new key; here the owner can teach, change rules, let letters go."""
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
    )


def houses_for(server: Home, now: Callable[[], datetime], courier: Courier | None = None) -> Houses:
    """Return the houses of all owners of the server whose home is given, and the gate before them."""

    def opened(owner: str) -> House:
        return house_for(home_of(server, owner), now)

    settings = server.settings
    wired = settings.server

    def secret() -> str:
        return read_password(settings, variable=wired.oidc_secret_variable, file=wired.oidc_secret_file) or ""

    site = Site(server.book.gate, wired, courier or Courier(sender(settings, now)), now, secret)
    return Houses(server.book.gate.owners, opened, site)
