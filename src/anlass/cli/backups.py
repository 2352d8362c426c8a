"""`anlass backup` and `anlass restore`: the whole house in one file, and a house again."""

from __future__ import annotations

import json
from pathlib import Path

import click

from anlass.bootstrap import open_home
from anlass.cli.clock import moment
from anlass.cli.options import data_option, dry_run_option, json_option
from anlass.cli.plain import plain, plain_path
from anlass.config import data_folder, language_of_the_system, load_settings
from anlass.desk.safekeeping.backing_up import BackedUp, back_up
from anlass.desk.safekeeping.restoring import Wanted
from anlass.desk.safekeeping.restoring import restore as restore_into
from anlass.desk.safekeeping.scope import Why
from anlass.desk.safekeeping.voice import left_out_says
from anlass.desk.voice.common import Lang
from anlass.errors import AnlassError


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option("--with-secrets", is_flag=True, help="The passwords of mailboxes too. Guard the file well.")
@data_option
@json_option
def backup(file: Path | None, with_secrets: bool, data: str | None, as_json: bool) -> None:
    """Write the whole house into FILE while it is in use: memory, settings, rules, files from the door.

    On a server that is the house of every owner. FILE may be left out where [backup] names a folder. It is a
    plain tar with a list of checksums; only you can read it. Passwords stay out unless you ask for them,
    wishes and the keys of their rounds always.
    """
    home = open_home(data)
    done = back_up(home.book, home.settings, file, now=moment(), with_secrets=with_secrets)
    if as_json:
        click.echo(json.dumps(_line(done)))
        return
    size = done.path.stat().st_size / 1_000_000
    words = _WORDS[home.lang]["backed_up"]
    click.echo(words.format(path=plain_path(str(done.path)), n=len(done.contents.files), size=f"{size:.1f}"))
    click.echo(f"SHA-256: {done.sha256}")
    for says in left_out_says(done.left_out, home.lang):
        click.echo(plain(says))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--replace", is_flag=True, help="Where a house is already: set it aside, and put this in its place."
)
@click.option("--database", metavar="ADDRESS", default="", help="Another PostgreSQL than the backup names.")
@click.option("--sha256", metavar="DIGEST", default="", help="The SHA-256 that `anlass backup` printed.")
@data_option
@json_option
@dry_run_option
def restore(
    file: Path, replace: bool, database: str, sha256: str, data: str | None, as_json: bool, dry_run: bool
) -> None:
    """Make a house again of a backup FILE, in an empty data folder.

    All of FILE is read and held to its checksums before anything is touched. A backup of SQLite becomes
    SQLite, one of PostgreSQL goes into an empty database. Stop `anlass work` and `anlass serve` before.
    """
    folder = data_folder(data)
    wanted = Wanted(replace, database, sha256, dry_run)
    done = restore_into(file, folder, wanted, now=moment())
    about = done.contents.about
    lang = _lang(folder)
    if as_json:
        aside = str(done.set_aside) if done.set_aside else None
        line = {"data": str(folder), "files": len(done.contents.files), "made_at": about.get("made_at")}
        click.echo(json.dumps({**line, "set_aside": aside}))
        return
    words = _WORDS[lang]
    said = words["whole"] if dry_run else words["restored"]
    when = str(about.get("made_at") or "?")
    click.echo(said.format(place=plain_path(str(folder)), n=len(done.contents.files), when=plain(when)))
    if done.set_aside:
        click.echo(words["aside"].format(aside=plain_path(str(done.set_aside))))
    if not about.get("secrets"):
        click.echo(words["secrets"])


def _line(done: BackedUp) -> dict[str, object]:
    return {
        "file": str(done.path),
        "sha256": done.sha256,
        "files": len(done.contents.files),
        "made_at": done.contents.about["made_at"],
        "left_out": [
            {"path": one.path, "why": one.why} for one in done.left_out if one.why is not Why.MOMENT
        ],
    }


def _lang(folder: Path) -> Lang:
    try:
        spoken = load_settings(folder).owner.language or language_of_the_system()
    except AnlassError:
        spoken = language_of_the_system()
    return "de" if spoken == "de" else "en"


_WORDS: dict[Lang, dict[str, str]] = {
    "de": {
        "backed_up": "Gesichert in {path}: {n} Dateien, {size} MB.",
        "restored": "Das Haus steht wieder in {place}: {n} Dateien vom {when}.",
        "whole": "Die Sicherung ist heil und passt nach {place}: {n} Dateien vom {when}. Nur geprüft.",
        "aside": "Was vorher da war, liegt in {aside}.",
        "secrets": "Passwörter waren nicht dabei: `anlass doctor` sagt, welche fehlen.",
    },
    "en": {
        "backed_up": "Backed up to {path}: {n} files, {size} MB.",
        "restored": "The house stands again in {place}: {n} files of {when}.",
        "whole": "The backup is whole and fits into {place}: {n} files of {when}. Only checked.",
        "aside": "What was there before lies in {aside}.",
        "secrets": "Passwords were not in it: `anlass doctor` says which are missing.",
    },
}
