"""`anlass books`: your address books on servers, and the lines of ours that may stand in them."""

from __future__ import annotations

import json

import click

from anlass.bootstrap import make_servers, open_home
from anlass.cli.clock import moment
from anlass.cli.exits import Exit
from anlass.cli.keeping import kept, say_rehearsed
from anlass.cli.options import data_option, dry_run_option, json_option
from anlass.cli.plain import plain
from anlass.desk.cards.address_books import Will, Written, Wrote, set_note, write_back
from anlass.desk.surface import person_line
from anlass.desk.voice.common import Lang
from anlass.sources.dav import CARDDAV

_CONFLICTS = frozenset({Wrote.CHANGED, Wrote.EDITED})


@click.group()
def books() -> None:
    """Your address books on servers: what of ours stands in them."""


@books.command()
@click.option(
    "--carddav", multiple=True, metavar="URL", help="An address book, or the server; else [sources]."
)
@click.option("--user", default="", metavar="NAME", help="Your user name there.")
@click.option("--go", is_flag=True, help="Write. Without it you see what would be written, and nothing is.")
@click.option(
    "--with-standing", is_flag=True, help="What they are to you too. Whoever reads the book reads it."
)
@click.option("--mine", is_flag=True, help="Where somebody edited our lines, ours hold.")
@data_option
@json_option
@dry_run_option
@click.pass_context
def write(
    ctx: click.Context,
    carddav: tuple[str, ...],
    user: str,
    go: bool,
    with_standing: bool,
    mine: bool,
    data: str | None,
    as_json: bool,
    dry_run: bool,
) -> None:
    """Write the card you gave somebody, your last encounter and your note into their entry.

    Only lines that begin with X-ANLASS- are ever touched. An entry that somebody changed meanwhile is left
    alone and shown with both sides; then the exit code is 1. Whoever can read the address book reads the
    lines: what people are to you is not among them unless you say so.
    """
    home, go = open_home(data), go and not dry_run
    servers = [one for one in make_servers(home.settings, carddav, (), user) if one.kind is CARDDAV]
    if not servers:
        raise click.UsageError("Name an address book: --carddav URL, or [sources] in anlass.toml.")
    will, found = Will(not go, with_standing, mine), False
    for one in write_back(home.book, servers, will, now=moment()):
        found = found or one.wrote in _CONFLICTS
        _show(one, home.lang, as_json=as_json)
    if not go:
        say_rehearsed(home.lang)
    ctx.exit(Exit.CHECK_FAILED if found else Exit.DONE)


@books.command()
@click.argument("person")
@click.argument("text")
@data_option
@dry_run_option
def note(person: str, text: str, data: str | None, dry_run: bool) -> None:
    """Keep TEXT as your note on PERSON that may stand in your address book; "" takes it back."""
    home = open_home(data)
    with kept(home, unless=dry_run):
        somebody = set_note(home.book, person, text, now=moment())
        click.echo(f"{plain(somebody.name)}: {plain(text)}")


def _show(one: Written, lang: Lang, *, as_json: bool) -> None:
    if as_json:
        told = {"there": list(one.there), "here": list(one.here), "state": one.wrote.value}
        click.echo(json.dumps({"entry": one.url, "person": person_line(one.person), **told}))
        return
    if one.wrote is Wrote.SAME:
        return
    click.echo(f"{plain(one.person.name)}: {_SAYS[lang][one.wrote]}")
    for mark, lines in (("-", one.there), ("+", one.here)):
        for line in lines:
            click.echo(f"    {mark} {plain(line)}")


_SAYS: dict[Lang, dict[Wrote, str]] = {
    "de": {
        Wrote.WOULD: "würde geschrieben.",
        Wrote.DONE: "geschrieben.",
        Wrote.CHANGED: "Jemand hat den Eintrag eben geändert. Er bleibt, wie er ist.",
        Wrote.EDITED: "Jemand hat die Zeilen von Anlass geändert. Sie bleiben, bis du --mine sagst.",
        Wrote.REFUSED: "Der Server lässt dort nicht schreiben, oder es ist nicht genau eine Karte.",
    },
    "en": {
        Wrote.WOULD: "would be written.",
        Wrote.DONE: "written.",
        Wrote.CHANGED: "Somebody has just changed the entry. It stays as it is.",
        Wrote.EDITED: "Somebody edited our lines. They stay until you say --mine.",
        Wrote.REFUSED: "The server lets nobody write there, or it is not exactly one card.",
    },
}
