"""`anlass decide` and `anlass undo`: your word on cases, and the way back from it."""

from __future__ import annotations

import json

import click

from anlass.bootstrap import Home, make_doorman, open_home
from anlass.cli.clock import exactly, here
from anlass.cli.exits import Exit
from anlass.cli.keeping import kept
from anlass.cli.options import data_option, dry_run_option, json_option
from anlass.cli.plain import plain
from anlass.cli.telling import told
from anlass.desk.cases.acting import Acted, Seen, act_on
from anlass.desk.cases.surface import act_line, acted_line, undone_line
from anlass.desk.cases.undoing import Act, acts
from anlass.desk.cases.undoing import undo as take_back
from anlass.desk.cases.voice import decided_says, sentence
from anlass.desk.decisions.deciding import CHOICES
from anlass.desk.voice.common import Lang, day_and_month
from anlass.doorman import Doorman
from anlass.errors import NotFound
from anlass.policy import Action


@click.command()
@click.argument("cases", nargs=-1, required=True, metavar="CASE...")
@click.argument("action", type=click.Choice([action.value for action in CHOICES]))
@data_option
@json_option
@dry_run_option
def decide(cases: tuple[str, ...], action: str, data: str | None, as_json: bool, dry_run: bool) -> None:
    """Say to each CASE what is to be done; nothing is sent, the letter lies in the case as a draft.

    It is learned from, and it is one act: `anlass undo` takes all of it back.
    """
    home = open_home(data)
    doorman = _doorman(home)
    with kept(home, unless=dry_run):
        seen = [Seen(_full(home, case)) for case in cases]
        acted = act_on(home.book, doorman, seen, CHOICES[Action(action)], now=exactly(), lang=home.lang)
        if as_json:
            click.echo(json.dumps(acted_line(acted)))
        else:
            _tell(acted, home)
    if acted.refused and not acted.done and not acted.stood:
        raise click.exceptions.Exit(Exit.CHECK_FAILED)


@click.command()
@click.argument("act", required=False, default="")
@click.option("--list", "is_list", is_flag=True, help="List what you did last, with the ids of the acts.")
@data_option
@json_option
@dry_run_option
def undo(act: str, is_list: bool, data: str | None, as_json: bool, dry_run: bool) -> None:
    """Take an ACT back: the last one that stands, or the one that --list names so.

    A letter that has left cannot be called back, and this says so.
    """
    home = open_home(data)
    if is_list:
        for one in acts(home.book, lang=home.lang):
            click.echo(json.dumps(act_line(one)) if as_json else _act(one, home.lang))
        return
    doorman = _doorman(home)
    with kept(home, unless=dry_run):
        undone = take_back(home.book, doorman, act, now=here(), lang=home.lang)
    if as_json:
        click.echo(json.dumps(undone_line(undone)))
    else:
        click.echo(plain(undone.says))
        for case, why in undone.kept:
            click.echo(f"  {case[:10]}  {plain(why)}")


def _full(home: Home, case: str) -> str:
    """Return the id of a case that is named by its beginning; one that is not there is told by the act."""
    try:
        return home.book.case(case).id
    except NotFound:
        return case


def _doorman(home: Home) -> Doorman:
    doorman, problems = make_doorman(home.settings, home.lang, home.book)
    for problem in problems:
        click.echo(told(problem), err=True)
    return doorman


def _tell(acted: Acted, home: Home) -> None:
    if acted.done:
        name = home.book.case(acted.done[0]).case.person.name if len(acted.done) == 1 else ""
        click.echo(plain(decided_says(acted.choice, len(acted.done), home.lang, name=name)))
    for case in acted.stood:
        click.echo(f"  {case[:10]}  {sentence('stood', home.lang)}")
    for case, why in acted.refused:
        click.echo(f"  {plain(case)[:10]}  {why}")


def _act(act: Act, lang: Lang) -> str:
    local = act.when.astimezone()
    mark = " " if act.stands else "-"
    return f"{mark} {act.id[:8]}  {day_and_month(local, here(), lang)}, {local:%H:%M}  {plain(act.says)}"
