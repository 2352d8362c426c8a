"""Make an inbox: a few hundred letters judged by the real doorman, each told again by hundreds of people.

python -m bench.inbox.making FOLDER-OR-ADDRESS CASES
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from anlass.case import Case
from anlass.doorman import Doorman, Evidence
from anlass.intake import Channel, ContactRequest, Requester
from anlass.litmus.shipped import load_panel
from anlass.people import Address, AddressKind, person_at
from anlass.policy import preset
from anlass.replies import shipped_templates
from anlass.store import open_book
from anlass.store.book import Book
from anlass.store.cases.kept import _INSERT, CaseState
from bench.archive.strangers import request_text

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
_PATTERNS, _AT_ONCE = 400, 2_000
_GIVEN = "Anna Bernd Carla Dieter Eva Frank Gisela Hans Ida Jonas Karin Lena Max Nora Otto Paula Rita".split()
_FAMILY = "Ahl Berg Claus Dorn Ecker Fink Grab Holz Immer Jung Kahl Lind Mohr Müller Süß".split()
_TOPICS = [f"{one}{two}" for one in "fähr brief bahn garten turm glas holz stadt" .split()
           for two in "bau plan recht karte führer werkstatt archiv verein schule".split()]  # fmt: skip
_STATES = (CaseState.WAITING, CaseState.ASKED, CaseState.WATCHED, CaseState.DONE)
_SHARES = (2, 6, 12, 80)
_CHANNELS = (Channel.MAIL, Channel.LINKEDIN, Channel.FORM, Channel.XING)


def fill(book: Book, cases: int, *, seed: int = 1) -> None:
    """Write so many cases into an empty book, over ten years, most of them done."""
    dice = Random(seed)
    patterns = tuple(_patterns(dice))
    tables, cases_of = book._tables, book._cases  # noqa: SLF001 - in bulk, as the program itself never writes
    made = (_told_again(dice, dice.choice(patterns), number) for number in range(cases))
    rows: list[tuple[object, ...]] = []
    for case in made:
        row = list(cases_of._row(case, (), NOW))  # noqa: SLF001 - as above
        row[7] = dice.choices(_STATES, _SHARES)[0].value
        rows.append(tuple(row))
        if len(rows) == _AT_ONCE:
            with book.together():
                tables.write_all(_INSERT, rows)
            rows.clear()
    with book.together():
        tables.write_all(_INSERT, rows)
    tables.write("ANALYZE store_case")


def _patterns(dice: Random) -> Iterator[Case]:
    doorman = Doorman(load_panel(), preset("show-me-why"), shipped_templates())
    for number in range(_PATTERNS):
        name = f"{dice.choice(_GIVEN)} {dice.choice(_FAMILY)}"
        subject, text, _ = request_text(dice, dice.choice(("de", "de", "en")), name)
        who = Address(AddressKind.MAIL, f"{number}@firma.example")
        request = ContactRequest(f"p{number}", Channel.MAIL, text, requester=Requester(name, who))
        request = replace(request, subject=subject, arrived=NOW)
        yield doorman.consider(Evidence(request, person_at(who, name), (), NOW))


def _told_again(dice: Random, pattern: Case, number: int) -> Case:
    """Return a letter of somebody else on another day, about something of their own."""
    name = f"{dice.choice(_GIVEN)} {dice.choice(_FAMILY)}"
    who = Address(
        AddressKind.MAIL, f"{name.split()[1].lower()}.{number % 40_000}@firma{number % 700}.example"
    )
    about = " ".join(dice.choices(_TOPICS, k=12))
    request = replace(
        pattern.request,
        id=f"{dice.getrandbits(80):020x}",
        channel=dice.choices(_CHANNELS, (80, 12, 6, 2))[0],
        text=f"{pattern.request.text}\n\n{about}",
        requester=Requester(name, who),
        arrived=NOW - timedelta(seconds=dice.randrange(10 * 365 * 86_400)),
    )
    return replace(pattern, request=request, person=person_at(who, name))


if __name__ == "__main__":
    made = open_book(sys.argv[1])
    fill(made, int(sys.argv[2]))
    made.close()
