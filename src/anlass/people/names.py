"""Names compared: in any order, with titles, initials, short forms and letters written otherwise.

A name says little: this module tells how two names may be one person's, and never that they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache

_WORDS = re.compile(r"\w+")
_TITLES = frozenset(
    "dr prof professor med phil jur ing dipl mag msc bsc phd mba herr frau mr mrs ms jr sr".split()
)
_SMALL = frozenset("von vom zu zur zum van de der den del della da di du la le und and geb nee".split())
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae"})
_BARE = str.maketrans({"ß": "ss", "ø": "o", "å": "a", "æ": "ae"})
_MOST = 6
"""Words of a name that are compared; strangers may write longer ones."""


class Likeness(IntEnum):
    """How two names may be one person's: the higher, the less that says."""

    SAME = 0
    SPELLING = 1
    """The same words, letters written otherwise ("Müller", "Mueller")."""
    LONGER = 2
    """One has all words of the other, and more ("Eva Sülzer", "Eva Sülzer-Falk")."""
    SHORT_FORM = 3
    """One goes by a short form ("Hans Falk", "Johannes Falk")."""
    INITIAL = 4
    """One has an initial where the other has a word ("K. Falk", "Kai Falk")."""
    GIVEN = 5
    """The given name alone: another family name, as after a marriage."""


@dataclass(frozen=True, slots=True)
class ShortForms:
    """Which given names are short for which; `groups` leads from a word to the numbers of its groups."""

    groups: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def are(self, one: str, other: str) -> bool:
        """Tell whether two words stand for one given name."""
        return not self.groups.get(one, frozenset()).isdisjoint(self.groups.get(other, frozenset()))


def short_forms(groups: Iterable[str]) -> ShortForms:
    """Return the short forms that lines such as "johannes hans hannes" tell; a word may stand in several."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate(groups):
        for word in name_words(line):
            found.setdefault(word, set()).add(number)
    return ShortForms({word: frozenset(numbers) for word, numbers in found.items()})


def name_words(name: str) -> list[str]:
    """Return the words of a name in plain small letters, umlauts written out, without titles."""
    return _plain(name.casefold().translate(_LETTERS))


@lru_cache(maxsize=1 << 17)
def told_words(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of a name in the order spoken, each in the spellings it may have.

    "Müller, Dr. Jörg" gives ("joerg", "jorg"), ("mueller", "muller"). Small words such as "von" are left out.
    """
    family, comma, given = name.partition(",")
    spoken = f"{given} {family}" if comma else name
    written, bare = name_words(spoken), _plain(spoken.casefold().translate(_BARE))
    if len(written) != len(bare):
        bare = written
    pairs = zip(written, bare, strict=True)
    told = [tuple(dict.fromkeys(pair)) for pair in pairs if pair[0] not in _SMALL and not pair[0].isdigit()]
    return tuple(told[:_MOST])


def spelling(name: str) -> tuple[str, ...]:
    """Return the words of a name, umlauts written out, as an address would spell them."""
    return tuple(spellings[0] for spellings in told_words(name))


def likeness(one: str, other: str, forms: ShortForms) -> Likeness | None:
    """Return how two names may be one person's, or `None` where they are those of different people.

    Of a name in one word nothing but the given name can be told.
    """
    first, second = sorted((told_words(one), told_words(other)), key=len)
    if not first:
        return None
    given = Likeness.GIVEN if len(first[0][0]) > 1 and _is_one(first[0], second[0]) else None
    if len(first) < 2:
        return given
    steps: list[Likeness] = []
    left = list(second)
    for word in sorted(first, key=lambda spelt: -len(spelt[0])):
        place, step = min(
            ((place, _step(word, place, forms)) for place in left),
            key=lambda found: found[1],
            default=((), 9),
        )
        if step >= Likeness.GIVEN:
            return given
        left.remove(place)
        steps.append(Likeness(step))
    if all(step > Likeness.SPELLING for step in steps):
        return given
    return max((*steps, Likeness.LONGER)) if left else max(steps)


def _step(word: tuple[str, ...], other: tuple[str, ...], forms: ShortForms) -> int:
    """Return how one word may be another; 9 where it cannot."""
    if word == other:
        return Likeness.SAME
    if _is_one(word, other):
        return Likeness.SPELLING
    if any(forms.are(one, two) for one in word for two in other):
        return Likeness.SHORT_FORM
    is_initial = min(len(word[0]), len(other[0])) == 1 and word[0][0] == other[0][0]
    return Likeness.INITIAL if is_initial else 9


def _is_one(word: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two words are one in some spelling of theirs."""
    return not set(word).isdisjoint(other)


def _plain(folded: str) -> list[str]:
    bare = folded
    if not folded.isascii():
        bare = "".join(ch for ch in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(ch))
    return [word for word in _WORDS.findall(bare) if word not in _TITLES]
