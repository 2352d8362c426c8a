"""The address book that the owner once gave to LinkedIn: notes of the owner's own, and no connections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from anlass.ledger.trace import Trace
from anlass.people import Address, is_relay, mail_address, profile_address
from anlass.sources.addresses import phone_address
from anlass.sources.linkedin.connections import Place
from anlass.sources.linkedin.files import REQUIRED, Kind, columns
from anlass.sources.tables import Row, Torn, table
from anlass.sources.traces import Bearings, NoTrace

_BETWEEN = re.compile(r"[,;\s]+")
_NUMBERS = re.compile(r"[,;]+")
_SEVERAL = 20
"""Addresses of one kind that a row may hold."""


def contacts(stream: IO[bytes], place: Place, bearings: Bearings) -> Iterator[Trace | NoTrace | Torn]:
    """Yield each entry: a person with addresses, never an encounter, and no click either."""
    for row in table(stream, columns(Kind.CONTACTS), REQUIRED[Kind.CONTACTS]):
        yield row if isinstance(row, Torn) else _entry(row, place, bearings)


def _entry(row: Row, place: Place, bearings: Bearings) -> Trace | NoTrace | Torn:
    name = f"{row.one_line('first')} {row.one_line('last')}".strip() or row.one_line("full")
    addresses = tuple(dict.fromkeys(_addresses(row, bearings.region)))
    if any(one.value in bearings.owner for one in addresses):
        return NoTrace(place.line(row.line), "own")
    if not name and not addresses:
        return Torn(row.line, "nobody")
    about = ", ".join(filter(None, map(row.one_line, ("position", "company"))))[:400]
    return Trace(name[:200], addresses, place.line(row.line), about=about)


def _addresses(row: Row, region: str) -> Iterator[Address]:
    """Yield what the row names, mail first; the network's own addresses belong to nobody."""
    mails = [mail_address(one) for one in _BETWEEN.split(row["mails"])[:_SEVERAL] if one]
    yield from (one for one in mails if one is not None and not is_relay(one))
    profiles = [profile_address(one) for one in _BETWEEN.split(row["url"])[:_SEVERAL] if one]
    yield from (one for one in profiles if one is not None)
    phones = [phone_address(one, region) for one in _NUMBERS.split(row["phones"])[:_SEVERAL] if one]
    yield from (one for one in phones if one is not None)
