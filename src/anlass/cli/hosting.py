"""`anlass host`: an event that you host for others, beside pretix or Indico."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import click

from anlass.bootstrap import Home, open_home
from anlass.cli.clock import day, moment
from anlass.cli.events import bearings_of
from anlass.cli.keeping import kept
from anlass.cli.options import data_option, dry_run_option, json_option
from anlass.cli.plain import plain
from anlass.desk.cards.own import cards_of
from anlass.desk.gatherings import hosting as desk
from anlass.desk.gatherings.letting_in import erased_of, left_out, left_out_says, mail_of
from anlass.desk.outgoing.outbox import writer_of
from anlass.desk.surface import JsonLine
from anlass.desk.surface import moment as json_moment
from anlass.desk.wishes.keys import key_ring
from anlass.outreach.hosting import PRINTS, Hosting, coarse
from anlass.outreach.phrases import day_says
from anlass.sources.events import Named, read_list


@click.group()
def host() -> None:
    """Host an event: participants with consent, links by mail, posters, and a clock that deletes all."""


@host.command("list")
@data_option
@json_option
def list_hosted(data: str | None, as_json: bool) -> None:
    """List the events you host, and when all of each is deleted."""
    home = open_home(data)
    for one in home.book.hosting.all():
        line = _hosting_line(home, one)
        click.echo(json.dumps(line) if as_json else f"{one.id[:8]}  {plain(one.name)}  {_clock(one, home)}")


@host.command()
@click.argument("file_or_name", metavar="FILE|NAME")
@click.option("--on", metavar="DAY", help="Its first day, where only a name is given.")
@click.option("--until", metavar="DAY", help="Its last day.")
@click.option("--delete", "delete", metavar="DAY", help="When all is deleted; 60 days after it without it.")
@click.option("--contact", default="", help="Whom participants can ask; the owner without it.")
@click.option("--lang", type=click.Choice(["de", "en"]), help="The language of pages and letters.")
@data_option
@json_option
@dry_run_option
def new(
    file_or_name: str,
    on: str | None,
    until: str | None,
    delete: str | None,
    contact: str,
    lang: str | None,
    data: str | None,
    as_json: bool,
    dry_run: bool,
) -> None:
    """Host an event: by name, or from an .ics or an export that names one; its people are let in too."""
    home, now = open_home(data), moment()
    is_file = Path(file_or_name).is_file()
    told = read_list(file_or_name, bearings_of(home, now)) if is_file else None
    named = told.event if told else Named(file_or_name, day(on) or now, day(until))
    cards = cards_of(home.book)
    with kept(home, unless=dry_run):
        made = desk.host(
            home.book,
            named,
            address=cards.address if cards else "",
            contact=contact
            or ", ".join(filter(None, (home.settings.owner.name, *home.settings.owner.addresses[:1]))),
            lang=lang or home.lang,
            delete_at=day(delete),
            now=now,
        )
        admitted = desk.admit(home.book, made, told, now=now) if told and told.people else ()
        click.echo(
            json.dumps(_hosting_line(home, made)) if as_json else f"{made.id[:8]}  {desk.start_of(made)}"
        )
        if admitted and not as_json:
            _tell_links(admitted)


@host.command("import")
@click.argument("event")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--invite", is_flag=True, help="Send each new participant their link, through the outbox.")
@data_option
@dry_run_option
def import_people(event: str, file: str, invite: bool, data: str | None, dry_run: bool) -> None:
    """Let in everybody of FILE (pretix, pretalx, Indico, any table); prints name, address and link as CSV.

    The links are told here once. A column that says yes to being listed puts somebody on the list.
    """
    home, now = open_home(data), moment()
    found = home.book.hosting.find(event)
    told = read_list(file, bearings_of(home, now))
    with kept(home, unless=dry_run):
        with home.book.together():
            admitted = desk.admit(home.book, found, told, now=now)
            if invite:
                list(desk.invite(home.book, found, admitted, writer_of(home), now=now))
        _tell_links(admitted)
    words = _WORDS[home.lang]
    if not found.address:
        click.echo(words["no address"], err=True)
    listed = sum(one.participant.on_list for one in admitted)
    click.echo(
        words["listed" if listed else "nobody listed"].format(count=listed, of=len(admitted)), err=True
    )
    new = [one.participant.mail for one in admitted]
    erased = erased_of(home.book, found.id, set(map(mail_of, told.people)) - set(new))
    for says in left_out_says(left_out(told, new, erased), told, home.lang):
        click.echo(plain(says), err=True)


@host.command()
@click.argument("event")
@click.argument("who", metavar="ADDRESS")
@click.option("--send", is_flag=True, help="Send it through the outbox instead of printing it.")
@data_option
@dry_run_option
def link(event: str, who: str, send: bool, data: str | None, dry_run: bool) -> None:
    """Give somebody who lost their link another one; the old one leads nowhere from then on."""
    home, now = open_home(data), moment()
    found = home.book.hosting.find(event)
    with kept(home, unless=dry_run):
        if send:
            desk.send_link(home.book, found, who, writer_of(home), now=now)
            return
        _tell_links([desk.renewed(home.book, found, desk.participant(home.book, found, who))])


@host.command("print")
@click.argument("event")
@click.argument("what", type=click.Choice(PRINTS))
@click.option("-o", "--out", required=True, metavar="FILE", help="The PDF to write.")
@data_option
def print_out(event: str, what: str, out: str, data: str | None) -> None:
    """Write the poster, the badges, or the closing slide with the code of the list, as PDF."""
    from anlass.desk.gatherings.on_paper import printed  # noqa: PLC0415 - only who prints waits for it

    home = open_home(data)
    Path(out).write_bytes(printed(home.book, home.book.hosting.find(event), what))


@host.command()
@click.argument("event")
@data_option
def records(event: str, data: str | None) -> None:
    """Print an event's records of processing, as the GDPR wants them (article 30), in Markdown."""
    from anlass.outreach.handouts import records as written  # noqa: PLC0415 - only who prints waits for it

    click.echo(written(open_home(data).book.hosting.find(event)), nl=False)


