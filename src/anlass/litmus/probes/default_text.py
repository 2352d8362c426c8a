"""The text a network writes when nobody wrote one."""

from __future__ import annotations

from typing import Final

from anlass.litmus.page import Mark, Page
from anlass.litmus.reading import FindingKind

_OWN_WORDS: Final = 12
"""More words than these beside the network's text are somebody's own."""


def look(page: Page) -> tuple[Mark, ...]:
    """Point at a network's own wording where there is hardly anything else."""
    hits = page.found("default_text")
    words = sum(form.isalpha() for line in page.lines for form in line.words.forms) if hits else 0
    if not hits or words > _OWN_WORDS + sum(len(page.plain.text[h.start : h.end].split()) for h in hits):
        return ()
    return tuple(Mark(FindingKind.DEFAULT_TEXT, hit.start, hit.end) for hit in hits)
