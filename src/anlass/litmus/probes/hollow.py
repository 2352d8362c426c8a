"""Stock phrases without content."""

from __future__ import annotations

from typing import Final

from anlass.litmus.page import Mark, Page, likely
from anlass.litmus.reading import FindingKind

_LIKELY: Final = 0.6


def look(page: Page) -> tuple[Mark, ...]:
    """Point at known wording, and at sentences that very likely do this in their own words."""
    phrases = tuple(Mark(FindingKind.HOLLOW, hit.start, hit.end) for hit in page.found("hollow"))
    told = {hit.line for hit in page.found("hollow")}
    others = likely(page, "hollow", FindingKind.HOLLOW, _LIKELY)
    starts = {page.lines[index].sentence.start for index in told}
    return phrases + tuple(mark for mark in others if mark.start not in starts)
