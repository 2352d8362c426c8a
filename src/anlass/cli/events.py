"""`anlass event`: who was where, and what became of the cards in your pocket."""

from __future__ import annotations

import json
import sys
from datetime import datetime

import click

from anlass.bootstrap import Home, open_home
from anlass.cli.clock import BEGINNING, END, day, moment
from anlass.cli.keeping import kept
from anlass.cli.options import data_option, dry_run_option, json_option
from anlass.cli.plain import plain
from anlass.desk.gatherings import events as desk
from anlass.desk.gatherings.voice import (
    counted_people,
    event_line,
    met_line,
    met_says,
    namesake_says,
    taken_says,
    when_says,
)
from anlass.desk.voice.common import Lang, set_aside_says
from anlass.desk.voice.gatherings import missing, refused
from anlass.outreach.event import Event, Met, Somebody, Sort, reachable
from anlass.people.names import name_words
from anlass.sources.events import Named, read_list, read_pasted
from anlass.sources.traces import Bearings

_MOST = 64_000


@click.group()
def event() -> None:
    """Events, the people met there, and how you sort them. What happened becomes an encounter."""


@event.command("list")
@data_option
@json_option
def list_events(data: str | None, as_json: bool) -> None:
    """List your events, the newest first."""
    home = open_home(data)
    for one in home.book.events.all():
        people = home.book.events.met(one.id)
        line = event_line(one, len(people), sum(met.sort is None for met in people))
        how_many = counted_people(len(people), home.lang)
        says = f"{one.id[:8]}  {when_says(one, home.lang)}  {plain(one.name)}  ({how_many})"
        click.echo(json.dumps(line) if as_json else says)


@event.command()
@click.argument("name")
@click.option("--on", metavar="DAY", help="On which day it begins (2026-12-24); today without it.")
@click.option("--until", metavar="DAY", help="Its last day.")
@click.option("--place", default="", help="Where it is.")
@data_option
@json_option
@dry_run_option
def new(
    name: str, on: str | None, until: str | None, place: str, data: str | None, as_json: bool, dry_run: bool
) -> None:
    """Note an event by hand."""
    home, now = open_home(data), moment()
    begins = day(on, BEGINNING) or now
    ends = day(until, END) or day(on, END)
    with kept(home, unless=dry_run):
        made = desk.begin(home.book, Named(name, begins, ends, place), now=now)
    line = event_line(made, 0, 0)
    click.echo(
        json.dumps(line) if as_json else f"{made.id[:8]}  {when_says(made, home.lang)}  {plain(made.name)}"
    )


@event.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--event", "which", metavar="EVENT", help="The event it belongs to, where the file names none.")
@data_option
@json_option
@dry_run_option
def import_list(file: str, which: str | None, data: str | None, as_json: bool, dry_run: bool) -> None:
    """Take in FILE: .ics, an export of pretix, pretalx or Indico (JSON, CSV), any table, or vCards."""
    home, now = open_home(data), moment()
    found = home.book.events.find(which) if which else None
    told = read_list(file, bearings_of(home, now))
    with kept(home, unless=dry_run):
        taken = desk.take_in(home.book, told, found, now=now)
        for met in taken.new if as_json else ():
            _show(home, taken.event, met, as_json=True)
    for one in taken.set_aside:
        click.echo(f"anlass: {plain(set_aside_says(one, home.lang))} ({plain(one.origin.path)})", err=True)
    if not as_json:
        click.echo(taken_says(taken, home.lang))


@event.command()
@click.argument("which", metavar="EVENT")
@click.option("--unsorted", is_flag=True, help="Only those whom you have not sorted yet.")
@data_option
@json_option
def show(which: str, unsorted: bool, data: str | None, as_json: bool) -> None:
    """Show everybody of an event."""
    home = open_home(data)
    found = home.book.events.find(which)
    for met in home.book.events.met(found.id):
        if not unsorted or met.sort is None:
            _show(home, found, met, as_json=as_json)


@event.command()
@click.argument("which", metavar="EVENT")
@click.option("--name", default="", help="The name; else what the card says.")
@click.option("--mail", default="", metavar="ADDRESS", help="A mail address.")
@click.option("--topic", default="", help="What you spoke about.")
@click.option("--talked/--not-talked", default=None, help="Whether you talked; a topic says so too.")
@click.option("--card/--no-card", "has_card", default=None, help="Whether you swapped cards.")
@data_option
@json_option
@dry_run_option
def met(
    which: str,
    name: str,
    mail: str,
    topic: str,
    talked: bool | None,
    has_card: bool | None,
    data: str | None,
    as_json: bool,
    dry_run: bool,
) -> None:
    """Note somebody: by --name and --mail; or a card's text, vCard or link on standard input."""
    home, now = open_home(data), moment()
    found = home.book.events.find(which)
    bearings = bearings_of(home, now)
    by_hand = bool(name or mail)
    told = read_pasted(f"{name}\n{mail}" if by_hand else sys.stdin.read(_MOST), bearings)
    if not told.people and not name:
        raise refused("nobody named")
    people = [_as_told(one.somebody, name, topic, talked, has_card, by_hand=by_hand) for one in told.people]
    people = people or [Somebody(name, (), "", bool(has_card), talked is not False)]
    with kept(home, unless=dry_run):
        for somebody in people:
            noted = desk.note(home.book, found, somebody, now=now, topic=topic)
            _show(home, found, noted, as_json=as_json)
            for address, called in desk.namesakes(home.book, noted):
                click.echo(plain(namesake_says(noted, address, called, home.lang)), err=True)


