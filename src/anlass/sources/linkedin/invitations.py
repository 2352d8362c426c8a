"""Invitations as an export holds them, with the words that came along.

They are requests, not encounters: reading history passes over them. Whoever makes cases
of them finds them here, word for word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from anlass.ledger import UNDATED
from anlass.people import Address, profile_address
from anlass.sources.dates import is_misdated, moment
from anlass.sources.linkedin.files import REQUIRED, Kind, columns
from anlass.sources.tables import Row, Torn, table

_OUTGOING = frozenset({"outgoing", "sent"})
_TEXT = 10_000


@dataclass(frozen=True, slots=True)
class Invitation:
    """One invitation: who asked whom, when (aware, UTC; the export names no zone), in which words.

    `profile` and `name` are the other side's. An answer is not in the export: an
    incoming one without a contact was left open or ignored, and nobody can tell which.
    """

    name: str
    profile: Address | None
    is_incoming: bool
    sent_at: datetime | None
    text: str
    line: int
    own_profile: Address | None = None


def invitations(stream: IO[bytes], now: datetime) -> Iterator[Invitation | Torn]:
    """Yield each invitation of an `Invitations.csv`."""
    for row in table(stream, columns(Kind.INVITATIONS), REQUIRED[Kind.INVITATIONS]):
        yield row if isinstance(row, Torn) else _invitation(row, now)
        if isinstance(row, Row) and is_misdated(row["date"], now):
            yield Torn(row.line, "no_date")


def _invitation(row: Row, now: datetime) -> Invitation:
    is_incoming = row["direction"].casefold() not in _OUTGOING
    profiles = profile_address(row["from_url"]), profile_address(row["to_url"])
    theirs, own = profiles if is_incoming else profiles[::-1]
    sent_at = moment(row["date"], now)
    return Invitation(
        name=row.one_line("from" if is_incoming else "to")[:200],
        profile=theirs,
        is_incoming=is_incoming,
        sent_at=None if sent_at == UNDATED else sent_at,
        text=row["message"][:_TEXT],
        line=row.line,
        own_profile=own,
    )
