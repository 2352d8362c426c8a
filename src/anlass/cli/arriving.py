"""`anlass init`: the four questions of the first evening, asked in the terminal or answered by options."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from anlass.bootstrap import open_home
from anlass.cli.clock import moment
from anlass.cli.keeping import kept
from anlass.cli.options import data_option, dry_run_option
from anlass.cli.plain import plain
from anlass.desk.house.arriving import Introduction, addresses_in, arrive, introduce, rehearse_introduction
from anlass.desk.rules.rulebook import choose
from anlass.policy import PRESETS, preset

if TYPE_CHECKING:
    from anlass.bootstrap import Home
    from anlass.desk.voice.common import Lang


@click.command()
@click.option("--name", help="Your name; drafts are signed with it.")
@click.option(
    "--address", "addresses", multiple=True, metavar="ADDRESS", help="Your mail address; several times."
)
@click.option("--language", type=click.Choice(["de", "en"]), help="The language Anlass speaks with you.")
@click.option("--about", metavar="TEXT", help="What you do and look for; letters are held against it.")
@click.option(
    "--preset", "wanted", type=click.Choice(PRESETS), help="The shipped house rules that shall hold."
)
@data_option
@dry_run_option
def init(
    name: str | None,
    addresses: tuple[str, ...],
    language: str | None,
    about: str | None,
    wanted: str | None,
    data: str | None,
    dry_run: bool,
) -> None:
    """Say who you are, what you look for and which house rules shall hold.

    What is not given by an option is asked for in a terminal; Enter keeps what is there. Nothing is read or
    sent. Later calls change what earlier ones said.
    """
    home = open_home(data)
    said = Introduction(
        name, addresses_in(" ".join(addresses)) if addresses else None, _language(language), about
    )
    if sys.stdin.isatty():
        if language is None:
            said = replace(said, language=_language(_asked("language", home.lang, home.lang)))
            home = replace(home, lang=said.language or home.lang)
        said, wanted = _answered(home, said), wanted or _asked_rules(home)
    if dry_run:
        click.echo(rehearse_introduction(home, said), nl=False)
    with kept(home, unless=dry_run):
        now = moment()
        home = home if dry_run else introduce(home, said, now=now)
        if wanted:
            choose(home, wanted, now=now, rehearse=dry_run)
        arrive(home)
    if not dry_run:
        click.echo(_WORDS[home.lang]["next"], err=True)


def _answered(home: Home, said: Introduction) -> Introduction:
    """Ask for what was not given; what is there already is offered."""
    owner, lang = home.settings.owner, home.lang
    if said.name is None:
        said = replace(said, name=_asked("name", lang, owner.name))
    if said.addresses is None:
        typed = _asked("addresses", lang, " ".join(owner.addresses))
        said = replace(said, addresses=addresses_in(typed))
    if said.about is None:
        said = replace(said, about=_asked("about", lang, owner.about))
    return said


def _asked(what: str, lang: str, there: str) -> str:
    answer: str = click.prompt(_WORDS[lang][what], default=there, show_default=bool(there))
    return answer.strip()


def _asked_rules(home: Home) -> str:
    """Show the shipped house rules, and ask for one of them."""
    for name in PRESETS:
        one = preset(name)
        click.echo(f"  {name}: {plain(one.about.in_(home.lang))}")
    chosen: str = click.prompt(
        _WORDS[home.lang]["rules"], type=click.Choice(PRESETS), default=home.settings.policy.preset
    )
    return chosen


def _language(typed: str | None) -> Lang | None:
    return None if typed is None else "de" if typed == "de" else "en"


_WORDS = {
    "de": {
        "language": "Sprache (de, en)",
        "name": "Dein Name",
        "addresses": "Deine Mailadressen, mit Leerzeichen dazwischen (leer: sie finden sich in der Post)",
        "about": "Was du machst und suchst, in einer Zeile",
        "rules": "Welche Hausordnung",
        "next": "Notiert. Weiter mit einem von diesen:\n"
        "  anlass connect ADRESSE    ein Postfach verbinden\n"
        "  anlass screen ORDNER      lesen, was in einem Archiv liegt\n"
        "  anlass serve              alles als Seiten",
    },
    "en": {
        "language": "Language (de, en)",
        "name": "Your name",
        "addresses": "Your mail addresses, with spaces between (empty: they are found in your mail)",
        "about": "What you do and look for, in one line",
        "rules": "Which house rules",
        "next": "Noted. Go on with one of these:\n"
        "  anlass connect ADDRESS    connect a mailbox\n"
        "  anlass screen FOLDER      read what lies in an archive\n"
        "  anlass serve              all of it as pages",
    },
}
