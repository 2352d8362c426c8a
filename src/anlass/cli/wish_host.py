"""`anlass wish host`: hold rounds of wishes for others."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import StringIO
from typing import TYPE_CHECKING, TextIO

import click

from anlass.bootstrap import Home, open_home
from anlass.cli.clock import moment
from anlass.cli.keeping import kept
from anlass.cli.options import data_option, dry_run_option, json_option

if TYPE_CHECKING:
    from anlass.desk.wishes.timetables import Wanted
    from anlass.outreach.hosting import Hosting


@click.group()
def host() -> None:
    """Hold rounds of wishes for the people of an event."""


@host.command(name="open")
@click.argument("name")
@click.option(
    "--wishes", "quota", type=click.IntRange(1, 100), default=10, show_default=True, help="Of each person."
)
@click.option("--address", metavar="URL", default="", help="The public address of the pages (https://...).")
@data_option
@dry_run_option
def open_(name: str, quota: int, address: str, data: str | None, dry_run: bool) -> None:
    """Open an event whose people wish; `anlass host new` does it for one with a list and pages of its own."""
    from anlass.desk.wishes.hosting import open_event  # noqa: PLC0415 - loads what encrypts

    home = open_home(data)
    with kept(home, unless=dry_run):
        event = open_event(home.book, name, quota=quota, lang=home.lang, address=address)
    click.echo(event.id.hex())


@host.command()
@data_option
@json_option
def events(data: str | None, as_json: bool) -> None:
    """List your events and how their rounds stand; counts of participants alone."""
    home = open_home(data)
    for event in home.book.wishes.events():
        rounds = [
            {
                "round": one.number,
                "phase": one.phase.value,
                "participants": one.participants,
                "alarms": one.alarms,
            }
            for one in home.book.wishes.rounds(event.id)
        ]
        line = {"event": event.id.hex(), "name": event.name, "wishes": event.quota, "rounds": rounds}
        says = ", ".join(f"{one['round']}: {one['phase']} ({one['participants']})" for one in rounds)
        click.echo(json.dumps(line) if as_json else f"{event.id.hex()[:8]}  {event.name}  {says}")


@host.command()
@click.argument("event")
@click.argument("file", type=click.File("r", encoding="utf-8-sig"))
@data_option
@dry_run_option
def admit(event: str, file: TextIO, data: str | None, dry_run: bool) -> None:
    """Give a ticket to everybody in a CSV with the columns name and mail; prints name, mail and link.

    The links are printed once and kept nowhere: whoever has one acts as that person.
    """
    from anlass.desk.wishes import hosting as desk  # noqa: PLC0415 - loads what encrypts

    home = open_home(data)
    people = ((row.get("name") or "", row.get("mail") or "") for row in csv.DictReader(file))
    with kept(home, unless=dry_run):
        click.echo(_row("name", "mail", "link"))
        for one in desk.admit(home.book, desk.event_called(home.book, event), people):
            click.echo(_row(one.ticket.name, one.ticket.mail, one.link))


@host.command(name="round")
@click.argument("event")
@click.option("--freeze", metavar="TIME", help="When the list closes (2026-11-22T18:00).")
@click.option("--match", metavar="TIME", help="When wishes are compared.")
@click.option("--release", metavar="TIME", help="When results open; all is forgotten 48 hours later.")
@click.option("--wishes", type=click.IntRange(1, 100), help="Of each person; the event's number without it.")
@data_option
@dry_run_option
def round_(
    event: str,
    freeze: str | None,
    match: str | None,
    release: str | None,
    wishes: int | None,
    data: str | None,
    dry_run: bool,
) -> None:
    """Set the times of the next round; `anlass work` keeps to them, and writes to everybody on the list.

    Of a hosted event each time that is not named is the one its page proposes: the list closes on the last
    day at six, wishes are compared three evenings later, results open the morning after.
    """
    from anlass.desk.wishes.hosting import event_called  # noqa: PLC0415
    from anlass.desk.wishes.timetables import hosting_of, plan_round  # noqa: PLC0415 - loads what encrypts

    home = open_home(data)
    found = event_called(home.book, event)
    hosting = hosting_of(home.book, found)
    wanted = _wanted((freeze, match, release), wishes, hosting)
    with kept(home, unless=dry_run):
        click.echo(plan_round(home.book, found, wanted, now=moment()).number)
        for line in _timetable(home, hosting) if hosting else ():
            click.echo(line, err=True)


def _wanted(times: Sequence[str | None], wishes: int | None, hosting: Hosting | None) -> Wanted:
    """Return a round at these times; those that are missing are proposed for a hosted event."""
    from anlass.desk.wishes.timetables import Wanted, proposed  # noqa: PLC0415 - loads what encrypts

    if hosting is None and None in times:
        raise click.UsageError("Name --freeze, --match and --release.")
    usual = proposed(hosting, now=moment().astimezone()) if hosting else None
    instead = (usual.freeze, usual.match, usual.release) if usual else ()
    freeze, match, release = (
        _moment(time) if time is not None else instead[place] for place, time in enumerate(times)
    )
    return Wanted(freeze, match, release, wishes)


def _timetable(home: Home, hosting: Hosting) -> Iterator[str]:
    """Say what happens when, round by round."""
    from anlass.desk.gatherings.hosting import times_of  # noqa: PLC0415
    from anlass.outreach.handouts import timetable_says  # noqa: PLC0415 - only who plans waits for it

    zone = moment().astimezone().tzinfo or UTC
    for when, says in timetable_says(times_of(home.book, hosting), home.lang, zone):
        yield f"{when}: {says}"


@host.command(name="call-off")
@click.argument("event")
@data_option
@dry_run_option
def call_off_(event: str, data: str | None, dry_run: bool) -> None:
    """Call off the next round, as long as its list is open."""
    from anlass.desk.wishes.hosting import event_called  # noqa: PLC0415
    from anlass.desk.wishes.timetables import call_off  # noqa: PLC0415 - loads what encrypts

    home = open_home(data)
    with kept(home, unless=dry_run):
        call_off(home.book, event_called(home.book, event), now=moment())


@host.command()
@data_option
def step(data: str | None) -> None:
    """Take the steps that are due now; `anlass work` does this by itself."""
    from anlass.desk.wishes.holding import hold_rounds  # noqa: PLC0415 - loads what encrypts

    home = open_home(data)
    for says in hold_rounds(home, now=moment()):
        click.echo(says)


@host.command()
@click.argument("event")
@click.argument("name")
@data_option
def export(event: str, name: str, data: str | None) -> None:
    """Show everything that is kept of one participant, by name or address, as JSON."""
    home = open_home(data)
    for _, line in _found(home, event, name):
        click.echo(json.dumps(line, ensure_ascii=False, indent=2))


@host.command()
@click.argument("event")
@click.argument("ticket")
@data_option
@dry_run_option
def erase(event: str, ticket: str, data: str | None, dry_run: bool) -> None:
    """Forget one participant, by the number of the ticket as `export` shows it."""
    from anlass.desk.wishes import hosting as desk  # noqa: PLC0415 - loads what encrypts

    home = open_home(data)
    try:
        pid = bytes.fromhex(ticket)
    except ValueError as error:
        raise click.UsageError("That is no number of a ticket.") from error
    with kept(home, unless=dry_run):
        desk.erase(home.book, desk.event_called(home.book, event), pid)


@host.command()
@data_option
def proof(data: str | None) -> None:
    """Show what was destroyed and deleted of rounds that are over, as JSON lines."""
    home = open_home(data)
    for entry in home.book.entries(limit=10_000):
        if entry.act == "wishes-forgotten":
            click.echo(json.dumps({"at": entry.when.isoformat(), **entry.content}))


def _found(home: Home, event: str, name: str) -> Iterator[tuple[bytes, dict[str, object]]]:
    from anlass.desk.wishes import hosting as desk  # noqa: PLC0415 - loads what encrypts

    held, wanted = desk.event_called(home.book, event), name.casefold()
    for ticket in home.book.wishes.tickets(held.id):
        if wanted in (ticket.name.casefold(), ticket.mail.casefold()):
            yield ticket.pid, desk.exported(home.book, held, ticket)


def _row(*values: str) -> str:
    line = StringIO()
    csv.writer(line, lineterminator="").writerow(values)
    return line.getvalue()


def _moment(text: str) -> datetime:
    """Return a moment of this machine's clock, where no other is named."""
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError as error:
        raise click.UsageError(f"{text!r} is no moment like 2026-12-24T18:00.") from error
