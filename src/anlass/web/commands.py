"""`anlass serve` and `anlass demo`: the pages, on this machine only."""

from __future__ import annotations

import errno
import secrets
import signal
import sys
import tempfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from anlass.bootstrap import Home, open_home, owner_days
from anlass.desk.advising import advice_of, second_reader
from anlass.desk.cards import cards_of
from anlass.desk.on_duty import OnDuty
from anlass.desk.outbox import Writer, writer_of
from anlass.desk.trying import furnish, screen_example, settings_of
from anlass.errors import EdgeError
from anlass.example import example
from anlass.web.house import Classroom, House, application
from anlass.web.key import Key
from anlass.web.porter import Bell, taking_in
from anlass.web.serve import door
from anlass.web.serve import serve as serve_pages
from anlass.web.settings import admit, web_settings
from anlass.wires.door import public_base

if TYPE_CHECKING:
    from collections.abc import Callable
    from socket import socket

    from anlass.desk.advising import SecondReader

HOST = "127.0.0.1"
PORT = 8025

port_option = click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="NUMBER",
    default=PORT,
    show_default=f"{PORT}",
    help="The port; 0 takes a free one.",
)


@click.command()
@click.option("--data", metavar="DIR", help="The folder all data lies in (or ANLASS_DATA).")
@port_option
def serve(data: str | None, port: int) -> None:
    """Show your cases as pages in the browser, on this machine only."""
    pages = web_settings(secrets.token_urlsafe(32))
    home = open_home(data, pages)
    cards = cards_of(home.book)
    admit(pages, cards.address if cards else "")
    admit(pages, public_base(home.settings.door.address))
    with _door(port, home.lang) as listener:
        on_duty = OnDuty(home)
        for problem in on_duty.problems():
            click.echo(f"anlass: {problem}", err=True)
        advice = advice_of(home)
        reader = second_reader(home.book, on_duty.doorman(), advice) if advice else None
        zone = owner_days(home.settings).zone
        _serve(_house(home, on_duty, lambda: datetime.now(zone), reader), listener, home.lang)


@click.command()
@port_option
def demo(port: int) -> None:
    """Screen the example mailbox and show it in the browser.

    Everybody in it is invented. It is kept in a temporary folder and gone when you stop with Ctrl-C.
    """
    signal.signal(signal.SIGTERM, _stopped)
    shown = example()
    with tempfile.TemporaryDirectory(prefix="anlass-demo-") as data:
        (Path(data) / "anlass.toml").write_text(settings_of(shown), encoding="utf-8")
        home = open_home(data, web_settings(secrets.token_urlsafe(32)))
        with _door(port, home.lang) as listener:
            click.echo(_WORDS[home.lang]["reading"])
            on_duty = OnDuty(home)
            cases = screen_example(home.book, on_duty.doorman(), shown)
            furnish(home.book, shown)
            click.echo(_WORDS[home.lang]["screened"].format(cases=cases))
            writer = Writer(shown.name, shown.addresses[0])
            house = _house(home, on_duty, lambda: shown.today, writer=writer)
            _serve(replace(house, lists=(shown.linkedin,)), listener, home.lang)


def _stopped(number: int, _frame: object) -> None:
    """End as Ctrl-C does, so that the temporary folder goes with us."""
    sys.exit(128 + number)


def _door(port: int, lang: str) -> socket:
    """Open the port first: who must choose another one learns it at once. Raises `EdgeError`."""
    try:
        return door(HOST, port)
    except OSError as error:
        words = _WORDS[lang]["taken" if error.errno == errno.EADDRINUSE else "closed"]
        says = words.format(port=port, error=error.strerror)
        raise EdgeError(says, temporary=True) from error


def _house(
    home: Home,
    on_duty: OnDuty,
    now: Callable[[], datetime],
    reader: SecondReader | None = None,
    writer: Writer | None = None,
) -> House:
    """Return the house with a new key; here the owner can teach, change the house rules, let letters go.

    What was confirmed at the door before this start is taken in beside the first page.
    """
    bell = Bell(taking_in(home, on_duty, now))
    return House(
        home.book,
        now,
        Key(),
        Classroom(on_duty.doorman(), home.book, on_duty),
        reader,
        settings=home.settings,
        writer=writer or writer_of(home),
        wake_porter=bell.ring,
    )


def _serve(house: House, listener: socket, lang: str) -> None:
    """Serve the pages and print their address with the key that opens them once."""

    def announce(host: str, at: int) -> None:
        click.echo(_WORDS[lang]["open"].format(address=f"http://{host}:{at}/?token={house.key.token}"))

    serve_pages(application(house), listener, announce)


_WORDS = {
    "de": {
        "reading": "Das Beispielpostfach gehört Henrike Solbach. Sie ist erfunden, wie alle darin.",
        "screened": "{cases} Anfragen stehen an der Tür.",
        "taken": "Port {port} ist belegt. `--port 0` nimmt einen freien.",
        "closed": "Port {port} lässt sich nicht öffnen ({error}). `--port 0` nimmt einen freien.",
        "open": "Im Browser öffnen (die Adresse gilt einmal):\n\n    {address}\n\nBeenden mit Strg-C.",
    },
    "en": {
        "reading": "The example mailbox is Henrike Solbach's. She is invented, like everybody in it.",
        "screened": "{cases} requests stand at the door.",
        "taken": "Port {port} is taken. `--port 0` takes a free one.",
        "closed": "Port {port} cannot be opened ({error}). `--port 0` takes a free one.",
        "open": "Open this in your browser (the address works once):\n\n    {address}\n\nStop with Ctrl-C.",
    },
}
