"""A way to unsubscribe: letters between people have none."""

from __future__ import annotations

from anlass.litmus.page import Mark, Page
from anlass.litmus.reading import FindingKind


def look(page: Page) -> tuple[Mark, ...]:
    """Point at wording by which one leaves a mailing, in the second half of a letter."""
    middle = len(page.plain.text) / 2
    return tuple(
        Mark(FindingKind.OPTOUT, hit.start, hit.end) for hit in page.found("optout") if hit.start >= middle
    )
