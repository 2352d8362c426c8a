"""`anlass why`: one case, with everything that led to it."""

from __future__ import annotations

import click

from anlass.bootstrap import Home, make_doorman, open_home
from anlass.cli.clock import moment
from anlass.cli.exits import Exit
from anlass.cli.options import data_option
from anlass.cli.plain import plain
from anlass.cli.sheet import print_sheet
from anlass.cli.telling import told
from anlass.desk.cards.vouchers import vouchers_say
from anlass.desk.cases.inbox import sheet
from anlass.desk.cases.undoing import acts
from anlass.desk.cases.voice import did_says
from anlass.desk.requests import advising as desk
from anlass.desk.requests.voice_of_opinion import silence_says
from anlass.litmus.opinion import Opinion


@click.command()
@click.argument("case")
@click.option(
    "--second-opinion", is_flag=True, help="First send its words to the language model in anlass.toml."
)
@data_option
def why(case: str, second_opinion: bool, data: str | None) -> None:
    """Explain CASE: its words, what is shared, the rules tried, the draft.

    CASE is the id that `anlass screen` prints, or its beginning.
    """
    home = open_home(data)
    opinion = _asked(home, case) if second_opinion else None
    shown, now = sheet(home.book, case, now=moment(), lang=home.lang), moment()
    print_sheet(shown, home.lang, vouchers_say(home.book, shown.line.id, now=now, lang=home.lang))
    done = next(
        (one for one in acts(home.book, lang=home.lang) if shown.line.id in one.cases and one.stands), None
    )
    if done is not None:
        click.echo(plain(did_says(done.says, done.when, now, home.lang)))
    if opinion is not None and opinion.silence:
        click.echo(plain(silence_says(opinion, home.lang)), err=True)
        raise click.exceptions.Exit(Exit.TRY_AGAIN)


def _asked(home: Home, case: str) -> Opinion:
    """Ask for a second opinion on a case; what is wrong with the house rules is said."""
    advice = desk.wanted_advice(home)
    doorman, problems = make_doorman(home.settings, home.lang, home.book)
    for problem in problems:
        click.echo(told(problem), err=True)
    return desk.second_opinion(home.book, doorman, advice, case, now=moment())
