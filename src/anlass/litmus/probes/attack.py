"""Characters and words meant for the program, not for the person."""

from __future__ import annotations

from anlass.litmus.page import Mark, Page
from anlass.litmus.plain import Plain
from anlass.litmus.reading import FindingKind, Place


def look(page: Page) -> tuple[Mark, ...]:
    """Point at hidden characters, borrowed letters and orders to a machine."""
    orders = tuple(Mark(FindingKind.ATTACK, hit.start, hit.end) for hit in page.found("attack"))
    return (*orders, *_tricks(page.plain, Place.TEXT), *_tricks(page.subject, Place.SUBJECT))


def _tricks(plain: Plain, place: Place) -> tuple[Mark, ...]:
    return tuple(Mark(FindingKind.ATTACK, start, end, place, is_original=True) for start, end in plain.tricks)
