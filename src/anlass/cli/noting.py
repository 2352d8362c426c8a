"""`anlass note`: a personal note beside an answer, which opens only when both want it."""

from __future__ import annotations

from typing import TextIO

import click

from anlass.bootstrap import open_home
from anlass.cli.clock import moment
from anlass.cli.keeping import kept
from anlass.cli.options import data_option, dry_run_option
from anlass.desk.outgoing.noting import enclose, take_away


@click.group()
def note() -> None:
    """Enclose a sealed note with an answer; it opens only while you let that person see a card."""


@note.command()
@click.argument("person")
@click.argument("text", type=click.File("r", encoding="utf-8"), default="-")
@data_option
@dry_run_option
def seal(person: str, text: TextIO, data: str | None, dry_run: bool) -> None:
    """Seal a note for a person, from a file or standard input; prints the link for your letter.

    The link is printed once and kept nowhere: it holds one half of the key.
    """
    home = open_home(data)
    with kept(home, unless=dry_run):
        click.echo(enclose(home.book, person, text.read(), now=moment()))


@note.command()
@click.argument("note_id", metavar="NOTE")
@data_option
@dry_run_option
def destroy(note_id: str, data: str | None, dry_run: bool) -> None:
    """Destroy a note (what stands in its link between the last stroke and the point)."""
    home = open_home(data)
    with kept(home, unless=dry_run):
        take_away(home.book, note_id, now=moment())
