"""`anlass policy`, the commands that change or carry house rules: choose, add, import, undo, export ..."""

from __future__ import annotations

import json
from pathlib import Path
from typing import BinaryIO, TextIO

import click

from anlass.bootstrap import Home, open_home
from anlass.cli.clock import moment
from anlass.cli.keeping import kept
from anlass.cli.options import data_option, dry_run_option, json_option
from anlass.cli.plain import plain, plain_lines
from anlass.desk.rules.looking import rules_in_force
from anlass.desk.rules.replaying import try_on_past
from anlass.desk.rules.rulebook import Adopted, add_rule, adopt
from anlass.desk.rules.rulebook import choose as choose_rules
from anlass.desk.rules.rulebook import undo as undo_rules
from anlass.desk.rules.sharing import edit_page, page_html, public_page, shared_rules
from anlass.desk.rules.voice import adopted_says, changes_say, left_out_says, version_says
from anlass.desk.rules.voice_of_changes import changes_of_rules_say, past_change_says, proposal_says
from anlass.desk.voice.common import Lang
from anlass.errors import NotFound, PolicyError, Problem, UserError
from anlass.policy import PRESETS, parse_policy
from anlass.policy.compare import compare
from anlass.policy.proposals import propose as proposals_of
from anlass.policy.recipes import recipe, recipe_texts, rules_of
from anlass.policy.written import rule_text
from anlass.store.cases.versions import versions as versions_of
from anlass.wires.own_files import LONGEST

_file = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("preset", type=click.Choice([*PRESETS, "none"]))
@data_option
@dry_run_option
def choose(preset: str, data: str | None, dry_run: bool) -> None:
    """Let the shipped rules PRESET follow your own; `none` leaves yours alone."""
    home = open_home(data)
    with kept(home, unless=dry_run):
        _say(home, choose_rules(home, preset, now=moment(), rehearse=dry_run))


@click.command()
@click.argument("name")
@data_option
@dry_run_option
def add(name: str, data: str | None, dry_run: bool) -> None:
    """Put a rule of the cookbook, or of a file, before your own rules. NAME is a recipe or a file."""
    home = open_home(data)
    text = rules_of(recipe_texts()[name]) if name in recipe_texts() else _text_of(name, home.lang)
    with kept(home, unless=dry_run):
        made = add_rule(home, text, by=f"add {name}"[:80], now=moment(), rehearse=dry_run)
        _say(home, made)


@click.command(name="import")
@click.argument("file", type=click.File("rb"))
@click.option("--adopt", "is_adopted", is_flag=True, help="Let them be your own rules from now on.")
@data_option
@dry_run_option
def import_(file: BinaryIO, is_adopted: bool, data: str | None, dry_run: bool) -> None:
    """Try the house rules of somebody else on your own past; adopt them with --adopt.

    FILE takes the place of your own rules; `anlass policy undo` brings those back.
    """
    home = open_home(data)
    raw = file.read(LONGEST * 4 + 1)
    text = raw.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    if not is_adopted:
        _try(home, text, file.name)
        return
    with kept(home, unless=dry_run):
        _say(home, adopt(home, text, by="import", now=moment(), rehearse=dry_run))


def _try(home: Home, text: str, name: str) -> None:
    """Say what rules would have done to the past; nothing is changed."""
    from anlass.bootstrap import policy_of  # noqa: PLC0415 - only a trial needs it

    held, _ = rules_in_force(home)
    other = policy_of(text, home.settings, home.lang, name)
    for line in changes_of_rules_say(compare(held, other), home.lang):
        click.echo(plain_lines(line))
    tried = try_on_past(home, [held, other], now=moment())
    pairs = zip(tried.cases[0], tried.cases[1], strict=True)
    changed = [(a, b) for a, b in pairs if a.last.action is not b.last.action]
    click.echo(f"\n{changes_say(len(changed), home.lang)}")
    for before, after in changed:
        click.echo(f"  {before.id[:8]}  {plain(past_change_says(before, after, home.lang))}")
    click.echo(f"\n{_WORDS[home.lang]['adopt']}")


@click.command()
@data_option
@dry_run_option
def undo(data: str | None, dry_run: bool) -> None:
    """Bring back the house rules that held before the last change."""
    home = open_home(data)
    with kept(home, unless=dry_run):
        _say(home, undo_rules(home, now=moment(), rehearse=dry_run))


@click.command()
@data_option
@json_option
def versions(data: str | None, as_json: bool) -> None:
    """List the house rules that held, the newest first."""
    home = open_home(data)
    for one in versions_of(home.book):
        if as_json:
            line = {"version": one.number, "since": one.since.isoformat(), "by": one.by, "text": one.text}
            click.echo(json.dumps(line))
        else:
            click.echo(f"{one.number:>4}  {plain(version_says(one, home.lang))}")


