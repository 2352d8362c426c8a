"""`anlass teach-notice`: teach how a network's notice is read, from one that came."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import click

from anlass.bootstrap import Home, open_home
from anlass.cli.clock import moment
from anlass.cli.exits import Exit
from anlass.cli.options import data_option, dry_run_option, json_option
from anlass.cli.plain import plain, plain_lines, plain_path
from anlass.cli.telling import told
from anlass.desk.learning.donating import anonymous_notice
from anlass.desk.learning.notices import (
    Looked,
    forget_recipe,
    keep_recipe,
    label_for,
    look,
    notice_in,
    recipes_in,
)
from anlass.desk.learning.surface import notice_line, recipe_line
from anlass.desk.learning.voice_of_notices import asked_of_owner, fault_says, looked_says, notice_words
from anlass.intake import Channel, Message
from anlass.intake.gate.proposing import Saying, words_between

_channel = click.Choice([one.value for one in Channel if one not in {Channel.MAIL, Channel.FORM}])


@click.command("teach-notice")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--name", metavar="TEXT", help="Who asks, as the notice writes the name.")
@click.option("--words", metavar="TEXT", help="The requester's own words in it.")
@click.option("--first", metavar="TEXT", help="The first of these words (with --last).")
@click.option("--last", metavar="TEXT", help="The last of these words.")
@click.option("--no-words", is_flag=True, help="There are none in it.")
@click.option("--default", "is_default", is_flag=True, help="These words are the network's own.")
@click.option("--channel", type=_channel, help="The network it comes through.")
@click.option("--as", "label", metavar="NAME", help="What the recipe is called.")
@click.option(
    "--anonymous", type=click.Path(path_type=Path), metavar="OUT", help="Write FILE without anybody in it."
)
@click.option("--list", "is_list", is_flag=True, help="List the recipes.")
@click.option("--forget", metavar="NAME", help="Take a recipe back.")
@data_option
@json_option
@dry_run_option
def teach_notice(
    file: Path | None,
    name: str | None,
    words: str | None,
    first: str | None,
    last: str | None,
    no_words: bool,
    is_default: bool,
    channel: str | None,
    label: str | None,
    anonymous: Path | None,
    is_list: bool,
    forget: str | None,
    data: str | None,
    as_json: bool,
    dry_run: bool,
) -> None:
    """Teach how notices like FILE are read: who asks in them, and in which words.

    What was found is shown; what is wrong you say with the options, or when asked. The recipe is kept in
    the data folder and used by `anlass screen` from then on. It can choose no answer, and links are never
    followed, kept or shown. With --anonymous nothing is taught: OUT is a copy that you can give away.
    """
    if sum((file is not None, is_list, forget is not None)) != 1:
        raise click.UsageError("Name one of FILE, --list, --forget NAME.")
    if (first is None) != (last is None) or sum((words is not None, first is not None, no_words)) > 1:
        raise click.UsageError("Say the words in one way: --words, --first with --last, or --no-words.")
    home = open_home(data)
    if forget is not None:
        _forget(home, forget, dry_run=dry_run)
    elif file is None:
        _list(home, as_json=as_json)
    elif anonymous is not None:
        _donate(home, file, anonymous, name, dry_run=dry_run)
    else:
        said = Saying(label or "", Channel(channel) if channel else None, name, words, is_default)
        raw, message = notice_in(file)
        if no_words:
            said = replace(said, words="")
        elif first is not None and last is not None:
            said = replace(said, words=words_between(message.text, first, last) or f"{first} {last}")
        _teach(home, raw, message, said, as_json=as_json, dry_run=dry_run)


def _teach(home: Home, raw: bytes, message: Message, said: Saying, *, as_json: bool, dry_run: bool) -> None:
    """Show what was found, let the owner mend it where somebody is there, and keep the recipe."""
    taken = frozenset(one.name for one in recipes_in(home.settings.data)[0])
    domain = message.sender.address.rpartition("@")[2] if message.sender else ""
    said = replace(said, label=said.label or label_for(domain, taken))
    trusted = home.book.trusted() | frozenset(home.settings.mail.trusted_servers)
    looked = look(raw, message, said, trusted=trusted)
    if not as_json and sys.stdin.isatty():
        said = _asked(home, looked, said)
        looked = look(raw, message, said, trusted=trusted)
    is_kept = not (looked.faults or dry_run or looked.proposal.recipe is None)
    if as_json:
        click.echo(json.dumps(notice_line(looked, kept=is_kept)))
    else:
        _show(home, looked)
    if is_kept and looked.proposal.recipe is not None:
        path = keep_recipe(home.book, home.settings.data, looked.proposal.recipe, now=moment())
        click.echo(
            notice_words(home.lang)["kept"].format(name=said.label, path=plain_path(str(path))), err=as_json
        )
    elif dry_run and not looked.faults:
        click.echo(notice_words(home.lang)["dry"], err=True)
    if looked.faults:
        raise click.exceptions.Exit(Exit.CHECK_FAILED)


def _show(home: Home, looked: Looked) -> None:
    for line in looked_says(looked, home.lang):
        click.echo(plain_lines(line))
    for fault in looked.faults:
        click.echo(plain(fault_says(fault, home.lang)), err=True)


def _asked(home: Home, looked: Looked, said: Saying) -> Saying:
    """Ask the owner for what was not said: the name, then the words by their first and last ones."""
    words = notice_words(home.lang)
    for line in asked_of_owner(looked, home.lang):
        click.echo(plain_lines(line))
    if said.name is None:
        name = click.prompt(words["ask_name"], default=plain(looked.proposal.name))
        said = replace(said, name=name if name != plain(looked.proposal.name) else looked.proposal.name)
    if said.words is None and not click.confirm(words["ask_words"], default=True):
        first = click.prompt(words["ask_first"], default="", show_default=False)
        last = click.prompt(words["ask_last"], default=first, show_default=False) if first else ""
        found = words_between(looked.message.text, first, last) if first else ""
        said = replace(said, words=f"{first} {last}" if found is None else found)
    return said


def _list(home: Home, *, as_json: bool) -> None:
    recipes, problems = recipes_in(home.settings.data)
    for problem in problems:
        click.echo(told(problem), err=True)
    for one in recipes:
        click.echo(
            json.dumps(recipe_line(one)) if as_json else plain(f"{one.name}  {one.domain}  {one.subject}")
        )
    if not recipes and not as_json:
        click.echo(notice_words(home.lang)["nothing"])


def _forget(home: Home, name: str, *, dry_run: bool) -> None:
    forget_recipe(home.book, home.settings.data, name, now=moment(), is_rehearsal=dry_run)
    click.echo(notice_words(home.lang)["dry_forget" if dry_run else "forgotten"].format(name=name))


def _donate(home: Home, file: Path, out: Path, name: str | None, *, dry_run: bool) -> None:
    """Write a copy of a notice without anybody in it, where the gate reads it alike."""
    raw, message = notice_in(file)
    recipes, _ = recipes_in(home.settings.data)
    owners = (home.settings.owner.name, *home.book.owner_addresses())
    copy = anonymous_notice(raw, message, recipes=recipes, names=(*owners, *((name,) if name else ())))
    words = notice_words(home.lang)
    if not copy.is_read_alike:
        click.echo(words["not_alike"], err=True)
        raise click.exceptions.Exit(Exit.CHECK_FAILED)
    if dry_run:
        click.echo(copy.raw.decode("utf-8", "replace"))
        return
    try:
        with out.open("xb") as written:
            written.write(copy.raw)
    except OSError as error:
        raise click.ClickException(f"{out}: {error.strerror}") from error
    click.echo(words["anonymous"].format(path=plain_path(str(out))))
