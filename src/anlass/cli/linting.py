"""`anlass lint`: your own draft from the other side, before it is sent. For editors and mail programs too."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from anlass.cli.clock import moment
from anlass.cli.exits import Exit
from anlass.cli.options import data_option, json_option
from anlass.cli.plain import plain
from anlass.config import data_folder, language_of_the_system, load_settings
from anlass.desk.outgoing.linting import LONGEST, DraftText, draft_in, look_over, place_of, view_line
from anlass.litmus.shipped import load_panel

if TYPE_CHECKING:
    from anlass.desk.voice.common import Lang
    from anlass.outreach.other_side import Shared, View


@click.command()
@click.argument("file", type=click.Path(allow_dash=True), default="-")
@click.option(
    "--to", default="", metavar="PERSON", help="Whom it is for; the line To: of the draft without it."
)
@click.option("--about", default="", metavar="TEXT", help="What you know of them: work, books, talks.")
@click.option("--as", "writer", default="", metavar="NAME", help="Who writes; the owner without it.")
@click.option("--ledger", is_flag=True, help="Look up what you two share.")
@click.option("--lang", type=click.Choice(["de", "en"]), help="The language of the remarks.")
@click.option("--lsp", is_flag=True, help="Serve an editor on standard input and output (LSP).")
@data_option
@json_option
def lint(
    file: str,
    to: str,
    about: str,
    writer: str,
    ledger: bool,
    lang: str | None,
    lsp: bool,
    data: str | None,
    as_json: bool,
) -> None:
    """Read your own draft in FILE (or standard input) as the other side will. Nothing is sent or kept.

    Ends with 0 where nothing is to be said, 1 where something is, 2 when called wrongly. Needs no
    network and, without --ledger, no memory.
    """
    settings = load_settings(data_folder(data))
    spoken: Lang = "de" if (lang or settings.owner.language or language_of_the_system()) == "de" else "en"
    name = writer or settings.owner.name

    def view_of(draft: DraftText) -> View:
        named = replace(draft, to=to or draft.to)
        shared = _looked_up(data, named.to) if ledger else None
        return look_over(load_panel(), named, writer=name, about=about, lang=spoken, shared=shared)

    if lsp:
        from anlass.cli.lint_server import serve  # noqa: PLC0415 - only an editor asks for it

        sys.exit(serve(sys.stdin.buffer, sys.stdout.buffer, view_of))
    draft = draft_in(_read(file))
    view = view_of(draft)
    if as_json:
        click.echo(json.dumps(view_line(draft, view), ensure_ascii=False))
    else:
        _say(draft, view, "draft" if file == "-" else file, spoken)
    sys.exit(Exit.DONE if view.is_fine else Exit.CHECK_FAILED)


def _read(file: str) -> bytes:
    """Return the bytes of a draft; raises `UsageError` where there is none."""
    if file == "-":
        stream: BinaryIO = sys.stdin.buffer
        return stream.read(LONGEST)
    try:
        with Path(file).open("rb") as opened:
            return opened.read(LONGEST)
    except OSError as error:
        raise click.UsageError(f"{file}: {error.strerror}") from error


def _looked_up(data: str | None, to: str) -> Shared | None:
    """Return what the two share; only here the memory is opened."""
    from anlass.bootstrap import open_home  # noqa: PLC0415 - plain linting loads neither store nor framework
    from anlass.desk.people.shared import shared_with  # noqa: PLC0415

    return shared_with(open_home(data).book, to, at=moment())


def _say(draft: DraftText, view: View, name: str, lang: Lang) -> None:
    """Say it as compilers do, a line for each remark, so that editors find the place."""
    if view.shared:
        click.echo(view.shared)
    for one in view.remarks:
        line, column = place_of(draft, one)
        click.echo(f"{name}:{line}:{column}: {plain(one.says)}")
        if one.suggestion:
            click.echo(f"    {_TRY[lang]} {plain(one.suggestion)}")
    if view.is_fine:
        click.echo(_FINE[lang])


_TRY: dict[Lang, str] = {"de": "Zum Beispiel:", "en": "For example:"}
_FINE: dict[Lang, str] = {
    "de": "Hier steht ein Anlass. Nichts zu sagen.",
    "en": "There is a reason here. Nothing to say.",
}
