"""A detail about the receiver that a machine could have pasted in."""

from __future__ import annotations

from typing import Final

from anlass.litmus.page import Mark, Page, likely
from anlass.litmus.reading import FindingKind

_LIKELY: Final = 0.4


def look(page: Page) -> tuple[Mark, ...]:
    """Point at sentences that very likely carry a pasted detail."""
    return likely(page, "merged", FindingKind.MERGED, _LIKELY)
