"""XING: tables of contacts as tools and owners keep them; XING itself exports none.

A row is somebody's card in the owner's own hand: a person with addresses, and no
encounter. XING's vCards are cards like any other and are read where cards are; all that
is special about them is the profile, which `people.profile_address` knows. Notes and tags
stay where they are: they are the owner's words, not the person's.

Reasons of a `NoTrace` here: `no_rows`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from anlass.intake.message import SetAside
from anlass.ledger import UNDATED
from anlass.ledger.trace import Trace
from anlass.people import Address, is_relay, mail_address, profile_address
from anlass.sources.dates import is_misdated, moment
from anlass.sources.found import Glance
from anlass.sources.packed import Folder
from anlass.sources.reading import refused
from anlass.sources.tables import Columns, Row, Torn, header_in, named_columns, table
from anlass.sources.told import aside, torn
from anlass.sources.traces import Bearings, NoTrace, unchanged

_TABLES = (".csv", ".tsv", ".txt")
_REQUIRED = frozenset({"last"}), frozenset({"full"})


@cache
def _columns() -> Columns:
    """Return the columns of XING's tables; reads `columns.toml` of this folder once."""
    return named_columns("anlass.sources.xing")["contacts"]


@dataclass(frozen=True, slots=True)
class Xing:
    """Tables of XING contacts; they are the owner's own, so what stands in a row is one person's."""

    name: str = "xing"
    joins: bool = True

    def knows(self, path: str, beginning: bytes) -> bool:
        """Know a table with names in it that speaks of XING, in its own name or in a row."""
        name = os.path.basename(path).casefold()  # noqa: PTH119 - plain strings, see reading.py
        speaks = "xing" in name or b"xing" in beginning.replace(b"\0", b"").lower()
        return (
            name.endswith(_TABLES)
            and speaks
            and any(header_in(beginning, _columns(), required) for required in _REQUIRED)
        )

    def stamp(self, glance: Glance, bearings: Bearings) -> str:
        """Return what tells the file from others."""
        return unchanged(glance)

    def read(self, path: str, bearings: Bearings) -> Iterator[Trace | NoTrace | SetAside]:
        """Yield each contact of the table at `path`."""
        directory, name = os.path.split(path)
        is_empty = True
        try:
            with Folder(directory).open(name) as stream:
                for row in table(stream, _columns(), *_REQUIRED):
                    is_empty = False
                    yield torn(path, row) if isinstance(row, Torn) else _told(row, path, name, bearings)
                    if isinstance(row, Row) and is_misdated(row["since"], bearings.now):
                        yield aside(path, "no_date", row.line)
        except OSError as error:
            yield refused(path, error)
            return
        if is_empty:
            yield NoTrace(name, "no_rows")


def _told(row: Row, path: str, file: str, bearings: Bearings) -> Trace | SetAside:
    name = f"{row.one_line('first')} {row.one_line('last')}".strip() or row.one_line("full")
    addresses = _addresses(row, bearings.owner)
    if not name and not addresses:
        return torn(path, Torn(row.line, "nobody"))
    since = moment(row["since"], bearings.now)
    about = ", ".join(filter(None, map(row.one_line, ("position", "company"))))[:400]
    place = f"{file}, line {row.line}"
    return Trace(name[:200], addresses, place, about=about, since=None if since == UNDATED else since)


def _addresses(row: Row, owner: frozenset[str]) -> tuple[Address, ...]:
    mails = (mail_address(row["mail"]), mail_address(row["own_mail"]))
    found = (profile_address(row["url"]), *(one for one in mails if one and not is_relay(one)))
    return tuple(dict.fromkeys(one for one in found if one is not None and one.value not in owner))
