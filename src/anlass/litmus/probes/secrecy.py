"""Content withheld until the call."""

from __future__ import annotations

from typing import Final

from anlass.litmus.page import Mark, Page, likely
from anlass.litmus.reading import FindingKind

_LIKELY: Final = 0.5


def look(page: Page) -> tuple[Mark, ...]:
    """Point at known wording, and at sentences that very likely do this in their own words."""
    phrases = tuple(Mark(FindingKind.SECRECY, hit.start, hit.end) for hit in page.found("secrecy"))
    told = {hit.line for hit in page.found("secrecy")}
    others = likely(page, "secrecy", FindingKind.SECRECY, _LIKELY)
    starts = {page.lines[index].sentence.start for index in told}
    return phrases + tuple(mark for mark in others if mark.start not in starts)
