"""What the owner prefers of the pages and of keeping, and what those who help may do.

A language, how long cases that are done stay, whether assistants let letters go. They stand in the memory and
not in anlass.toml, so that they can be chosen on a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from anlass.store.book import Book

LANGUAGES = ("", "de", "en")
"""The languages of the pages; "" is that of the browser."""
YEARS = (0, 1, 2, 3, 5, 10)
"""Years that a case stays after it is done; 0 is for ever."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the owner chose."""

    language: str = ""
    keep_years: int = 0
    assistants_send: bool = False
    """Whether those who help may let letters go; where they may not, they prepare them."""


def preferences(book: Book) -> Preferences:
    """Return what the owner chose; what is no choice (any more) counts as none."""
    kept = book.settings()
    language, years = kept.get("language", ""), kept.get("keep_years", 0)
    return Preferences(
        language if isinstance(language, str) and language in LANGUAGES else "",
        years if isinstance(years, int) and years in YEARS else 0,
        kept.get("assistants_send") is True,
    )


def prefer(book: Book, wanted: Preferences, *, now: datetime) -> Preferences:
    """Keep what the owner chooses, and return what held before; what is no choice changes nothing."""
    before = preferences(book)
    language = wanted.language if wanted.language in LANGUAGES else before.language
    years = wanted.keep_years if wanted.keep_years in YEARS else before.keep_years
    with book.together():
        chosen = {"language": language, "keep_years": years, "assistants_send": wanted.assistants_send}
        book.set_settings({**book.settings(), **chosen})
        if wanted.assistants_send != before.assistants_send:
            book.note("assistants_send", content={"may": wanted.assistants_send}, now=now)
        if years != before.keep_years:
            book.note("retention", content={"years": years, "before": before.keep_years}, now=now)
    return before