@host.command()
@click.argument("event")
@data_option
@json_option
def report(event: str, data: str | None, as_json: bool) -> None:
    """Say how many took part, in coarse counts; who did not is nobody's business."""
    from anlass.outreach.handouts import report_says  # noqa: PLC0415 - only who prints waits for it

    home = open_home(data)
    found = home.book.hosting.find(event)
    told = desk.report_of(home.book, found)
    if as_json:
        click.echo(json.dumps({"event": found.id, **dict(told)}))
    for label, says in () if as_json else report_says(told, home.lang):
        click.echo(f"{label}: {says}")


@host.command()
@click.argument("event")
@click.argument("who", metavar="ADDRESS")
@data_option
def export(event: str, who: str, data: str | None) -> None:
    """Print everything that is kept of one participant, as JSON."""
    home = open_home(data)
    found = home.book.hosting.find(event)
    told = desk.exported(home.book, found, desk.participant(home.book, found, who))
    click.echo(json.dumps(told, ensure_ascii=False, indent=2))


@host.command()
@click.argument("event")
@click.argument("who", metavar="ADDRESS")
@data_option
@dry_run_option
def erase(event: str, who: str, data: str | None, dry_run: bool) -> None:
    """Forget one participant, with the letters that went to them."""
    home, now = open_home(data), moment()
    found = home.book.hosting.find(event)
    one = desk.participant(home.book, found, who)
    if not dry_run:
        desk.erase(home.book, found, one, now=now)


@host.command("delete")
@click.argument("event")
@data_option
@dry_run_option
def delete_all(event: str, data: str | None, dry_run: bool) -> None:
    """Delete everything of everybody at an event now, and print the proof."""
    home, now = open_home(data), moment()
    found = home.book.hosting.find(event)
    if dry_run:
        click.echo(_clock(found, home))
        return
    done = desk.delete(home.book, found, ring=key_ring(home.settings), now=now)
    click.echo(json.dumps({"event": done.id, "proof": done.proof, "left": dict(done.left)}))


_WORDS = {
    "de": {
        "listed": "Laut der Tabelle wollen {count} von {of} auf die Liste.",
        "nobody listed": "Keine Spalte sagt, wer auf die Liste will; das entscheiden alle auf ihrer Seite.",
        "no address": 'Den Links fehlt noch, wo sie zu erreichen sind: cards.toml, address = "https://..."',
    },
    "en": {
        "listed": "By the table {count} of {of} want to be on the list.",
        "nobody listed": "No column says who wants to be on the list; all decide that on their own page.",
        "no address": 'The links do not say yet where they are reached: cards.toml, address = "https://..."',
    },
}


def _tell_links(admitted: Iterable[desk.Admitted]) -> None:
    """Print who was let in with their links: a table that every mailer reads."""
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(("name", "email", "ticket", "link"))
    for one in admitted:
        person = one.participant
        table.writerow(_safe(cell) for cell in (person.name, person.mail, person.ticket, one.link))


def _safe(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


def _hosting_line(home: Home, one: Hosting) -> JsonLine:
    return {
        "event": one.id,
        "name": one.name,
        "begins": json_moment(one.begins),
        "ends": json_moment(one.ends),
        "delete_at": json_moment(one.delete_at),
        "deleted_at": json_moment(one.deleted_at),
        "proof": one.proof or None,
        "participants": coarse(len(home.book.hosting.people(one.id))),
        "page": desk.start_of(one),
    }


def _clock(one: Hosting, home: Home) -> str:
    when: datetime = one.deleted_at or one.delete_at
    says = {
        "de": ("gelöscht am {day}, Beleg {proof}", "wird gelöscht am {day}"),
        "en": ("deleted on {day}, proof {proof}", "is deleted on {day}"),
    }[home.lang][one.deleted_at is None]
    return says.format(day=day_says(when, home.lang), proof=one.proof)
