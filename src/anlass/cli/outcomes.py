"""`anlass outcome`: what came of the requests you answered."""

from __future__ import annotations

import json

import click

from anlass.bootstrap import Home, open_home
from anlass.cli.clock import here
from anlass.cli.keeping import kept
from anlass.cli.options import data_option, dry_run_option, json_option
from anlass.cli.plain import plain
from anlass.desk.cases.outcomes import Came, outcome_sheet, say_outcome
from anlass.desk.cases.voice_of_outcomes import CAME, came_says
from anlass.ledger.outcome import CameOf


@click.command()
@click.argument("case", required=False)
@click.argument("came", required=False, type=click.Choice([one.value for one in CameOf]))
@click.option("--take-back", is_flag=True, help="Forget what you said of CASE.")
@click.option("--only", type=click.Choice([one.value for one in CameOf]), help="List these alone.")
@data_option
@json_option
@dry_run_option
def outcome(
    case: str | None,
    came: str | None,
    take_back: bool,
    only: str | None,
    data: str | None,
    as_json: bool,
    dry_run: bool,
) -> None:
    """Say what came of CASE; without one, count what came of all the requests you answered.

    A job, a project together, a friendship, a conversation, or nothing: your word, and nobody guesses.
    House rules can name it (`person.outcomes`) when the same person asks again.
    """
    if case and bool(came) == take_back:
        raise click.UsageError("Say what came of it, or --take-back.")
    home = open_home(data)
    if not case:
        _count(home, CameOf(only) if only else None, as_json=as_json)
        return
    with kept(home, unless=dry_run):
        one = say_outcome(home.book, case, CameOf(came) if came else None, now=here(), lang=home.lang)
        says = f"{plain(one.line.name)}: {came_says(one, home.lang)}"
        click.echo(json.dumps(_line(one)) if as_json else says)


def _count(home: Home, only: CameOf | None, *, as_json: bool) -> None:
    sheet, names = outcome_sheet(home.book, only, now=here(), lang=home.lang), CAME[home.lang]
    for one in sheet.cases if as_json or only else ():
        click.echo(json.dumps(_line(one)) if as_json else f"  {one.line.id[:8]}  {plain(one.line.name)}")
    if not as_json and not only:
        for came, count in sheet.sums.counts:
            click.echo(f"{names[came]:<26}{count:>6}")
        click.echo(f"{names[None]:<26}{sheet.sums.unsaid:>6}")


def _line(one: Came) -> dict[str, object]:
    return {"case": one.line.id, "outcome": one.came.value if one.came else None}
