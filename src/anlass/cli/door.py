"""`anlass door`: your public page, where strangers find a reason to write and the way to do it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

import click

from anlass.bootstrap import Home, open_home
from anlass.cli.clock import END, day, moment
from anlass.cli.keeping import kept
from anlass.cli.options import data_option, dry_run_option, json_option
from anlass.cli.plain import plain
from anlass.desk.door import own as desk
from anlass.desk.door.surface import code_word_line, door_line
from anlass.desk.door.voice import missing_says, state_says
from anlass.replies.door import FIELDS, CodeWord, Door

if TYPE_CHECKING:
    from collections.abc import Callable

_lang_option = click.option(
    "--lang", type=click.Choice(["de", "en"]), help="The language of the text; yours without it."
)


@click.group(invoke_without_command=True)
@data_option
@json_option
@click.pass_context
def door(context: click.Context, data: str | None, as_json: bool) -> None:
    """Show your public door: its address, whether it is open, what it still lacks.

    It opens to the world once it has a name, an imprint and a privacy notice; both texts are yours.
    """
    if context.invoked_subcommand is None:
        _show(open_home(data), as_json=as_json)


@door.command()
@data_option
@json_option
def show(data: str | None, as_json: bool) -> None:
    """Show the door, its texts and its code words."""
    home = open_home(data)
    _show(home, as_json=as_json)
    own = desk.door_of(home.book)
    for text in () if as_json else own.texts:
        for field in FIELDS:
            if getattr(text, field):
                click.echo(f"{text.lang} {field:8} {plain(getattr(text, field))[:60]}")
    for word in () if as_json else own.words:
        click.echo(_word_says(word))


@door.command()
@click.argument("name")
@click.option("--register", type=click.Choice(["du", "sie"]), help="How it speaks to Germans.")
@data_option
@json_option
@dry_run_option
def name(name: str, register: str | None, data: str | None, as_json: bool, dry_run: bool) -> None:
    """Let the door stand at /NAME: 2 to 40 letters from a to z, digits and hyphens."""

    def act(home: Home) -> Door:
        changed = desk.rename(home.book, name, home.lang, now=moment())
        return desk.set_register(home.book, register, home.lang, now=moment()) if register else changed

    _changed(data, act, as_json=as_json, dry_run=dry_run)


@door.command()
@click.argument("field", type=click.Choice(FIELDS))
@click.argument("file", type=click.File("r", encoding="utf-8"))
@_lang_option
@data_option
@json_option
@dry_run_option
def text(field: str, file: TextIO, lang: str | None, data: str | None, as_json: bool, dry_run: bool) -> None:
    """Set a text of the door from FILE (- is standard input).

    An empty line begins a paragraph; an empty file takes the text away.
    """
    said = file.read(desk.LONGEST_TEXT + 1)
    _changed(
        data,
        lambda home: desk.set_texts(home.book, lang or home.lang, {field: said}, home.lang, now=moment()),
        as_json=as_json,
        dry_run=dry_run,
    )


@door.command("open")
@data_option
@json_option
@dry_run_option
def open_(data: str | None, as_json: bool, dry_run: bool) -> None:
    """Open the door to the world; what is missing is named all at once."""
    _changed(
        data,
        lambda home: desk.open_door(home.book, home.lang, now=moment()),
        as_json=as_json,
        dry_run=dry_run,
    )


@door.command()
@data_option
@json_option
@dry_run_option
def close(data: str | None, as_json: bool, dry_run: bool) -> None:
    """Shut the door; on this machine you can still look at it."""
    _changed(data, lambda home: desk.close_door(home.book, now=moment()), as_json=as_json, dry_run=dry_run)


@door.command()
@data_option
@json_option
def words(data: str | None, as_json: bool) -> None:
    """List the code words that you gave away."""
    for word in desk.door_of(open_home(data).book).words:
        click.echo(json.dumps(code_word_line(word)) if as_json else _word_says(word))


@door.command()
@click.argument("word")
@click.option(
    "--until", metavar="DAY", help="Until which day it holds (2026-12-24); without an end without it."
)
@click.option("--note", default="", metavar="TEXT", help="To whom you gave it.")
@click.option("--remove", is_flag=True, help="Let it hold no longer.")
@data_option
@json_option
@dry_run_option
def word(
    word: str, until: str | None, note: str, remove: bool, data: str | None, as_json: bool, dry_run: bool
) -> None:
    """Let a code WORD hold: whoever names it at the door is asked nothing more, and not asked back."""

    def act(home: Home) -> Door:
        if remove:
            return desk.remove_word(home.book, word, home.lang, now=moment())
        return desk.add_word(home.book, CodeWord(word, day(until, END), note), home.lang, now=moment())

    _changed(data, act, as_json=as_json, dry_run=dry_run)


def _changed(data: str | None, act: Callable[[Home], Door], *, as_json: bool, dry_run: bool) -> None:
    """Change the door, or rehearse it, and show how it stands then."""
    home = open_home(data)
    with kept(home, unless=dry_run):
        act(home)
        _show(home, as_json=as_json)


def _show(home: Home, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(door_line(home.book, home.settings.public_address)))
        return
    own = desk.door_of(home.book)
    lacks = desk.missing(home.book, home.settings.public_address)
    base = home.settings.public_address
    where = f"{base}/{own.name}" if own.name else ""
    click.echo(state_says("open" if own.is_open else "shut" if own.name else "none", home.lang, where=where))
    for one in lacks:
        click.echo(missing_says(one, home.lang))


def _word_says(word: CodeWord) -> str:
    end = f"  {word.until.date().isoformat()}" if word.until else ""
    return f"{plain(word.word)}{end}{'  ' + plain(word.note) if word.note else ''}"
