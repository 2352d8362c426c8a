"""What one record of a source tells: somebody, and perhaps something that happened with them.

A card in an address book, a row of a network's export, an appointment, a comment: each is a
trace. Sources read traces and judge nothing; whom an address belongs to is for the book to
say, and what counts is for the tie.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from anlass.ledger.encounter import Encounter
from anlass.people import Address


@dataclass(frozen=True, slots=True)
class Trace:
    """A person as one record names them, and the encounters that it proves or claims.

    `name` is as written there; `addresses` are in normal form and may be none, where only a name
    is known. `encounters` carry their own source and how sure they are; a record that says only
    "this is a contact" has none. `place` says where the record lies, with file and row, line or
    entry ("Connections.csv, row 17"). `about` is what it says of the person's work, `since` the
    day on which it says the two became contacts (midnight, in UTC): a click, and no encounter.
    """

    name: str
    addresses: tuple[Address, ...]
    place: str
    encounters: tuple[Encounter, ...] = ()
    about: str = ""
    since: datetime | None = None
