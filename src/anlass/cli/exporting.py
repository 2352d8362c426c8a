"""`anlass export` and `anlass import`: everything out at any time, and in again."""

from __future__ import annotations

import json
from pathlib import Path

import click

from anlass.bootstrap import open_home
from anlass.channels.mail.secrets import Secrets, system_ring
from anlass.cli.clock import moment
from anlass.cli.keeping import kept
from anlass.cli.options import data_option, dry_run_option, json_option
from anlass.desk.history.originals import originals
from anlass.desk.safekeeping.everything import Luggage, export_everything
from anlass.desk.safekeeping.exporting import export
from anlass.desk.safekeeping.importing import import_into
from anlass.desk.voice.common import Lang


@click.command("export")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--everything", is_flag=True, help="Letters too, and all files you wrote; FOLDER may be a FILE.zip."
)
@click.option(
    "--with-keys", is_flag=True, help="The keys of your house too: links you gave away go on working."
)
@data_option
@json_option
def export_all(folder: Path, everything: bool, with_keys: bool, data: str | None, as_json: bool) -> None:
    """Write everything your house remembers into FOLDER, in open formats.

    Persons (vCard 4, JSContact, CSV), encounters and cases (JSON lines), meetings (iCalendar), where your
    letters lie (CSV), cards, grants, watch list and standings; and the whole memory for `anlass import`.
    Letters themselves stay where they are, but with --everything: then they come as mbox, fetched from your
    mail servers too, beside journal, decisions, events, your files, and a page that explains each. Keep it
    to yourself.
    """
    home = open_home(data)
    if everything:
        with originals(home.book, Secrets(home.settings.data, system_ring())) as reread:
            luggage = Luggage(home.settings, reread, with_keys)
            done = export_everything(home.book, folder, luggage, now=moment(), lang=home.lang)
    else:
        done = export(home.book, folder, now=moment(), lang=home.lang, with_keys=with_keys)
    for name, count in done.counts:
        if as_json:
            click.echo(json.dumps({"file": name, "records": count}))
    if not as_json:
        click.echo(_WORDS[home.lang]["out"].format(folder=folder, n=len(done.counts)))


@click.command("import")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--merge", is_flag=True, help="Into a memory that is in use: what has the same key gives way.")
@data_option
@json_option
@dry_run_option
def import_all(folder: Path, merge: bool, data: str | None, as_json: bool, dry_run: bool) -> None:
    """Read an export in FOLDER again: the same people, cases and grants as when it was written."""
    home = open_home(data)
    with kept(home, unless=dry_run):
        done = import_into(home.book, folder, now=moment(), merge=merge)
    for name, count in done.counts:
        if as_json:
            click.echo(json.dumps({"table": name, "rows": count}))
    if not as_json:
        click.echo(_WORDS[home.lang]["in"].format(n=sum(count for _, count in done.counts)))


_WORDS: dict[Lang, dict[str, str]] = {
    "de": {
        "out": "Alles liegt in {folder}, in {n} Dateien. Behalte es für dich.",
        "in": "{n} Zeilen sind wieder da.",
    },
    "en": {
        "out": "Everything lies in {folder}, in {n} files. Keep it to yourself.",
        "in": "{n} rows are back.",
    },
}
