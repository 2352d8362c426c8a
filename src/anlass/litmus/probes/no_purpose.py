"""A contact for the contact's sake."""

from __future__ import annotations

from typing import Final

from anlass.litmus.page import Mark, Page
from anlass.litmus.reading import FindingKind

_SUBSTANCE: Final = 0.4


def look(page: Page) -> tuple[Mark, ...]:
    """Point at wording without a purpose, unless the letter brings something of substance."""
    if any(max(line.does("substance"), line.does("why_you")) > _SUBSTANCE for line in page.lines):
        return ()
    return tuple(Mark(FindingKind.NO_PURPOSE, hit.start, hit.end) for hit in page.found("no_purpose"))
