"""What was to be told to programs, as it lies in the memory: nothing of the house lists it."""

from __future__ import annotations

from anlass.store.book import Book
from anlass.store.ground.mapping import moment, read
from anlass.store.programs.webhooks import Delivery, DeliveryState, Told


def deliveries(book: Book, hook: str) -> tuple[Delivery, ...]:
    """Return what was to be told to a webhook, the newest first."""
    rows = book._tables.rows(
        "SELECT id, hook, state, made_at, wait_from, tries, says, content FROM store_delivery"
        " WHERE owner_id = %(owner)s AND hook = %(hook)s ORDER BY made_at DESC, id DESC",
        hook=hook,
    )
    return tuple(
        Delivery(
            id_, whose, DeliveryState(state), moment(made), moment(due), tries, says, read(Told, content)
        )
        for id_, whose, state, made, due, tries, says, content in rows
    )
