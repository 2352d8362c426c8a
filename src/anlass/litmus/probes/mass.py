"""Traces of a letter to many."""

from __future__ import annotations

from anlass.intake import Mark as Noticed
from anlass.litmus.page import Mark, Page
from anlass.litmus.reading import FindingKind


def look(page: Page) -> tuple[Mark, ...]:
    """Point at forms of address to nobody in particular; at the greeting where headers told of a mailing."""
    phrases = tuple(Mark(FindingKind.MASS, hit.start, hit.end) for hit in page.found("mass"))
    if phrases or Noticed.MASS_OUTREACH not in page.request.marks or not page.lines:
        return phrases
    first = page.lines[0].sentence
    return (Mark(FindingKind.MASS, first.start, first.end),)
