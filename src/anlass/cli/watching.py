"""`anlass watch` and `anlass standing`: people kept in mind without a click, and what they are to you."""

from __future__ import annotations

import json

import click

from anlass.bootstrap import open_home
from anlass.cli.clock import NOON, day, moment
from anlass.cli.keeping import kept
from anlass.cli.options import data_option, dry_run_option, json_option
from anlass.cli.plain import plain
from anlass.desk.people.persons import person_called
from anlass.desk.people.standing import Stands, everybody, say_standing, stands
from anlass.desk.people.surface import standing_line, watch_line
from anlass.desk.people.watch_list import Watched, put_on, take_off, watch_list
from anlass.desk.surface import JsonLine, person_line
from anlass.desk.voice.common import Lang
from anlass.people import Standing


@click.group()
def watch() -> None:
    """Your watch list: people to keep in mind without accepting them. Nobody learns of it."""


@watch.command("list")
@data_option
@json_option
def list_watched(data: str | None, as_json: bool) -> None:
    """List who is on it, why, since when and until when; those first to whom something happened."""
    home = open_home(data)
    for one in watch_list(home.book, at=moment()):
        _show(one, home.lang, as_json=as_json)


@watch.command()
@click.argument("person")
@click.option("--why", default="", metavar="WORDS", help="Why; nobody outside sees it.")
@click.option("--until", metavar="DAY", help="Until which day (2026-12-24); half a year without it.")
@data_option
@json_option
@dry_run_option
def add(person: str, why: str, until: str | None, data: str | None, as_json: bool, dry_run: bool) -> None:
    """Put PERSON on it: an address, a name or an id. Again renews why and until when."""
    home = open_home(data)
    with kept(home, unless=dry_run):
        entry = put_on(home.book, person, why=why, until=day(until, NOON), now=moment())
        _show(entry, home.lang, as_json=as_json)


@watch.command()
@click.argument("person")
@data_option
@json_option
@dry_run_option
def remove(person: str, data: str | None, as_json: bool, dry_run: bool) -> None:
    """Take PERSON off it; a request that lay there is done."""
    home = open_home(data)
    with kept(home, unless=dry_run):
        off = take_off(home.book, person, now=moment())
    line: JsonLine = {"person": person_line(off)}
    click.echo(json.dumps(line) if as_json else _WORDS[home.lang]["off"].format(name=plain(off.name)))


@click.command()
@click.argument("person", required=False)
@click.option(
    "--contact", "said", multiple=True, flag_value=Standing.CONTACT.value, help="Is a contact of yours."
)
@click.option(
    "--vouch",
    "said",
    multiple=True,
    flag_value=Standing.VOUCHED_FOR.value,
    help="You could give a reference.",
)
@click.option(
    "--back",
    "said",
    multiple=True,
    flag_value=Standing.STRANGER.value,
    help="Is neither, whatever the evidence.",
)
@click.option("--why", default="", metavar="WORDS", help="Why; for you alone.")
@data_option
@json_option
@dry_run_option
def standing(
    person: str | None, said: tuple[str, ...], why: str, data: str | None, as_json: bool, dry_run: bool
) -> None:
    """Say or show what PERSON is to you; without one, list everybody of whom something was said or found.

    A stranger, watched, in touch, a contact, vouched for, of the inner circle: your secret. Whoever is in
    touch by now becomes a contact by itself where your house rules would accept their request today.
    """
    if len(said) > 1:
        raise click.UsageError("Name one of --contact, --vouch, --back.")
    home, now = open_home(data), moment()
    if person is None:
        if said or why:
            raise click.UsageError("Name a PERSON.")
        for one in everybody(home.book, at=now):
            _show_standing(one, home.lang, as_json=as_json)
        return
    with kept(home, unless=dry_run):
        if not said:
            found = stands(home.book, person_called(home.book, person), at=now)
        else:
            found = say_standing(home.book, person, Standing(said[0]), why=why, now=now)
        _show_standing(found, home.lang, as_json=as_json)


def _show(one: Watched, lang: Lang, *, as_json: bool) -> None:
    line = watch_line(one, moment(), lang)
    click.echo(json.dumps(line) if as_json else f"{plain(one.person.name)}\n    {plain(str(line['says']))}")


def _show_standing(one: Stands, lang: Lang, *, as_json: bool) -> None:
    line = standing_line(one, moment(), lang)
    click.echo(json.dumps(line) if as_json else f"{plain(one.person.name)}\n    {plain(str(line['says']))}")


_WORDS: dict[Lang, dict[str, str]] = {
    "de": {
        "off": "{name} steht nicht mehr auf der Merkliste.",
    },
    "en": {
        "off": "{name} is no longer on the watch list.",
    },
}
