"""What the owner and one person share, with every number open: pages and command line show the same.

A number opens into its encounters: of a letter its date, subject and the file it lies in, of a meeting where
it was, of a message which network it came through.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from anlass.desk.people.months import Months, months_of
from anlass.desk.people.voice_of_ledger import contact_note, count_says, introduced_by, place_says, turns_say
from anlass.desk.people.voice_of_oddities import odd_says
from anlass.desk.people.voice_of_reckoning import Summand, reckoning
from anlass.desk.voice.common import Lang, day_and_month, encounter_says
from anlass.intake import Origin
from anlass.ledger import UNDATED, Encounter, EncounterKind, Tie, says, tie_of
from anlass.ledger.lacks import lack_of, lack_says, silence_says
from anlass.ledger.tie import silence_of, strength_of, turns_of
from anlass.people import Person
from anlass.store.book import Book
from anlass.store.history.evidence import Opened


@dataclass(frozen=True, slots=True)
class Piece:
    """One encounter as evidence: its day, what happened, a letter's subject, and where it can be opened.

    `odd` says what is strange about a letter, "" where nothing is.
    """

    when: datetime | None
    date: str
    says: str
    subject: str
    source: str
    is_proven: bool
    odd: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the tie and the encounters behind it, newest first; turns are of no one kind."""

    kind: EncounterKind | None
    says: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Portrait:
    """One person: the tie in a sentence, what is missing, how silent it is, and the evidence.

    `lack`, `silence` and `introduced` are "" where there is nothing to say; `notes` is what address
    books and networks say of the person. `months` is `None` where nothing has a date. `reckoning` says
    how the tie's number comes about.
    """

    person: Person
    tie: Tie
    tie_says: str
    lack: str
    silence: str
    introduced: str
    notes: tuple[str, ...]
    months: Months | None
    numbers: tuple[Number, ...]
    reckoning: tuple[Summand, ...]


def portrait(book: Book, person: Person, *, now: datetime, lang: Lang) -> Portrait:
    """Return what is shared with a person as of `now`, which is aware; months are those of its zone."""
    encounters = book.encounters_with(person, at=now)
    opened = book.evidence.letters(_letter(one) for one in encounters if _letter(one))
    tie = tie_of(encounters, at=now)
    notes = (contact_note(one.about, one.since, one.place, lang) for one in book.evidence.notes(person))
    numbers = tuple(_numbers(encounters, opened, person.name, now, lang))
    counts = {one.kind: one.says for one in numbers}
    return Portrait(
        person=person,
        tie=tie,
        tie_says=says(tie, lang),
        lack=lack_says(lack_of(encounters, at=now), lang),
        silence=silence_says(silence_of(encounters, at=now), lang),
        introduced=introduced_by([e.where for e in encounters if _is_introduction(e)], lang),
        notes=tuple(dict.fromkeys(notes)),
        months=months_of(encounters, now=now),
        numbers=numbers,
        reckoning=reckoning(tie, strength_of(encounters, at=now), counts, lang) if encounters else (),
    )


def _numbers(
    encounters: Iterable[Encounter], opened: Mapping[str, Opened], name: str, now: datetime, lang: Lang
) -> Iterable[Number]:
    """Yield a number for every kind of encounter that there is, and one for the turns among them."""
    told = sorted(encounters, key=lambda one: one.when, reverse=True)
    turns = turns_of(told)
    if turns:
        says = turns_say(len(turns), len({one.thread for one in turns}), lang)
        yield Number(None, says, tuple(_pieces(turns, opened, name, now, lang)))
    for kind in EncounterKind:
        own = [one for one in told if one.kind is kind]
        if own:
            says = count_says(kind, len(own), lang)
            yield Number(kind, says, tuple(_pieces(own, opened, name, now, lang)))


def _pieces(
    told: Iterable[Encounter], opened: Mapping[str, Opened], name: str, now: datetime, lang: Lang
) -> Iterable[Piece]:
    return (_piece(one, opened.get(_letter(one), Opened()), name, now, lang) for one in told)


def _piece(one: Encounter, opened: Opened, name: str, now: datetime, lang: Lang) -> Piece:
    when = None if one.when == UNDATED else one.when
    return Piece(
        when,
        day_and_month(when, now, lang),
        encounter_says(one, name, lang),
        opened.subject,
        _place(opened.origin) if opened.origin else "" if _letter(one) else place_says(one.source, lang),
        one.is_proven,
        "".join(odd_says(opened.oddities, lang)),
    )


def _letter(one: Encounter) -> str:
    """Return the id of the letter that is the evidence, "" where it is none."""
    kind, _, letter = one.source.partition(":")
    return letter if kind == "letter" else ""


def _is_introduction(one: Encounter) -> bool:
    return one.kind is EncounterKind.INTRODUCTION and one.is_proven


def _place(origin: Origin) -> str:
    """Say where bytes lie; a name that is no text is shown as far as it is one."""
    path = os.fsencode(origin.path).decode(errors="replace")
    return f"{path}:{origin.offset}" if origin.offset else path
