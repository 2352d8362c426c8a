"""Wants something and says that nothing will be given."""

from __future__ import annotations

from typing import Final

from anlass.litmus.page import Mark, Page, likely
from anlass.litmus.reading import FindingKind

_LIKELY: Final = 0.4


def look(page: Page) -> tuple[Mark, ...]:
    """Point at wording that gives nothing, and at sentences that very likely only take."""
    phrases = tuple(Mark(FindingKind.TAKE_ONLY, hit.start, hit.end) for hit in page.found("take_only"))
    return phrases or likely(page, "take_only", FindingKind.TAKE_ONLY, _LIKELY)
