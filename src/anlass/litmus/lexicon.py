"""How common a word is, and whether it is one at all: the part that needs no corpus.

A request with a matter names things; an empty one gets by with the commonest words.
So the rarity of words tells more about unseen letters than the words themselves. And
what is in no list, is put together from no words and is written large, is a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

RARE = 5
"""The band of words that stand in no list of common ones."""

_COMPOUND = 4
_MOST_KEPT = 50_000


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Common words of a language and of those mixed into it, with their band of rarity (0 to 4), and names.

    Words stand in lower case, with ss for ß. `links` are letters between the parts of a compound; where
    there are none, words are not put together.
    """

    bands: Mapping[str, int] = field(default_factory=dict)
    given: frozenset[str] = frozenset()
    links: tuple[str, ...] = ()
    _kept: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

    def band(self, word: str) -> int:
        """The band of rarity of a word; a compound is known by its head."""
        word = word.replace("ß", "ss")
        found = self.bands.get(word)
        if found is not None:
            return found
        return RARE if self._head(word) is None else _COMPOUND

    def is_word(self, word: str) -> bool:
        """Whether a word is common or put together from common ones; remembers, because words come back."""
        known = self._kept.get(word)
        if known is None:
            known = self._is_word(word.replace("ß", "ss"), 3)
            if len(self._kept) < _MOST_KEPT:
                self._kept[word] = known
        return known

    def _head(self, word: str) -> int | None:
        """Where the head of a compound starts."""
        if self.links and 8 <= len(word) <= 40:
            for start in range(2, len(word) - 3):
                if word[start:] in self.bands:
                    return start
        return None

    def _is_word(self, word: str, parts: int) -> bool:
        if word in self.bands:
            return True
        if parts == 0 or not self.links or not 7 <= len(word) <= 40:
            return False
        return any(
            word[start:] in self.bands and self._begins(word[:start], parts - 1)
            for start in range(3, len(word) - 3)
        )

    def _begins(self, part: str, parts: int) -> bool:
        """Whether a part is a word, perhaps with the letters that link it to the next."""
        if self._is_word(part, parts):
            return True
        return any(
            part.endswith(link) and len(part) - len(link) >= 3 and self._is_word(part[: -len(link)], parts)
            for link in self.links
        )


def parse_lexicon(
    lists: Iterable[str], given: str, *, links: tuple[str, ...] = (), small: Iterable[str] = ()
) -> Lexicon:
    """Read the lists: words in lines under `= band`, names in lines; lines with # are remarks.

    A word of several lists is as common as it is anywhere; `small` are words no list of words holds.
    """
    found = [_by_band(words) for words in lists]
    bands: dict[str, int] = {}
    for band in range(RARE, -1, -1):  # what is common anywhere comes last and stays
        for rows in found:
            bands.update(dict.fromkeys(rows.get(band, ()), band))
    return Lexicon({**bands, **dict.fromkeys(small, 0)}, frozenset("\n".join(_lines(given)).split()), links)


def _by_band(words: str) -> dict[int, list[str]]:
    parts = "\n".join(_lines(words)).split("= ")[1:]
    return dict(enumerate(part.split()[1:] for part in parts))


def _lines(text: str) -> Iterable[str]:
    return (line for line in text.splitlines() if not line.startswith("#"))
