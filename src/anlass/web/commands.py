"""`anlass serve` and `anlass demo`: the pages, on this machine only, or behind a proxy for several."""

from __future__ import annotations

import errno
import os
import secrets
import signal
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from anlass.bootstrap import open_home
from anlass.channels.mail.secrets import Secrets
from anlass.config import data_folder, load_settings, read_password
from anlass.desk.cards.own import cards_of
from anlass.desk.house.arriving import looked_at_again
from anlass.desk.house.trying import furnish, screen_example, settings_of
from anlass.desk.outgoing.outbox import Writer
from anlass.desk.safekeeping.presence import present
from anlass.errors import EdgeError
from anlass.example import example
from anlass.web.frame.house import House, Residence, Stage, application
from anlass.web.serving.beside import watch_beside
from anlass.web.serving.opening import clock_of, house_for, houses_for, now
from anlass.web.serving.serve import door
from anlass.web.serving.serve import serve as serve_pages
from anlass.web.settings import admit, web_settings
from anlass.wires.door import public_base
from anlass.wires.logbook import begin

if TYPE_CHECKING:
    from collections.abc import Callable
    from socket import socket

    from anlass.bootstrap import Home
    from anlass.config import Settings
    from anlass.web.frame.key import Key

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
@click.option("--pages-alone", is_flag=True, help="Watch no mailbox beside the pages.")
def serve(data: str | None, port: int, pages_alone: bool) -> None:  # noqa: FBT001 - options come by name
    """Show your cases as pages in the browser, on this machine only, and watch your mailboxes meanwhile.

    With a [server] address in anlass.toml people log in, and a proxy before it brings them here by TLS; then
    `anlass work` watches, as a program of its own.
    """
    begin(os.environ)
    settings = load_settings(data_folder(data))
    server = settings.server
    pages = web_settings(_signing_key(settings) if server.is_on else secrets.token_urlsafe(32), server)
    pages |= _figures_of(settings)
    home = open_home(data, pages)
    if server.is_on:
        with present(home.settings.data), _door(port, home.lang, server.listen) as listener:
            serve_pages(application(houses_for(home, now)), listener, _announced(server.address, home.lang))
        return
    cards = cards_of(home.book)
    admit(pages, cards.address if cards else "")
    admit(pages, public_base(home.settings.door.address))
    with present(home.settings.data), _door(port, home.lang) as listener:
        house = house_for(home, clock_of(home))
        for problem in house.problems():
            click.echo(f"anlass: {problem}", err=True)
        again = Residence(house, lambda: _opened_again(home, house.key))
        _serve(again, listener, home.lang, None if pages_alone else home.settings.data)


def _opened_again(home: Home, key: Key) -> House:
    """Open the house with what its anlass.toml says now."""
    fresh = looked_at_again(home)
    return house_for(fresh, clock_of(fresh), key=key)


def _figures_of(settings: Settings) -> dict[str, object]:
    """Return who may read figures, where there are any; a token that cannot be read opens to nobody."""
    if not settings.metrics.on:
        return {}
    file = settings.metrics.token_file
    token = (read_password(settings, variable="", file=file) or secrets.token_urlsafe(32)) if file else ""
    return {"ANLASS_METRICS": token, "ANLASS_DATA": settings.data}


def _signing_key(settings: Settings) -> str:
    """Return what signs the cookies of a server; it stays the same, so that a start logs nobody out."""
    kept = Secrets(settings.data)
    key = kept.get("pages-key")
    if key is None:
        key = secrets.token_urlsafe(48)
        kept.put("pages-key", key, "file")
    return key


def _announced(address: str, lang: str) -> Callable[[str, int], None]:
    return lambda host, at: click.echo(_WORDS[lang]["server"].format(address=address, here=f"{host}:{at}"))


@click.command()
@click.option(
    "--data", "own", metavar="DIR", help="Where your own data shall lie, should you connect a mailbox."
)
@port_option
def demo(own: str | None, port: int) -> None:
    """Screen the example mailbox and show it in the browser.

    Everybody in it is invented. It is kept in a temporary folder and gone when you stop with Ctrl-C. Connect
    your own mailbox on its pages, and your own house takes its place.
    """
    signal.signal(signal.SIGTERM, _stopped)
    shown = example()
    with tempfile.TemporaryDirectory(prefix="anlass-demo-") as data:
        (Path(data) / "anlass.toml").write_text(settings_of(shown), encoding="utf-8")
        home = open_home(data, web_settings(secrets.token_urlsafe(32)))
        with _door(port, home.lang) as listener:
            click.echo(_WORDS[home.lang]["reading"])
            writer = Writer(shown.name, shown.addresses[0])
            house = house_for(home, lambda: shown.today, writer=writer)
            cases = screen_example(home.book, house.wits(), shown)
            furnish(home.book, shown)
            click.echo(_WORDS[home.lang]["screened"].format(cases=cases))
            stage = Stage(
                lambda stage: replace(house, lists=(shown.linkedin,), stage=stage),
                lambda: _own_house(own, house.key),
            )
            _serve(stage, listener, home.lang)


def _own_house(data: str | None, key: Key) -> House:
    """Open the owner's own house, which the key of the example opens too."""
    home = open_home(data)
    watch_beside(home.settings.data)
    return house_for(home, clock_of(home), key=key)


def _stopped(number: int, _frame: object) -> None:
    """End as Ctrl-C does, so that the temporary folder goes with us."""
    sys.exit(128 + number)


def _door(port: int, lang: str, host: str = HOST) -> socket:
    """Open the port first: who must choose another one learns it at once. Raises `EdgeError`."""
    try:
        return door(host, port)
    except OSError as error:
        words = _WORDS[lang]["taken" if error.errno == errno.EADDRINUSE else "closed"]
        says = words.format(port=port, error=error.strerror)
        raise EdgeError(says, temporary=True) from error


def _serve(house: Stage | Residence, listener: socket, lang: str, watched: Path | None = None) -> None:
    """Serve the pages and print their address with the key that opens them once.

    Over the house that lies in the folder `watched` somebody watches meanwhile.
    """
    key = house.house.key

    def announce(host: str, at: int) -> None:
        click.echo(_WORDS[lang]["open"].format(address=f"http://{host}:{at}/?token={key.token}"))

    def begin() -> None:
        if watched is not None:
            watch_beside(watched)

    serve_pages(application(house), listener, announce, begin)


_WORDS = {
    "de": {
        "reading": "Das Beispielpostfach gehört Henrike Solbach. Sie ist erfunden, wie alle darin.",
        "screened": "{cases} Anfragen stehen an der Tür.",
        "server": "{address} ist offen: Der Proxy davor bringt alle nach {here}.\n\nBeenden mit Strg-C.",
        "taken": "Port {port} ist belegt. `--port 0` nimmt einen freien.",
        "closed": "Port {port} lässt sich nicht öffnen ({error}). `--port 0` nimmt einen freien.",
        "open": "Im Browser öffnen (die Adresse gilt einmal):\n\n    {address}\n\nBeenden mit Strg-C.",
    },
    "en": {
        "reading": "The example mailbox is Henrike Solbach's. She is invented, like everybody in it.",
        "screened": "{cases} requests stand at the door.",
        "server": "{address} is open: the proxy before it brings everybody to {here}.\n\nStop with Ctrl-C.",
        "taken": "Port {port} is taken. `--port 0` takes a free one.",
        "closed": "Port {port} cannot be opened ({error}). `--port 0` takes a free one.",
        "open": "Open this in your browser (the address works once):\n\n    {address}\n\nStop with Ctrl-C.",
    },
}
