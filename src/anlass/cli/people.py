"""`anlass ledger`: with whom you share what, by evidence."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from anlass.cli.house import House, data_option, json_option, open_house
from anlass.cli.plain import plain
from anlass.desk.surface import ledger_line
from anlass.errors import NotFound
from anlass.ledger import Tie, says, tie_of
from anlass.people import Person


@click.command()
@click.argument("person", required=False)
@data_option
@json_option
def ledger(person: str | None, data: str | None, as_json: bool) -> None:  # noqa: FBT001 - options come by name
    """Say what you share with PERSON, or with everybody.

    PERSON is an address, a name or a part of one.
    """
    house = open_house(data)
    for somebody, tie in _ties(house, person):
        if as_json:
            click.echo(json.dumps(ledger_line(somebody, tie, house.lang)))
        else:
            click.echo(f"{plain(somebody.name)}: {says(tie, house.lang)}")


def _ties(house: House, person: str | None) -> Iterator[tuple[Person, Tie]]:
    if person is None:
        yield from ((line.person, line.tie) for line in house.book.people(at=house.now))
        return
    named = house.book.people_named(person)
    if not named:
        raise NotFound(f"Nobody is known as {person!r}.", hint="`anlass ledger` lists everybody.")
    for somebody in named:
        yield somebody, tie_of(house.book.encounters_with(somebody), at=house.now)
