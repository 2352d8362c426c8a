"""What makes a reading doubtful, however sure the sums are.

Good sentences can be copied, and enough of them outweigh any emptiness in a sum. So a reason that
holds as much emptiness as a hollow letter is none to rely on: what was said well need not be said
by the one who asks. And where most words are in no list, whatever was summed up says little.
"""

from __future__ import annotations

from typing import Final

from anlass.languages import languages
from anlass.litmus.language import NONE
from anlass.litmus.page import Page
from anlass.litmus.reading import Verdict
from anlass.litmus.tally import RARITIES
from anlass.litmus.traits import emptiness_of

_EMPTY: Final = 0.6
"""So many sentences are likely empty, taken together: few good letters reach this, hollow ones do.

`python -m training.padding` measures what it catches; 2 of 100 good letters are no longer sure for it."""

_UNREADABLE: Final = 0.4
"""Share of words that stand in no list; of 270 letters of the corpus none has more than a quarter."""

_WORDS: Final = 8
"""In fewer words than these a share tells nothing."""


def is_doubtful(page: Page, verdict: Verdict) -> bool:
    """Whether a verdict may not be relied on for what stands in the letter."""
    return (
        page.plain.cut
        or not is_relied_on(page.lang)
        or is_unreadable(page)
        or (verdict is Verdict.REASON and holds_emptiness(page))
    )


def is_relied_on(lang: str) -> bool:
    """Whether readings in a language were measured; where nothing is written, nothing can be misread."""
    known = languages()
    return lang == NONE or (known.speaks(lang) and known.of(lang).has("relied_on"))


def holds_emptiness(page: Page) -> bool:
    """Whether a letter says as much that is empty as a hollow one, whatever stands around it."""
    return bool(page.lines) and emptiness_of(page.alone) >= _EMPTY


def is_unreadable(page: Page) -> bool:
    """Whether most of the words are none, as in a text that is written backwards."""
    counts: list[int] = page.sums[1:, RARITIES].sum(0).tolist()
    words = sum(counts)
    return words >= _WORDS and counts[-1] >= _UNREADABLE * words
