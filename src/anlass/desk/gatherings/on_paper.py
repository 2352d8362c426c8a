"""What of a hosted event is hung up, handed out and shown."""

from __future__ import annotations

from anlass.desk.gatherings.hosting import code_of, start_of
from anlass.desk.voice.gatherings import refused
from anlass.outreach import handouts
from anlass.outreach.hosting import Hosting
from anlass.store.book import Book


def printed(book: Book, hosting: Hosting, what: str) -> bytes:
    """Return what is printed or shown, one of `PRINTS`, as PDF.

    Raises `Refused` where paper would lead to pages that nobody can reach.
    """
    if what == "slide":
        return handouts.slide(hosting, code_of(book, hosting))
    if not hosting.address:
        raise refused("nowhere to lead")
    if what == "poster":
        return handouts.poster(hosting, start_of(hosting))
    return handouts.badges(hosting, book.hosting.people(hosting.id), start_of(hosting))
