"""Tables of contacts that people and their programs keep: a name, an address, a number in a row.

They are the owner's own, as an address book is: a person with addresses, and no encounter.
Columns are known by name, in four languages (`columns.toml`); where a table speaks of a network,
that network's own source reads it. Notes stay where they are: they are the owner's words.

Reasons of a `NoTrace` here: `own`, `no_rows`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from anlass.intake.message import SetAside
from anlass.ledger import UNDATED
from anlass.ledger.trace import Trace
from anlass.people import Address, is_relay, mail_address
from anlass.sources.addresses import page_address, phone_address
from anlass.sources.dates import is_misdated, moment
from anlass.sources.found import Glance
from anlass.sources.packed import Folder
from anlass.sources.reading import refused
from anlass.sources.tables import Columns, Row, Torn, header_in, named_columns, table
from anlass.sources.told import aside, torn
from anlass.sources.traces import Bearings, NoTrace, unchanged

_TABLES = (".csv", ".tsv", ".tab")
_REQUIRED = tuple(
    frozenset({name, way})
    for name in ("full", "first", "last")
    for way in ("mail", "mail2", "phone", "mobile", "home")
)
"""A table without a name and a way to reach somebody is a table of something else."""
_BETWEEN = re.compile(r"[,;\s]+|:::")
_NUMBERS = re.compile(r"[,;]|:::")
_SEVERAL = 20
"""Addresses that one cell may hold."""


@cache
def _columns() -> Columns:
    """Return the columns of such tables; reads `columns.toml` of this folder once."""
    return named_columns("anlass.sources.contacts")["contacts"]


@dataclass(frozen=True, slots=True)
class ContactTables:
    """Tables of contacts; they are the owner's own, so what stands in a row is one person's."""

    name: str = "table"
    joins: bool = True

    def knows(self, path: str, beginning: bytes) -> bool:
        """Know a table with a name and a way to reach somebody among its columns."""
        return path.casefold().endswith(_TABLES) and any(
            header_in(beginning, _columns(), required) for required in _REQUIRED
        )

    def stamp(self, glance: Glance, bearings: Bearings) -> str:
        """Return the stamp: the file's looks, and the country that completes its phone numbers."""
        return f"{unchanged(glance)}|{bearings.region}"

    def read(self, path: str, bearings: Bearings) -> Iterator[Trace | NoTrace | SetAside]:
        """Yield each contact of the table at `path`."""
        directory, name = os.path.split(path)
        is_empty = True
        try:
            with Folder(directory).open(name) as stream:
                for row in table(stream, _columns(), *_REQUIRED):
                    is_empty = False
                    if isinstance(row, Torn):
                        yield torn(path, row)
                    else:
                        yield from _told(row, path, name, bearings)
        except OSError as error:
            yield refused(path, error)
            return
        if is_empty:
            yield NoTrace(name, "no_rows")


def _told(row: Row, path: str, file: str, bearings: Bearings) -> Iterator[Trace | NoTrace | SetAside]:
    """Yield the person in a row, and what of the row could not be read."""
    name, place = _name(row), f"{file}, line {row.line}"
    addresses = tuple(dict.fromkeys(_addresses(row, bearings.region)))
    if any(one.value in bearings.owner for one in addresses):
        yield NoTrace(place, "own")
        return
    if not name and not addresses:
        yield aside(path, "nobody", row.line)
        return
    since = moment(row["since"], bearings.now)
    about = ", ".join(filter(None, map(row.one_line, ("position", "company"))))[:400]
    yield Trace(name, addresses, place, about=about, since=None if since == UNDATED else since)
    if is_misdated(row["since"], bearings.now):
        yield aside(path, "no_date", row.line)
    if any(row[one] for one in _MAILS) and not any(mail_address(one) for one in _mails(row)):
        yield aside(path, "no_address", row.line)


def _name(row: Row) -> str:
    """Return the name: "Name" is all of it where it stands alone, beside a first name it is the last."""
    first, last, full = map(row.one_line, ("first", "last", "full"))
    if not last and full != first and first.casefold() not in full.casefold().split():
        last = full
    told = f"{first} {last}" if last else full or first
    return " ".join(told.split())[:200]


_MAILS = ("mail", "mail2")


def _mails(row: Row) -> Iterator[str]:
    for column in _MAILS:
        yield from [one for one in _BETWEEN.split(row[column]) if one][:_SEVERAL]


def _addresses(row: Row, region: str) -> Iterator[Address]:
    """Yield what the row names, mail first; the networks' own addresses belong to nobody."""
    mails = map(mail_address, _mails(row))
    yield from (one for one in mails if one is not None and not is_relay(one))
    page = page_address(row["url"]) if row["url"] else None
    if page is not None:
        yield page
    for column in ("phone", "mobile", "home"):
        numbers = [phone_address(one, region) for one in _NUMBERS.split(row[column])[:_SEVERAL] if one]
        yield from (one for one in numbers if one is not None)
