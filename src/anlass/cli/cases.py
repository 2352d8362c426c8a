"""`anlass why`: one case, with everything that led to it."""

from __future__ import annotations

import click

from anlass.bootstrap import open_home
from anlass.cli.clock import moment
from anlass.cli.options import data_option
from anlass.cli.sheet import print_sheet
from anlass.desk.inbox import sheet


@click.command()
@click.argument("case")
@data_option
def why(case: str, data: str | None) -> None:
    """Explain CASE: its words, what is shared, the rules tried, the draft.

    CASE is the id that `anlass screen` prints, or its beginning.
    """
    home = open_home(data)
    print_sheet(sheet(home.book, case, now=moment(), lang=home.lang), home.lang)
