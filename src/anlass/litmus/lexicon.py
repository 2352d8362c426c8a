"""How common a word is, and what it is near to in meaning: the part that needs no corpus.

A request with a matter names things; an empty one gets by with the commonest words.
So the rarity of words tells more about unseen letters than the words themselves, and
words never met in training still have neighbours of which some were.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

RARE = 5
"""The band of words that stand in no list of common ones."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Common words of German and English: band of rarity (0 to 4) and group of meaning."""

    entries: Mapping[str, tuple[int, int]]

    def look(self, word: str) -> tuple[int, int]:
        """Band and group of a word; a German compound is known by its head, -1 is no group."""
        entry = self.entries.get(word)
        if entry is not None:
            return entry
        if 8 <= len(word) <= 40:
            for start in range(2, len(word) - 3):
                head = self.entries.get(word[start:])
                if head is not None:
                    return max(4, head[0]), head[1]
        return RARE, -1


def parse_lexicon(text: str) -> Lexicon:
    """Read the lexicon: a word, its band and its group a line; lines with # are remarks."""
    entries: dict[str, tuple[int, int]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            word, band, group = line.split("\t")
            entries[word] = (int(band), int(group))
    return Lexicon(entries)
