"""Words as they are meant: what differs in spelling or gender alone becomes one word.

Who writes `fuer`, `vieleicht`, `would of` or `Entwicklerin` says the same as others do. What is in
a list of common slips is mended by it; what is no word and one slip away from a common one is
taken for that. Names are no slips: they are masked before anybody looks here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Final

from anlass.languages import Language
from anlass.litmus.lexicon import Lexicon

_COMMON: Final = 1
"""The band up to which a word is common enough that a slip is likelier than another word."""

_RARE: Final = 4
_SHORTEST, _LONGEST = 5, 20
_MIDDLING, _LONG = 6, 7
"""Shorter words have too many neighbours that are words as well: heron, melken, stent."""

_MOST_KEPT: Final = 50_000
_PLAIN: Final = str.maketrans("àâäçéèêëîïôöùûü", "aaaceeeeiioouuu")


class Meant(dict[str, str]):
    """The word that is meant, by the word as written in lower case; remembers so many and no more."""

    def __init__(
        self, spoken: Language, lexicon: Lexicon, slips: Mapping[str, str], also: Iterable[str] = ()
    ) -> None:
        """`slips` are known ones with their word, `also` further words that are rarely others' slips."""
        super().__init__()
        self.lexicon = lexicon
        self.slips = {**(_without_accents(lexicon) if spoken.has("accents") else {}), **slips}
        self.letters = "".join(dict.fromkeys("".join(spoken.words("slips.letters"))))
        self.same, self.dotted = _pairs(spoken.words("slips.same")), _pairs(spoken.words("slips.dotted"))
        self.feminine, self.masculine = spoken.words("slips.feminine"), spoken.words("slips.masculine")
        self.starred = spoken.words("slips.starred")
        self.words = frozenset(lexicon.bands) | {*also}
        self.common = frozenset(word for word, band in lexicon.bands.items() if band <= _COMMON) | {*also}

    def __missing__(self, word: str) -> str:
        found = self._of(word)
        if len(self) < _MOST_KEPT:
            self[word] = found
        return found

    def _of(self, word: str) -> str:
        word = self._unstarred(word)
        for written, meant in self.same:
            word = word.replace(written, meant)
        found = self.slips.get(word)
        if found is not None:
            return found
        if not _SHORTEST <= len(word) <= _LONGEST or not word.isalpha() or max(word) > "\u00ff":
            return word
        word = self._dotted(word)
        masculine = self._masculine(word)
        if masculine or word in self.words:
            return masculine or word
        return self._mended(word)

    def _dotted(self, word: str) -> str:
        """With the umlauts that a keyboard lacked, where that makes a far commoner word."""
        found, band = word, self._band(word)
        for two, one in self.dotted:
            for plain in (two, two[0]):
                dotted = word.replace(plain, one, 1)
                if dotted != word and self._band(dotted) + (len(plain) == 1) < band:
                    found, band = dotted, self._band(dotted)
        if found is word and band > _RARE and any(two in word for two, _ in self.dotted):
            return self._dotted_compound(word)
        return found

    def _dotted_compound(self, word: str) -> str:
        for two, one in self.dotted:
            dotted = word.replace(two, one)
            if dotted != word and self.lexicon.is_word(dotted) and not self.lexicon.is_word(word):
                word = dotted
        return word

    def _band(self, word: str) -> int:
        return self.lexicon.bands.get(word, _RARE + 1)

    def _masculine(self, word: str) -> str | None:
        """The word without the ending for women, of those that are made by a rule."""
        for ending in self.feminine:
            stem = word.removesuffix(ending)
            if (
                stem != word
                and len(stem) >= 4
                and stem.endswith(self.masculine)
                and self.lexicon.is_word(stem)
            ):
                return stem
        return None

    def _mended(self, word: str) -> str:
        """The commonest word one slip away, for the likeliest kind of slip; or the word itself."""
        if len(word) < _MIDDLING:
            return word
        for kind in (_doubled, _turned):
            found = self._commonest(kind(word), self.words)
            if found:
                return found
        if len(word) < _LONG or self.lexicon.is_word(word):
            return word
        for kind in (partial(_missing, letters=self.letters), _spare, partial(_wrong, letters=self.letters)):
            found = self._commonest(kind(word), self.common)
            if found:
                return found
        return word

    def _unstarred(self, word: str) -> str:
        for ending in self.starred:
            if word.endswith(ending):
                return word[: -len(ending)]
        return word

    def _commonest(self, near: Iterable[str], known: frozenset[str]) -> str:
        return min((w for w in near if w in known), key=lambda w: (self._band(w), w), default="")


def _pairs(lines: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """What is written for what, a pair a line."""
    return tuple((two, one) for two, _, one in (line.partition(" ") for line in lines))


def _without_accents(lexicon: Lexicon) -> dict[str, str]:
    """Words as they are written without their accents, where that makes no word as common."""
    found: dict[str, str] = {}
    bands = lexicon.bands
    for word, band in bands.items():
        plain = word.translate(_PLAIN)
        if (
            plain != word
            and bands.get(plain, _RARE + 1) > band
            and band < bands.get(found.get(plain, ""), _RARE + 1)
        ):
            found[plain] = word
    return found


def _doubled(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(1, len(word)) if word[at] == word[at - 1])


def _turned(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(1, len(word) - 1))


def _missing(word: str, letters: str) -> Iterator[str]:
    return (word[:at] + one + word[at:] for at in range(1, len(word) + 1) for one in letters)


def _spare(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(1, len(word)))


def _wrong(word: str, letters: str) -> Iterator[str]:
    return (word[:at] + one + word[at + 1 :] for at in range(1, len(word)) for one in letters)


def parse_slips(text: str) -> Mapping[str, str]:
    """Read the list of slips: a word, a colon, what is written for it; lines with # are remarks."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            word, _, slips = line.partition(":")
            found.update(dict.fromkeys(slips.split(), word))
    return found
