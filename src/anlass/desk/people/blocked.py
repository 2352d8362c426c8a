"""Who is blocked, for whoever is about to write to somebody, or to do something for them."""

from __future__ import annotations

from anlass.errors import Refused
from anlass.people import Address, Person, person_id
from anlass.store.book import Book


def is_blocked(book: Book, address: Address | None) -> bool:
    """Tell whether the owner blocked whoever has this address."""
    return address is not None and person_id(address) in book.blocks.addresses()


def refuse_blocked(book: Book, person: Person) -> None:
    """Raise `Refused` for whoever is blocked: nothing is done for them before the block ends."""
    if book.blocks.holds(person):
        raise Refused("You blocked this person.", hint="`anlass block lift PERSON` ends that.")
