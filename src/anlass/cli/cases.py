"""`anlass why`: one case, with everything that led to it."""

from __future__ import annotations

import click

from anlass.cli.house import data_option, open_house
from anlass.cli.sheet import print_sheet
from anlass.desk.inbox import sheet


@click.command()
@click.argument("case")
@data_option
def why(case: str, data: str | None) -> None:
    """Explain CASE: its words, what is shared, the rules tried, the draft.

    CASE is the id that `anlass screen` prints, or its beginning.
    """
    house = open_house(data)
    print_sheet(sheet(house.book, case, now=house.now, lang=house.lang), house.lang)
