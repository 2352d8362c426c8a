"""Hearing what sources beside mail tell: files of address books, calendars, networks, and own answers.

What a file tells is written in one transaction with its mark, so that a run that is cut off loses
nothing and counts nothing twice. An appointment that the owner accepted by mail is told by that
letter; the same appointment in a calendar is the same encounter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

from anlass.intake import SetAside
from anlass.ledger.trace import Trace
from anlass.sources import Bearings, Beside, Found, NoTrace
from anlass.sources.told import aside
from anlass.store.book import Book

LISTED = 1_000
"""Entries of one file that are set aside each with its place; what is further is said once and counted."""
_AHEAD = timedelta(days=2 * 366)
"""How far ahead accepted appointments are kept: their letter is not read again when they are over."""


@dataclass(slots=True)
class Heard:
    """What came of some records: how many there were, what they told, what could not be read.

    `further` counts what could not be read beyond `LISTED`; the last one listed stands for them.
    """

    entries: int = 0
    encounters: int = 0
    nameless: int = 0
    set_aside: list[SetAside] = field(default_factory=list)
    further: int = 0

    def put_aside(self, one: SetAside) -> None:
        """Take a record that could not be read."""
        if len(self.set_aside) < LISTED:
            self.set_aside.append(one)
        elif len(self.set_aside) == LISTED:
            self.set_aside.append(aside(one.origin.path, "further", one.origin.offset))
        else:
            self.further += 1


def hear(book: Book, beside: Beside, bearings: Bearings, stamp: int) -> Heard:
    """Write down what a file tells, and that it was read."""
    with book.together():
        path = beside.glance.path
        heard = listen(
            book,
            path,
            beside.source.read(path, bearings),
            source=beside.source.name,
            joins=beside.source.joins,
        )
        if not any(one.origin.path == path and one.reason in _NOT_READ for one in heard.set_aside):
            book.mark(path, stamp)
    return heard


_NOT_READ = frozenset({"gone", "no_rights", "unreadable"})


def listen(
    book: Book, place: str, records: Iterable[Trace | NoTrace | SetAside], *, source: str, joins: bool
) -> Heard:
    """Write down what the records of one file, or of one entry on a server, tell together."""
    heard, places = Heard(), _Places()
    told = book.traces.tell(f"{source}:{place}", _traces(records, heard, places), joins=joins)
    heard.entries = places.count + len(heard.set_aside) + heard.further
    heard.encounters, heard.nameless = told.encounters, told.nameless
    return heard


def hear_answer(book: Book, letter: str, found: Found, bearings: Bearings) -> int:
    """Write down the meetings that the owner agreed to in an own letter; return how many."""
    from anlass.intake.appointments import calendars  # noqa: PLC0415 - few letters bring appointments
    from anlass.sources.calendar import meetings_in  # noqa: PLC0415

    ahead = replace(bearings, now=bearings.now + _AHEAD)
    traces = [
        trace
        for data in calendars(found.raw)
        for trace in meetings_in(data, found.origin.path, ahead, is_own_letter=True)
        if isinstance(trace, Trace)
    ]
    return book.traces.tell(f"letter:{letter}", traces).encounters if traces else 0


def hear_refusal(book: Book, writer: str, found: Found, bearings: Bearings) -> None:
    """Write down which meetings a letter of their organiser calls off."""
    from anlass.intake.appointments import calendars  # noqa: PLC0415 - few letters bring appointments
    from anlass.sources.calendar import called_off  # noqa: PLC0415

    ahead = replace(bearings, now=bearings.now + _AHEAD)
    book.traces.call_off(
        meeting for data in calendars(found.raw) for meeting in called_off(data, ahead, writer)
    )


class _Places:
    """Counts records: traces of one record come one after the other, from one place."""

    def __init__(self) -> None:
        self.count = 0
        self._last = ""

    def take(self, place: str) -> None:
        """Count a place that is not the one before."""
        self.count += place != self._last
        self._last = place


def _traces(records: Iterable[Trace | NoTrace | SetAside], heard: Heard, places: _Places) -> Iterator[Trace]:
    for one in records:
        if isinstance(one, SetAside):
            heard.put_aside(one)
            continue
        places.take(one.place)
        if isinstance(one, Trace):
            yield one
