"""Contacts on LinkedIn: names, profiles, sometimes an address, and the day of the click."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from anlass.ledger import UNDATED
from anlass.ledger.trace import Trace
from anlass.people import Address, is_relay, mail_address, profile_address
from anlass.sources.dates import is_misdated, moment
from anlass.sources.linkedin.files import REQUIRED, Kind, columns
from anlass.sources.tables import Row, Torn, table
from anlass.sources.traces import Bearings, NoTrace


@dataclass(frozen=True, slots=True)
class Place:
    """A file within an export: how its rows are named as evidence, and where it lies."""

    name: str
    path: str

    def line(self, number: int) -> str:
        """Return the name of the row that begins in this line."""
        return f"{self.name}, line {number}"


def connections(stream: IO[bytes], place: Place, bearings: Bearings) -> Iterator[Trace | NoTrace | Torn]:
    """Yield each contact; what is hidden shows a date alone and is nobody.

    A day that cannot be read is named after the contact, who is there all the same.
    """
    for row in table(stream, columns(Kind.CONNECTIONS), REQUIRED[Kind.CONNECTIONS]):
        yield row if isinstance(row, Torn) else _contact(row, place, bearings)
        if isinstance(row, Row) and is_misdated(row["on"], bearings.now):
            yield Torn(row.line, "no_date")


def _contact(row: Row, place: Place, bearings: Bearings) -> Trace | NoTrace | Torn:
    name = f"{row.one_line('first')} {row.one_line('last')}".strip()[:200]
    addresses = _addresses(row, bearings.owner)
    since = moment(row["on"], bearings.now)
    if not name and not addresses:
        return NoTrace(place.line(row.line), "hidden") if row["on"] else Torn(row.line, "nobody")
    about = ", ".join(filter(None, map(row.one_line, ("position", "company"))))[:400]
    return Trace(
        name, addresses, place.line(row.line), about=about, since=None if since == UNDATED else since
    )


def _addresses(row: Row, owner: frozenset[str]) -> tuple[Address, ...]:
    """Return the profile and the address that a row shows, never one that is not the person's own."""
    mail = mail_address(row["mail"])
    found = (profile_address(row["url"]), None if mail is None or is_relay(mail) else mail)
    return tuple(one for one in found if one is not None and one.value not in owner)
