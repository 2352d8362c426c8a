"""Words as they are meant: what differs in spelling or gender alone becomes one word.

Who writes `fuer`, `vieleicht`, `would of` or `Entwicklerin` says the same as others do. What is in
a list of common slips is mended by it; what is no word and one slip away from a common one is
taken for that. Names are no slips: they are masked before anybody looks here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from anlass.litmus.lexicon import Lexicon

_COMMON: Final = 2
"""The band up to which a word is common enough that a slip is likelier than another word."""

_SHORTEST, _LONGEST = 5, 20
_MOST_KEPT: Final = 50_000
_LETTERS: Final = "etaoinsrhldcumfpgwybvkxjqzäöü"
_DOTTED: Final = (("ae", "ä"), ("oe", "ö"), ("ue", "ü"))
_FEMININE: Final = ("innen", "in")
_MASCULINE: Final = (
    ("er", ""),
    ("ist", ""),
    ("ent", ""),
    ("ant", ""),
    ("or", ""),
    ("eur", ""),
    ("är", ""),
    ("ekt", ""),
)
_STARRED: Final = (":innen", "*innen", ":in", "*in")


class Meant(dict[str, str]):
    """The word that is meant, by the word as written in lower case; remembers so many and no more."""

    def __init__(self, lexicon: Lexicon, slips: Mapping[str, str], also: Iterable[str] = ()) -> None:
        """`slips` are known ones with their word, `also` further words that are rarely others' slips."""
        super().__init__()
        self.lexicon, self.slips = lexicon, slips
        self.common = frozenset(word for word, band in lexicon.bands.items() if band <= _COMMON) | {*also}
        self._near: dict[str, str] = {}

    def __missing__(self, word: str) -> str:
        found = self._of(word)
        if len(self) < _MOST_KEPT:
            self[word] = found
        return found

    def in_a_row(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The words that are meant, one for each."""
        return tuple(map(self.__getitem__, words))

    def _of(self, word: str) -> str:
        word = _unstarred(word).replace("ß", "ss")
        found = self.slips.get(word)
        if found is not None:
            return found
        word = self._dotted(word)
        return self._masculine(word) or (word if self._is_known(word) else self._mended(word))

    def _is_known(self, word: str) -> bool:
        return (
            word in self.common
            or not _SHORTEST <= len(word) <= _LONGEST
            or not word.isalpha()
            or not word.isascii() and max(word) > "\u00ff"
            or self.lexicon.is_word(word)
        )

    def _dotted(self, word: str) -> str:
        """With umlauts where two letters stand for one; words of which both forms are known stay."""
        for two, one in _DOTTED:
            if two in word and not self._is_common(word):
                dotted = word.replace(two, one)
                if self.lexicon.is_word(dotted):
                    return dotted
        return word

    def _is_common(self, word: str) -> bool:
        return word in self.common

    def _masculine(self, word: str) -> str | None:
        """The word without the ending for women, of those that are made by a rule."""
        for ending in _FEMININE:
            stem = word.removesuffix(ending)
            if stem == word or len(stem) < 4:
                continue
            if stem.endswith(tuple(end for end, _ in _MASCULINE)) and self.lexicon.is_word(stem):
                return stem
        return None

    def _mended(self, word: str) -> str:
        """The commonest word that is one slip away, or the word itself."""
        near = {other for other in _slips_of(word) if other in self.common}
        bands = self.lexicon.bands
        return min(near, key=lambda other: (bands.get(other, _COMMON), other), default=word)


def _unstarred(word: str) -> str:
    for ending in _STARRED:
        if word.endswith(ending):
            return word[: -len(ending)]
    return word


def _slips_of(word: str) -> Iterator[str]:
    """What is meant if one letter is too many, two are turned, one is missing or another one.

    The first letter is hardly ever wrong.
    """
    for at in range(1, len(word)):
        before, after = word[:at], word[at + 1 :]
        yield before + after
        if after:
            yield before + after[0] + word[at] + after[1:]
        for letter in _LETTERS:
            yield before + letter + word[at:]
            yield before + letter + after
    for letter in _LETTERS:
        yield word + letter


def parse_slips(text: str) -> Mapping[str, str]:
    """Read the list of slips: a word, a colon, what is written for it; lines with # are remarks."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            word, _, slips = line.partition(":")
            found.update(dict.fromkeys(slips.split(), word))
    return found
