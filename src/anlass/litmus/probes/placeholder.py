"""A merge field that was never filled."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from anlass.languages import languages, one_of
from anlass.litmus.page import Mark, Page
from anlass.litmus.plain import Plain
from anlass.litmus.reading import FindingKind, Place

_ALWAYS: Final = (
    r"\{\{[^{}\n]{1,40}\}\}|\$\{[^{}\n]{1,40}\}|\*\|[A-Z_:]{2,30}\|\*|%%?[A-Za-z_]{3,30}%%?|<<[^<>\n]{1,40}>>"
)


@cache
def _field(code: str) -> re.Pattern[str]:
    spoken = languages().of(code)
    fields, blanks, greetings = (one_of(spoken.words(f"placeholders.{name}")) for name in _WORDS)
    return re.compile(
        rf"{_ALWAYS}|\{{(?:{fields})[^{{}}\n]{{0,20}}\}}|\[(?:{blanks})\b[^\[\]\n]{{0,25}}\]"
        rf"|(?:{greetings})\s(?:null|undefined|None|FNAME|NAME)\b",
        re.IGNORECASE,
    )


_WORDS: Final = ("fields", "blanks", "greetings")


def look(page: Page) -> tuple[Mark, ...]:
    """Point at every unfilled field of text and subject."""
    return (*_in(page.plain, Place.TEXT, page.lang), *_in(page.subject, Place.SUBJECT, page.lang))


_SIGN: Final = re.compile(r"[{\[%<|\s](?:(?<!\s)|(?i:null|undefined|none|f?name)\b)")
"""What every field has one of, begun by one set of characters; most letters have none."""


def _in(plain: Plain, place: Place, lang: str) -> tuple[Mark, ...]:
    if _SIGN.search(plain.text) is None:
        return ()
    return tuple(
        Mark(FindingKind.PLACEHOLDER, found.start(), found.end(), place)
        for found in _field(languages().of(lang).code).finditer(plain.text)
    )
