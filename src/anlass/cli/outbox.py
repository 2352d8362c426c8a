"""`anlass outbox`: letters that leave: list them, let them go, take them back, hold everything."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import click

from anlass.bootstrap import Home, make_doorman, make_servers, open_home
from anlass.cli.clock import moment
from anlass.cli.keeping import kept
from anlass.cli.options import data_option, dry_run_option, json_option
from anlass.cli.plain import plain
from anlass.desk.outgoing import outbox as desk
from anlass.desk.outgoing.answering import answering_of
from anlass.desk.outgoing.offering import Calendar, offer_of, on_disk, on_servers
from anlass.desk.outgoing.voice import boxed_says, latch_says
from anlass.desk.surface import JsonLine
from anlass.desk.surface import moment as json_moment
from anlass.desk.voice.common import Lang
from anlass.errors import NotFound
from anlass.store.outgoing.outbox import Boxed, OutboxState


@click.group(invoke_without_command=True)
@click.option("--all", "with_past", is_flag=True, help="Also letters that left or were taken back.")
@data_option
@json_option
@click.pass_context
def outbox(context: click.Context, with_past: bool, data: str | None, as_json: bool) -> None:
    """List the letters that are to leave, are leaving, or did not get away, and what holds them.

    A letter leaves once: it is never sent a second time by itself, whatever dies in between.
    """
    if context.invoked_subcommand is not None:
        return
    home = open_home(data)
    past = (OutboxState.SENT, OutboxState.CANCELLED)
    letters = [one for one in home.book.outbox.all() if with_past or one.state not in past]
    for name in sorted(home.book.latches.latches()):
        click.echo(json.dumps({"held": name}) if as_json else latch_says(name, home.lang), err=not as_json)
    for boxed in letters:
        click.echo(json.dumps(outbox_line(boxed)) if as_json else _told(boxed, home.lang))


@outbox.command()
@click.argument("case_or_letter", metavar="CASE|LETTER")
@click.option(
    "--words", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="Your own words, in a file."
)
@click.option(
    "--times",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Offer times that this calendar (.ics) has free; several may be given.",
)
@click.option(
    "--caldav",
    multiple=True,
    metavar="URL",
    help="The same for a calendar on a server, or all of the server.",
)
@data_option
@json_option
@dry_run_option
def release(
    case_or_letter: str,
    words: Path | None,
    times: tuple[Path, ...],
    caldav: tuple[str, ...],
    data: str | None,
    as_json: bool,
    dry_run: bool,
) -> None:
    """Let the answer to a CASE go, as drafted or in your own words; it leaves after two minutes.

    With --times or --caldav it offers three times on three days that are free in all of them, once the
    litmus test is passed; the password of a server comes as for `anlass collect`. Of a LETTER that waits,
    is in doubt or was stopped: let it go now.
    """
    if words and (times or caldav):
        raise click.UsageError("Name one of --words, --times, --caldav.")
    home = open_home(data)
    with kept(home, unless=dry_run):
        boxed = _released(home, case_or_letter, words, _calendars(home, times, caldav))
        _say(boxed, home.lang, as_json=as_json)


@outbox.command()
@click.argument("case_or_letter", metavar="CASE|LETTER")
@data_option
@json_option
@dry_run_option
def cancel(case_or_letter: str, data: str | None, as_json: bool, dry_run: bool) -> None:
    """Take a letter back that has not left."""
    home = open_home(data)
    with kept(home, unless=dry_run):
        boxed = desk.cancel(home.book, case_or_letter, now=moment(), lang=home.lang)
        _say(boxed, home.lang, as_json=as_json)


@outbox.command()
@data_option
@dry_run_option
def pause(data: str | None, dry_run: bool) -> None:
    """Let nothing leave until you say so."""
    home = open_home(data)
    with kept(home, unless=dry_run):
        desk.pause(home.book, now=moment())
        click.echo(_WORDS[home.lang]["paused"])


@outbox.command()
@data_option
@dry_run_option
def resume(data: str | None, dry_run: bool) -> None:
    """Let letters leave again, also those that go by themselves."""
    home = open_home(data)
    with kept(home, unless=dry_run):
        desk.resume(home.book, now=moment())
        click.echo(_WORDS[home.lang]["resumed"])


def outbox_line(boxed: Boxed) -> JsonLine:
    """Return a letter of the outbox as one line of JSON."""
    letter = boxed.letter
    return {
        "letter": boxed.id,
        "case": letter.request,
        "state": boxed.state.value,
        "kind": letter.kind.value,
        "to": letter.to,
        "subject": letter.subject,
        "automatic": letter.is_automatic,
        "rule": letter.rule or None,
        "message_id": letter.message_id,
        "due": json_moment(boxed.due) if boxed.state is OutboxState.WAITING else None,
        "sent_at": json_moment(boxed.sent_at),
        "tries": boxed.tries,
        "says": boxed.says or None,
    }


def _released(home: Home, name: str, words: Path | None, times: Iterable[Calendar] | None) -> Boxed:
    now, book = moment(), home.book
    try:
        letter = book.outbox.find(name)
    except NotFound:
        own = desk.Words(words.read_text(encoding="utf-8", errors="replace")) if words else None
        if times is not None:
            own = _offered(home, name, times)
        templates = make_doorman(home.settings, home.lang)[0].templates
        return desk.release(
            book, desk.writer_of(home), name, now=now, lang=home.lang, words=own, templates=templates
        )
    if words is not None or times is not None:
        raise click.UsageError("A letter has its words already: take it back, and release the case.")
    return desk.send_again(book, letter.id, now=now, lang=home.lang)


def _calendars(home: Home, paths: tuple[Path, ...], caldav: tuple[str, ...]) -> Iterable[Calendar] | None:
    """Return the calendars that are named; `None` where none is."""
    if not paths and not caldav:
        return None
    servers = make_servers(home.settings, (), caldav, "") if caldav else ()
    return chain(on_disk(paths), on_servers(servers))


def _offered(home: Home, case: str, calendars: Iterable[Calendar]) -> desk.Words:
    """Return the letter that offers times, and say which; what of the calendars cannot be read is said."""
    local = moment().astimezone(answering_of(home).zone)
    templates = make_doorman(home.settings, home.lang)[0].templates
    offer = offer_of(home.book, templates, case, calendars, now=local, lang=home.lang)
    for start, end in offer.times:
        click.echo(f"{start:%Y-%m-%d %H:%M}-{end:%H:%M}", err=True)
    if offer.unread:
        click.echo(_WORDS[home.lang]["unread"].format(count=offer.unread), err=True)
    return offer.words


def _say(boxed: Boxed, lang: Lang, *, as_json: bool) -> None:
    click.echo(json.dumps(outbox_line(boxed)) if as_json else _told(boxed, lang))


def _told(boxed: Boxed, lang: Lang) -> str:
    letter = boxed.letter
    says = boxed_says(boxed, moment().astimezone(), lang)
    return f"{boxed.id[:8]}  {plain(letter.to)}  {plain(letter.subject)}\n    {plain(says)}"


_WORDS: dict[Lang, dict[str, str]] = {
    "de": {
        "paused": "Angehalten: Es geht nichts hinaus, bis du `anlass outbox resume` sagst.",
        "resumed": "Es darf wieder hinausgehen, was freigegeben ist.",
        "unread": "In den Kalendern ist nicht alles zu lesen: {count}",
    },
    "en": {
        "paused": "Paused: nothing leaves until you say `anlass outbox resume`.",
        "resumed": "What is released may leave again.",
        "unread": "Not everything in the calendars can be read: {count}",
    },
}
