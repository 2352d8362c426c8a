"""Who is blocked, for whoever is about to write to somebody."""

from __future__ import annotations

from anlass.people import Address, person_id
from anlass.store.book import Book


def is_blocked(book: Book, address: Address | None) -> bool:
    """Tell whether the owner blocked whoever has this address."""
    return address is not None and person_id(address) in book.blocks.addresses()
