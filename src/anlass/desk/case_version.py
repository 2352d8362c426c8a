"""Which version of a case somebody saw, so that two who decide at once do not overrule each other unseen."""

from __future__ import annotations

from anlass.desk.voice import Lang
from anlass.errors import Refused
from anlass.store.book import Book, KeptCase


class Overtaken(Refused):
    """The case is no longer as it was seen."""


def version_of(book: Book, kept: KeptCase) -> str:
    """Return what the version of a case is called: another one after every change of what is seen of it."""
    return book.lists.versions([kept.id])[kept.id]


def unless_overtaken(book: Book, case_id: str, seen: str | None, lang: Lang) -> None:
    """Go on only where the case is the version that was seen; raises `NotFound` and `Overtaken`.

    Call it within a transaction: from then on nobody else decides until that ends. Without a version
    nothing is compared.
    """
    book.answers.alone()
    if seen is not None and version_of(book, book.case(case_id)) != seen:
        raise Overtaken(_SAYS[lang])


_SAYS: dict[Lang, str] = {
    "de": "Inzwischen hat sich an diesem Vorgang etwas geändert. Sieh ihn noch einmal an.",
    "en": "Something about this case has changed meanwhile. Look at it once more.",
}
