"""`anlass mailing`: one honest mail to the people of an event, with your card."""

from __future__ import annotations

import json
from pathlib import Path

import click

from anlass.bootstrap import Home, open_home
from anlass.cli.clock import moment
from anlass.cli.keeping import kept
from anlass.cli.options import Command, data_option, dry_run_option, json_option
from anlass.cli.outbox import outbox_line
from anlass.cli.plain import plain, plain_lines
from anlass.desk.gatherings import mailing as desk
from anlass.desk.gatherings.stopping import stop_address
from anlass.desk.outgoing.outbox import writer_of
from anlass.desk.outgoing.voice import boxed_says
from anlass.desk.voice.common import Lang
from anlass.desk.voice.gatherings import refused
from anlass.outreach.event import Sort

_SORTS = {"unsorted": None, **{one.value: one for one in Sort if one is not Sort.NOT_MET}}


def _wording(command: Command) -> Command:
    """Add the options that say what is sent to whom."""
    file = click.Path(path_type=Path, dir_okay=False, exists=True)
    days, sorts = click.IntRange(1, 36500), click.Choice(list(_SORTS))
    for option in (
        click.option("--days", default=desk.CARD_DAYS, type=days, help="How long it is open."),
        click.option("--tier", default="", metavar="TIER", help="As far as which tier."),
        click.option("--card", default="", metavar="CARD", help="Which of your cards."),
        click.option("--form", default="", metavar="FORM", help="The form of address: du, sie, tu, vous."),
        click.option("--words", type=file, help="Your own words, in a file."),
        click.option("--subject", default="", help="Your own subject."),
        click.option("--sort", "sorts", multiple=True, type=sorts, help="Only to those sorted so."),
    ):  # fmt: skip
        command = option(command)
    return command


@click.group()
def mailing() -> None:
    """One mail to the people you met at an event, once each. No tracking, no counting, no reminder."""


@mailing.command()
@click.argument("event")
@_wording
@data_option
@json_option
def preview(
    event: str,
    sorts: tuple[str, ...],
    subject: str,
    words: Path | None,
    form: str,
    card: str,
    tier: str,
    days: int,
    data: str | None,
    as_json: bool,
) -> None:
    """Show every letter that would leave, or say that there is nobody to write to. Nothing is sent."""
    home = open_home(data)
    wish = _wish(sorts, subject, words, (form, card, tier), days)
    found = home.book.events.find(event)
    letters = list(desk.preview(home.book, found, writer_of(home), wish))
    if not letters:
        raise refused("nobody to write to")
    for one in letters:
        line = {"to": one.to.value, "subject": one.subject, "text": one.text, "sent": one.is_there}
        head = f"--- {plain(one.to.value)}{_THERE[home.lang] if one.is_there else ''}: {plain(one.subject)}"
        click.echo(json.dumps(line) if as_json else f"{head}\n\n{plain_lines(one.text)}")


@mailing.command()
@click.argument("event")
@_wording
@data_option
@json_option
@dry_run_option
def send(
    event: str,
    sorts: tuple[str, ...],
    subject: str,
    words: Path | None,
    form: str,
    card: str,
    tier: str,
    days: int,
    data: str | None,
    as_json: bool,
    dry_run: bool,
) -> None:
    """Release the mailing to the people of EVENT; the first letter leaves after ten minutes."""
    home, now = open_home(data), moment()
    wish = _wish(sorts, subject, words, (form, card, tier), days)
    found = home.book.events.find(event)
    with kept(home, unless=dry_run):
        for boxed in desk.send(home.book, found, writer_of(home), wish, now=now):
            says = f"{plain(boxed.letter.to)}: {boxed_says(boxed, now, home.lang)}"
            click.echo(json.dumps(outbox_line(boxed)) if as_json else says)


@mailing.command()
@click.argument("event")
@data_option
@dry_run_option
def cancel(event: str, data: str | None, dry_run: bool) -> None:
    """Take back all letters to the people of EVENT that have not left, and the cards they would open."""
    home = open_home(data)
    with kept(home, unless=dry_run):
        count = desk.take_back(home.book, home.book.events.find(event), now=moment())
    click.echo(_TAKEN_BACK[home.lang].format(count=count))


@mailing.command()
@click.argument("address")
@data_option
@dry_run_option
def stop(address: str, data: str | None, dry_run: bool) -> None:
    """Never write a mailing to ADDRESS again; whoever asks you by mail wants this."""
    home: Home = open_home(data)
    with kept(home, unless=dry_run):
        who = stop_address(home.book, address, now=moment())
    click.echo(_STOPPED[home.lang].format(who=plain(who)))


def _wish(
    sorts: tuple[str, ...], subject: str, words: Path | None, shown: tuple[str, str, str], days: int
) -> desk.Wish:
    wanted = frozenset(_SORTS[one] for one in sorts) or desk.EVERYBODY
    text = words.read_text(encoding="utf-8", errors="replace") if words else ""
    form, card, tier = shown
    return desk.Wish(wanted, subject, text, form, card, tier, days)


_THERE: dict[Lang, str] = {"de": " (hat schon einen)", "en": " (has one already)"}
_TAKEN_BACK: dict[Lang, str] = {"de": "Zurückgenommen: {count}.", "en": "Taken back: {count}."}
_STOPPED: dict[Lang, str] = {
    "de": "{who} bekommt keine Rundmail mehr.",
    "en": "{who} gets no mailing any more.",
}