def _as_told(
    somebody: Somebody, name: str, topic: str, talked: bool | None, has_card: bool | None, *, by_hand: bool
) -> Somebody:
    """Return somebody as the options say, else as what was read says; who is typed in was talked to."""
    return Somebody(
        name or somebody.name,
        somebody.addresses,
        somebody.about,
        somebody.has_card and not by_hand if has_card is None else has_card,
        (by_hand or bool(topic)) if talked is None else talked,
    )


@event.command("sort")
@click.argument("which", metavar="EVENT")
@click.argument("who", metavar="PERSON")
@click.option("--as", "as_", type=click.Choice([one.value for one in Sort]), help="In one word.")
@click.option("--topic", default=None, help="What you spoke about; then you talked.")
@click.option("--note", default=None, help="For you alone.")
@click.option("--talked/--not-talked", default=None, help="Whether you talked.")
@click.option("--card/--no-card", "has_card", default=None, help="Whether you swapped cards.")
@click.option("--back", is_flag=True, help="Take back how they are sorted.")
@data_option
@json_option
@dry_run_option
def sort_one(
    which: str,
    who: str,
    as_: str | None,
    topic: str | None,
    note: str | None,
    talked: bool | None,
    has_card: bool | None,
    back: bool,
    data: str | None,
    as_json: bool,
    dry_run: bool,
) -> None:
    """Say what PERSON of EVENT is to you: an id, a name or an address."""
    home, now = open_home(data), moment()
    found = home.book.events.find(which)
    one = _of_event(home, found, who)
    said = desk.Said(Sort(as_) if as_ else None, topic, note, talked, has_card)
    with kept(home, unless=dry_run):
        done = desk.back(home.book, found, one.id, now=now) if back else None
        _show(home, found, done or desk.sort(home.book, found, one.id, said, now=now), as_json=as_json)


@event.command()
@click.argument("which", metavar="EVENT")
@click.argument("who", metavar="[PERSON]", required=False)
@data_option
@dry_run_option
def forget(which: str, who: str | None, data: str | None, dry_run: bool) -> None:
    """Forget an event with everybody on it, or one PERSON of it, as if they had never been noted."""
    home, now = open_home(data), moment()
    found = home.book.events.find(which)
    with kept(home, unless=dry_run):
        if who:
            desk.forget(home.book, found, _of_event(home, found, who).id, now=now)
        else:
            desk.drop(home.book, found, now=now)


def bearings_of(home: Home, now: datetime) -> Bearings:
    """Return whose history is read, and what time it is."""
    own = {*home.book.owner_addresses(), *(one.casefold() for one in home.settings.owner.addresses)}
    return Bearings(frozenset(own), now, home.settings.owner.country)


def _of_event(home: Home, found: Event, who: str) -> Met:
    """Return one person of an event by id, address or name; raises `NotFound` where there is not one."""
    wanted = who.strip().casefold()
    people = [one for one in home.book.events.met(found.id) if _is_called(one, wanted)]
    if not people:
        raise missing("not one of them", text=plain(who))
    if len(people) > 1:
        named = ", ".join(f"{one.id[:8]} ({_told_apart(one, home.lang)})" for one in people)
        raise missing("several of them", text=plain(who), named=named)
    return people[0]


def _told_apart(one: Met, lang: Lang) -> str:
    """Return what tells somebody from others of the same name: an address, else what was noted."""
    own = reachable(one.somebody.addresses)
    return plain(str(own[0]) if own else met_says(one, lang))


def _is_called(one: Met, wanted: str) -> bool:
    known = {one.id, *(address.value for address in one.somebody.addresses)}
    is_named = name_words(wanted) == name_words(one.somebody.name) != []
    return is_named or wanted in known or (len(wanted) >= 4 and one.id.startswith(wanted))


def _show(home: Home, found: Event, met: Met, *, as_json: bool) -> None:
    lang: Lang = home.lang
    says = f"{met.id[:8]}  {plain(met.somebody.name)}: {plain(met_says(met, lang))}"
    line = met_line(found, met, desk.person_of(home.book, met))
    click.echo(json.dumps(line) if as_json else says)
