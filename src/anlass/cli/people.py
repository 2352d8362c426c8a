"""`anlass ledger`: with whom you share what, by evidence."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from anlass.bootstrap import Home, open_home
from anlass.cli.clock import moment
from anlass.cli.options import data_option, json_option
from anlass.cli.plain import plain
from anlass.desk.surface import ledger_line
from anlass.errors import NotFound
from anlass.ledger import Tie, says, tie_of
from anlass.people import Person


@click.command()
@click.argument("person", required=False)
@data_option
@json_option
def ledger(person: str | None, data: str | None, as_json: bool) -> None:
    """Say what you share with PERSON, or with everybody.

    PERSON is an address, a name or a part of one.
    """
    home = open_home(data)
    for somebody, tie in _ties(home, person):
        if as_json:
            click.echo(json.dumps(ledger_line(somebody, tie, home.lang)))
        else:
            click.echo(f"{plain(somebody.name)}: {plain(says(tie, home.lang))}")


def _ties(home: Home, person: str | None) -> Iterator[tuple[Person, Tie]]:
    if person is None:
        yield from ((line.person, line.tie) for line in home.book.people(at=moment()))
        return
    named = home.book.people_named(person)
    if not named:
        raise NotFound(f"Nobody is known as {person!r}.", hint="`anlass ledger` lists everybody.")
    now = moment()
    for somebody in named:
        yield somebody, tie_of(home.book.encounters_with(somebody, at=now), at=now)