@click.command(name="export")
@data_option
def export_(data: str | None) -> None:
    """Write your own rules for others, without personal data; what is left out is said."""
    home = open_home(data)
    shared = shared_rules(home, now=moment())
    click.echo(shared.text, nl=False)
    for line in left_out_says(shared, home.lang):
        click.echo(plain(line), err=True)


@click.command()
@click.argument("name", required=False)
@data_option
@json_option
def cookbook(name: str | None, data: str | None, as_json: bool) -> None:
    """List the rules of the cookbook, or print the one of that NAME."""
    lang = open_home(data).lang
    if name is not None:
        if name not in recipe_texts():
            raise NotFound(f"There is no recipe {name!r}.", hint="`anlass policy cookbook` lists them.")
        click.echo(recipe_texts()[name], nl=False)
        return
    for one in recipe_texts():
        policy = recipe(one)
        if as_json:
            line = {"recipe": one, "title": policy.title.in_(lang), "about": policy.about.in_(lang)}
            click.echo(json.dumps(line))
        else:
            click.echo(f"{one:<30} {policy.title.in_(lang)}")


@click.command()
@data_option
@json_option
def propose(data: str | None, as_json: bool) -> None:
    """Say which rules your own answers suggest. None is applied; `anlass policy add FILE` is your part."""
    home = open_home(data)
    held, _ = rules_in_force(home)
    found = proposals_of(held, home.book.past.cases(), now=moment())
    for one in found:
        if as_json:
            share = {"answered": one.answered.count, "of": one.answered.of}
            click.echo(
                json.dumps({"kind": one.kind.name.in_(home.lang), **share, "rule": rule_text(one.rule)})
            )
        else:
            click.echo(f"{proposal_says(one, home.lang)}\n\n{rule_text(one.rule)}")
    if not found and not as_json:
        click.echo(_WORDS[home.lang]["nothing"], err=True)


@click.command()
@click.option("--lang", type=click.Choice(["de", "en"]), help="The language of the page.")
@click.option("--edit", type=click.File("r", encoding="utf-8"), metavar="FILE", help="Let it read so.")
@click.option("--reset", is_flag=True, help="Make it of the rules again.")
@click.option("--html", type=_file, metavar="FILE", help="Write it as a file to publish.")
@data_option
@dry_run_option
def page(
    lang: Lang | None,
    edit: TextIO | None,
    reset: bool,
    html: Path | None,
    data: str | None,
    dry_run: bool,
) -> None:
    """Show the public page of house rules: kind words that give no rule away."""
    home = open_home(data)
    spoken = lang or home.lang
    if html and html.exists():
        raise UserError(Problem("There is such a file already.", str(html)), hint="Name another one.")
    with kept(home, unless=dry_run):
        if edit is not None or reset:
            text = edit.read(LONGEST) if edit is not None else ""
            shown = edit_page(home, text, spoken, now=moment())
        else:
            shown = public_page(home, spoken)
    click.echo(f"{shown.page.title.words}\n\n{plain_lines(shown.page.text)}")
    for word in shown.gives_away:
        click.echo(_WORDS[home.lang]["gives_away"].format(word=plain(word)), err=True)
    if html and not dry_run:
        html.write_text(page_html(shown.page), encoding="utf-8")


def _text_of(name: str, lang: Lang) -> str:
    """Read the rules of a file that holds nothing but rules; raises `PolicyError` and `NotFound`."""
    from anlass.desk.rules.looking import text_of  # noqa: PLC0415 - only a file needs it

    text = text_of(name)
    parse_policy(text, name, lang=lang)
    if "[[rule]]" not in text:
        raise PolicyError(Problem("There is no [[rule]] in it.", name))
    return rules_of(text)


def _say(home: Home, made: Adopted) -> None:
    """Say what a change did."""
    if not made.is_new:
        click.echo(_WORDS[home.lang]["same"])
    else:
        click.echo(adopted_says(made.policy, len(made.cases), home.lang))


_WORDS: dict[Lang, dict[str, str]] = {
    "de": {
        "adopt": "Geändert ist nichts. Mit `--adopt` gelten diese Regeln statt deiner eigenen.",
        "same": "Diese Hausordnung gilt schon.",
        "nothing": "Deine Antworten legen noch keine Regel nahe.",
        "gives_away": "„{word}“ verrät etwas über deine Regeln.",
    },
    "en": {
        "adopt": "Nothing is changed. With `--adopt` these rules hold instead of your own.",
        "same": "These house rules hold already.",
        "nothing": "Your answers suggest no rule yet.",
        "gives_away": "“{word}” gives away something of your rules.",
    },
}
