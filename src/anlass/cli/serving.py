"""`anlass serve` and `anlass demo`: the pages, on this machine only."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click

from anlass.bootstrap import make_doorman
from anlass.cli.house import data_option, open_house
from anlass.cli.progress import progress_bar
from anlass.config import Settings, language_of_the_system
from anlass.desk.collecting import collect
from anlass.desk.screening import Desk, screen
from anlass.example import Example, example
from anlass.intake import Recipient
from anlass.store.book import Book
from anlass.web.house import House, application
from anlass.web.key import Key
from anlass.web.serve import serve as serve_pages

HOST = "127.0.0.1"
PORT = 8025

port_option = click.option("--port", default=PORT, show_default=True, help="The port; 0 takes a free one.")


@click.command()
@data_option
@port_option
def serve(data: str | None, port: int) -> None:
    """Show your cases as pages in the browser, on this machine only."""
    house = open_house(data, pages=True)
    _serve(house.book, _clock, port, house.lang)


@click.command()
@port_option
def demo(port: int) -> None:
    """Screen the example mailbox and show it in the browser.

    Everybody in it is invented. It is kept in a temporary folder and gone when you stop with Ctrl-C.
    """
    shown, lang = example(), language_of_the_system()
    with tempfile.TemporaryDirectory(prefix="anlass-demo-") as data:
        book = open_house(data, pages=True).book
        cases = screen_example(book, shown, Path(data), lang)
        click.echo(_WORDS[lang]["screened"].format(cases=cases))
        _serve(book, lambda: shown.today, port, lang)


def screen_example(book: Book, shown: Example, data: Path, lang: str) -> int:
    """Collect and judge the example mailbox; return how many cases it holds."""
    doorman, _ = make_doorman(Settings(data), lang)
    with progress_bar(_WORDS[lang]["reading"]) as progress:
        collect(book, [shown.mailbox], owner=shown.addresses, now=shown.today, progress=progress)
    desk = Desk(book, doorman, Recipient(shown.name, "\n".join(shown.about.values())), shown.today)
    for _ in screen(desk, [shown.mailbox]):
        pass
    return book.cases(limit=1).total


def _serve(book: Book, now: Callable[[], datetime], port: int, lang: str) -> None:
    """Serve the pages and print their address with the key that opens them once."""
    key = Key()

    def announce(host: str, at: int) -> None:
        click.echo(_WORDS[lang]["open"].format(address=f"http://{host}:{at}/?token={key.token}"))

    serve_pages(application(House(book, now, key)), HOST, port, announce)


def _clock() -> datetime:
    return datetime.now().astimezone()


_WORDS = {
    "de": {
        "reading": "Lese das Beispiel",
        "screened": "Das Beispielpostfach gehört Henrike Solbach, es ist erfunden. {cases} Anfragen stehen an der Tür.",
        "open": "Im Browser öffnen (die Adresse gilt einmal):\n\n    {address}\n\nBeenden mit Strg-C.",
    },
    "en": {
        "reading": "Reading the example",
        "screened": "The example mailbox belongs to Henrike Solbach, who is invented. {cases} requests stand at her door.",
        "open": "Open this in your browser (the address works once):\n\n    {address}\n\nStop with Ctrl-C.",
    },
}
