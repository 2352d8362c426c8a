"""A merge field that was never filled."""

from __future__ import annotations

import re
from typing import Final

from anlass.litmus.page import Mark, Page
from anlass.litmus.plain import Plain
from anlass.litmus.reading import FindingKind, Place

_FIELD: Final = re.compile(
    r"\{\{[^{}\n]{1,40}\}\}|\$\{[^{}\n]{1,40}\}|\*\|[A-Z_:]{2,30}\|\*|%%?[A-Za-z_]{3,30}%%?|<<[^<>\n]{1,40}>>"
    r"|\{(?:first|last|company|name|vorname|nachname|firma|anrede)[^{}\n]{0,20}\}"
    r"|\[(?:first|last|your|company|name|vorname|nachname|firma|anrede|insert|thema|topic|titel)\b[^\[\]\n]{0,25}\]"
    r"|(?:Hi|Hello|Dear|Hallo|Liebe[r]?)\s(?:null|undefined|None|FNAME|NAME)\b",
    re.IGNORECASE,
)


def look(page: Page) -> tuple[Mark, ...]:
    """Point at every unfilled field of text and subject."""
    return (*_in(page.plain, Place.TEXT), *_in(page.subject, Place.SUBJECT))


_SIGNS: Final = ("{", "[", "%", "<", "|", "null", "undefined", "none", "name")
"""What every field has one of; most letters have none."""


def _in(plain: Plain, place: Place) -> tuple[Mark, ...]:
    lower = plain.text.lower()
    if not any(sign in lower for sign in _SIGNS):
        return ()
    return tuple(
        Mark(FindingKind.PLACEHOLDER, found.start(), found.end(), place)
        for found in _FIELD.finditer(plain.text)
    )
