"""`anlass block`: who threatens is kept and never answered; and all of theirs in one file for the police."""

from __future__ import annotations

import json
import os
from functools import partial
from pathlib import Path
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile

import click

from anlass.bootstrap import make_doorman, open_home
from anlass.channels.form.files import open_file
from anlass.channels.mail.secrets import Secrets, system_ring
from anlass.cli.clock import moment
from anlass.cli.keeping import kept
from anlass.cli.options import data_option, dry_run_option, json_option
from anlass.cli.plain import plain
from anlass.desk.blocking.blocking import Blocked, block, blocked_people, lift
from anlass.desk.blocking.dossier import Means, write_dossier
from anlass.desk.blocking.voice import kept_says, sentence
from anlass.desk.history.originals import originals
from anlass.desk.learning.teaching import as_taught
from anlass.desk.people.persons import person_called
from anlass.desk.people.voice_of_persons import person_says, word_says
from anlass.desk.surface import JsonLine, person_line
from anlass.desk.surface import moment as moment_line
from anlass.desk.voice.common import Lang, day_and_month
from anlass.errors import UserError
from anlass.replies.where_to_turn import where_to_turn
from anlass.store.book import Book

_PERSON = "person"
_IN_MEMORY = 8 * 1024 * 1024


class _OrPerson(click.Group):
    """A group in which whatever is no command is a person to block."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the first word that is no command for a person."""
        first = next((one for one in args if not one.startswith("-")), None)
        if first is not None and first not in self.commands:
            args.insert(0, _PERSON)
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Leave out the command that nobody writes."""
        return [one for one in super().list_commands(ctx) if one != _PERSON]


@click.group("block", cls=_OrPerson, subcommand_metavar="PERSON | list | lift PERSON | report PERSON FILE")
def blocking() -> None:
    """Block a person who threatens: what they send is kept, never answered, and disturbs nobody.

    PERSON is an address, a name or an id; the block holds for all addresses of theirs, by mail, at the door
    and on chat networks. From outside nothing shows.
    """


@blocking.command(_PERSON, hidden=True)
@click.argument("who", metavar="PERSON")
@data_option
@dry_run_option
def block_command(who: str, data: str | None, dry_run: bool) -> None:
    """Block a person."""
    home = open_home(data)
    with kept(home, unless=dry_run):
        said = block(home.book, who, now=moment(), lang=home.lang)
        says = word_says(said.word, said.people, home.lang)
    click.echo(_WORDS[home.lang]["said"].format(says=plain(says)))
    for line in where_to_turn(home.lang):
        click.echo(line)


@blocking.command("list")
@data_option
@json_option
def list_command(data: str | None, as_json: bool) -> None:
    """List who is blocked, since when, and how much is kept of theirs."""
    home = open_home(data)
    people = list(blocked_people(home.book))
    for one in people:
        click.echo(json.dumps(_line(one)) if as_json else _text(one, home.lang))
    if not people and not as_json:
        click.echo(sentence("nobody", home.lang), err=True)


@blocking.command("lift")
@click.argument("who", metavar="PERSON")
@data_option
@dry_run_option
def lift_command(who: str, data: str | None, dry_run: bool) -> None:
    """End a block; what was kept waits in the inbox as if it had come today."""
    home = open_home(data)
    doorman, _ = make_doorman(home.settings, home.lang, home.book)
    with kept(home, unless=dry_run):
        said = lift(home.book, as_taught(doorman, home.book), who, now=moment(), lang=home.lang)
        name = said.people[0].name if said.people else who
    click.echo(plain(sentence("lifted", home.lang, name=name)))


@blocking.command("report")
@click.argument("who", metavar="PERSON")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@data_option
def report_command(who: str, file: Path, data: str | None) -> None:
    """Write everything PERSON sent into FILE (a ZIP), for the police or a lawyer.

    Originals with all their bytes and headers, checksums (SHA-256) and a table of contents. It can be
    written whether or not the person is blocked; nobody learns of it.
    """
    home = open_home(data)
    person = person_called(home.book, who, home.lang)
    secrets = Secrets(home.settings.data, system_ring())
    try:
        with originals(home.book, secrets) as again, SpooledTemporaryFile(_IN_MEMORY) as made:
            means = Means(
                home.settings.owner.name, again, partial(open_file, home.settings.data), moment(), home.lang
            )
            count = write_dossier(home.book, person, made, means)
            made.seek(0)
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as to:
                copyfileobj(made, to)
    except OSError as error:
        raise UserError(f"{file} cannot be written: {error.strerror}") from error
    _noted(home.book, person.id, count)
    click.echo(plain(sentence("written" if count != 1 else "written_1", home.lang, count=count, file=file)))
    for line in where_to_turn(home.lang):
        click.echo(line)


def _noted(book: Book, person: str, count: int) -> None:
    book.note("report", about=person, content={"letters": count}, now=moment())


def _line(one: Blocked) -> JsonLine:
    return {"person": person_line(one.person), "since": moment_line(one.word.said_at), "kept": one.cases}


def _text(one: Blocked, lang: Lang) -> str:
    since = sentence("since", lang, date=day_and_month(one.word.said_at, one.word.said_at, lang))
    return f"{plain(person_says(one.person))}\n    {since} {kept_says(one.cases, lang)}"


_WORDS: dict[Lang, dict[str, str]] = {
    "de": {
        "said": "{says}\n`anlass block lift` hebt es auf; was kam, stellt `anlass block report` zusammen.",
    },
    "en": {
        "said": "{says}\n`anlass block lift` ends it; `anlass block report` puts together what came.",
    },
}
