"""What is strange about letters, kept for the few of which something is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from anlass.intake import Oddity
from anlass.ledger.letter import Letter
from anlass.store.ground.sql import Tables, insert

_ODD = insert(
    "oddletter",
    "letter oddities",
    key="letter",
    update="oddities",
    where='excluded."oddities" > "store_oddletter"."oddities"',
)
_OF_LETTERS = "SELECT letter, oddities FROM store_oddletter WHERE owner_id = %(owner)s AND letter IN (...)"


def keep_oddities(tables: Tables, letters: Iterable[Letter]) -> None:
    """Write down what is strange about letters; which copy came first does not show."""
    tables.write_all(
        _ODD, ((letter.id, " ".join(sorted(letter.oddities))) for letter in letters if letter.oddities)
    )


def oddities_of(tables: Tables, letters: Iterable[str]) -> Iterator[tuple[str, frozenset[Oddity]]]:
    """Yield the letters about which something is strange, each with what it is."""
    for letter, names in tables.rows_in(_OF_LETTERS, letters):
        yield letter, frozenset(map(Oddity, names.split()))
