"""Address books: vCard files 2.1, 3.0 and 4.0, as Apple, Google, Outlook and others write them.

An entry in an address book is the owner's own note: it says which addresses are one person's, and
nothing about what the two share. Only a note of a swapped card with its day makes an encounter
(`swaps.py`). Reasons for no trace: `group`, `organisation`, `own`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from anlass.intake.message import SetAside
from anlass.ledger.trace import Trace
from anlass.sources.cards.card import Book, trace_of
from anlass.sources.cards.cutting import cut
from anlass.sources.found import Glance
from anlass.sources.reading import whole
from anlass.sources.traces import Bearings, NoTrace, unchanged

_BEGIN = re.compile(rb"(?:\xef\xbb\xbf)?\s*BEGIN[ \t]*:[ \t]*VCARD\b", re.IGNORECASE)
_SIZE = 64 * 1024 * 1024


class Cards:
    """The source of vCard files."""

    name = "cards"
    joins = True

    def knows(self, path: str, beginning: bytes) -> bool:
        """Tell a vCard file by its first line, else by its name."""
        return bool(_BEGIN.match(beginning)) or (
            bool(beginning) and path.lower().endswith((".vcf", ".vcard"))
        )

    def stamp(self, glance: Glance, bearings: Bearings) -> str:
        """Return the stamp: the file's looks, and the country that completes its phone numbers."""
        return f"{unchanged(glance)}|{bearings.region}"

    def read(self, path: str, bearings: Bearings) -> Iterator[Trace | NoTrace | SetAside]:
        """Yield one value for each card of the file."""
        data = whole(path, _SIZE)
        if isinstance(data, SetAside):
            yield data
        else:
            yield from cards_in(data, path, bearings)


def cards_in(data: bytes, path: str, bearings: Bearings) -> Iterator[Trace | NoTrace | SetAside]:
    """Yield one value for each card in these bytes, which lie at `path`, a file or an address on a server."""
    book = Book(path, Cards.name, bearings)
    for piece in cut(data, path):
        yield piece if isinstance(piece, SetAside) else trace_of(piece, book)
