"""`anlass forget PERSON`: all of one person goes, and nothing names them any more."""

from __future__ import annotations

import json

import click

from anlass.bootstrap import open_home
from anlass.cli.clock import moment
from anlass.cli.exits import Exit
from anlass.cli.options import data_option, dry_run_option, json_option
from anlass.cli.plain import plain
from anlass.desk.safekeeping.erasing import Erased, erase, would_erase
from anlass.desk.safekeeping.meant import to_forget
from anlass.desk.safekeeping.voice_of_erasing import going_says, proof_says, staying_says
from anlass.desk.voice.common import Lang


@click.command()
@click.argument("person")
@click.option("--yes", is_flag=True, help="Do not ask.")
@data_option
@json_option
@dry_run_option
def forget(person: str, yes: bool, data: str | None, as_json: bool, dry_run: bool) -> None:
    """Forget PERSON: requests, letters, drafts, encounters, cards, journal, index of words.

    PERSON is an address, a full name or an id; of any other name you are told who may be meant. What would
    go is shown first, by number, and you are asked. It cannot be taken back. Where others name the person
    there is a bar of the same length. Afterwards all tables are walked through; should anything be left, the
    exit code is 1.
    """
    home = open_home(data)
    who, now = to_forget(home.book, person, home.lang), moment()
    seen = would_erase(home.book, home.settings, who)
    if not as_json:
        _show(who.name, seen, home.lang)
    if dry_run:
        _tell(seen, home.lang, as_json=as_json, done=False)
        return
    if not yes:
        click.confirm(_WORDS[home.lang]["sure"], abort=True, err=True)
    gone = erase(home.book, home.settings, who, now=now)
    _tell(gone, home.lang, as_json=as_json, done=True)
    if gone.left or gone.bytes_left:
        raise click.exceptions.Exit(Exit.CHECK_FAILED)


def _show(name: str, seen: Erased, lang: Lang) -> None:
    click.echo(_WORDS[lang]["goes"].format(name=plain(name)))
    for says in going_says(seen.counts, lang):
        click.echo(f"  {plain(says)}")
    for says in staying_says(seen, lang):
        click.echo(plain(says))


def _tell(erased: Erased, lang: Lang, *, as_json: bool, done: bool) -> None:
    if as_json:
        line = {"rows": dict(erased.counts), "blocked": erased.is_blocked, "files": list(erased.named_in)}
        line |= {"alike": [one.id for one in erased.alike]} if not done else {}
        proof = {"left": erased.left, "bytes_left": erased.bytes_left} if done else {}
        click.echo(json.dumps({"forgotten": done, **line, **proof}))
    else:
        click.echo(proof_says(erased, lang) if done else _WORDS[lang]["dry"])


_WORDS: dict[Lang, dict[str, str]] = {
    "de": {
        "goes": "Von {name} geht:",
        "sure": "Vergessen? Das lässt sich nicht zurücknehmen.",
        "dry": "Nur gezeigt: Es ist alles, wie es war.",
    },
    "en": {
        "goes": "Of {name} this goes:",
        "sure": "Forget? It cannot be taken back.",
        "dry": "Only shown: everything is as it was.",
    },
}
