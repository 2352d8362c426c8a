"""`anlass ledger`: with whom you share what, by evidence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

import click

from anlass.bootstrap import Home, open_home
from anlass.cli.clock import moment
from anlass.cli.options import data_option, json_option
from anlass.cli.plain import plain
from anlass.cli.portrait import print_portrait
from anlass.desk.people.portrait import portrait
from anlass.desk.surface import ledger_line
from anlass.desk.voice.common import Lang
from anlass.desk.voice.refusals import nobody_called
from anlass.errors import NotFound
from anlass.ledger import Tie, TieLevel, says, tie_of
from anlass.people import Person
from anlass.store.book import LedgerLine


@click.command()
@click.argument("person", required=False)
@data_option
@json_option
def ledger(person: str | None, data: str | None, as_json: bool) -> None:
    """Say what you share with PERSON, or with everybody, the closest first.

    PERSON is an address, a name or a part of one. Of a person you see the months, what is missing for
    being in touch, and every letter, message, meeting and card with its date and where it lies.
    """
    home = open_home(data)
    now = moment()
    if as_json:
        for somebody, tie in _ties(home, person, now):
            click.echo(json.dumps(ledger_line(somebody, tie, home.lang)))
        return
    if person is None:
        everybody = [
            f"{plain(somebody.name)}: {plain(says(tie, home.lang))}"
            for somebody, tie in _ties(home, None, now)
        ]
        click.echo("\n".join(everybody) or _nobody(home.lang))
        return
    for number, somebody in enumerate(_named(home, person)):
        if number:
            click.echo()
        print_portrait(portrait(home.book, somebody, now=now.astimezone(), lang=home.lang), home.lang)


def _ties(home: Home, person: str | None, now: datetime) -> Iterator[tuple[Person, Tie]]:
    """Yield everybody with what is shared, the closest first; or those of one name."""
    if person is None:
        lines = sorted(home.book.people(at=now), key=_closest)
        yield from ((line.person, line.tie) for line in lines)
        return
    for somebody in _named(home, person):
        yield somebody, tie_of(home.book.encounters_with(somebody, at=now), at=now)


def _nobody(lang: Lang) -> str:
    from anlass.desk.audit.voice import nothing_read  # noqa: PLC0415 - only a new house needs it

    return nothing_read(lang)


def _named(home: Home, person: str) -> tuple[Person, ...]:
    named = home.book.people_named(person)
    if not named:
        raise NotFound(nobody_called(person, home.lang), hint="`anlass ledger` lists everybody.")
    return named


def _closest(line: LedgerLine) -> tuple[int, float, float, int, str, str]:
    """Order by what can be counted: the level, the tie of today, that of all time, then who wrote most."""
    tie = line.tie
    level = list(TieLevel).index(tie.level)
    written = tie.mails_in + tie.mails_out + tie.messages_in + tie.messages_out
    return -level, -tie.score, -tie.lifetime, -written, line.person.name.casefold(), line.person.id
