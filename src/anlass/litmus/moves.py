"""What a sentence does: the probability of every move, read in its place.

The observations on a sentence are named so that the weights can be read: `w:` a stem,
`b:` two in a row, `c:` four letters of a word, `z:` rarity.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from anlass.litmus.lexicon import RARE, Lexicon
from anlass.litmus.table import Table, sigmoid
from anlass.litmus.words import Words

MOST_KEPT = 50_000
"""Words that are remembered between requests."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """Takes words apart into named observations; remembers their rarity, because words come back."""

    lexicon: Lexicon
    _bands: dict[str, int] = field(default_factory=dict, compare=False, repr=False)

    def of(self, form: str, lower: str) -> list[str]:
        """The observations on one word."""
        band = self.band(form, lower)
        parts = [f"w:{form}"] if band < 0 else [f"w:{form}", f"z:{band}"]
        if band >= 0 and form[0] != "<":
            edged = f"^{lower[:30]}$"
            parts += sorted({f"c:{edged[at : at + 4]}" for at in range(len(edged) - 3)})
        return parts

    def band(self, form: str, lower: str) -> int:
        """The rarity of a word, a name as rare as a word can be; -1 for what is neither."""
        if form[0] == "<":
            return RARE if form == "<name>" else -1
        known = self._bands.get(lower)
        if known is None:
            known = self.lexicon.band(lower) if lower[0].isalpha() else -1
            if len(self._bands) < MOST_KEPT:
                self._bands[lower] = known
        return known

    def bands(self, row: Words) -> list[int]:
        """The rarity of every word of a row that has one."""
        known = self._bands
        bands = [
            known.get(lower, None) if form[0] != "<" else RARE if form == "<name>" else -1
            for form, lower in zip(row.forms, row.lower, strict=True)
        ]
        if None in bands:
            bands = list(map(self.band, row.forms, row.lower))
        return [band for band in bands if band is not None and band >= 0]


class _Kept(dict[tuple[str, str], int]):
    """Packed rows of words (form and lower case), added up when first met."""

    def __init__(self, table: Table, spelling: Spelling) -> None:
        super().__init__()
        self.table, self.spelling = table, spelling

    def __missing__(self, word: tuple[str, str]) -> int:
        packed = self.table.packed(self.spelling.of(*word))
        if len(self) < MOST_KEPT:
            self[word] = packed
        return packed


@dataclass(frozen=True, slots=True)
class Weighed:
    """Words by weight: adds up the rows of words, each looked up once and then remembered, and of pairs."""

    table: Table
    spelling: Spelling
    _words: _Kept = field(init=False, compare=False, repr=False)
    _pairs: frozenset[tuple[str, ...]] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Remember no word yet; know which pairs have a weight, because most have none."""
        object.__setattr__(self, "_words", _Kept(self.table, self.spelling))
        known = (name[2:] for name in self.table.rows if name[:2] == "b:")
        object.__setattr__(self, "_pairs", frozenset(tuple(name.split(" ")) for name in known))

    def words(self, found: Iterable[tuple[str, str]]) -> int:
        """The packed sum of words, given as form and lower case."""
        return sum(map(self._words.__getitem__, found))

    def pairs(self, found: Iterable[tuple[str, str]]) -> int:
        """The packed sum of pairs of forms."""
        known = self._pairs
        return self.table.packed([pair(*both) for both in found if both in known])


def pair(one: str, two: str) -> str:
    """The observation on two words in a row, given by their forms."""
    return f"b:{one} {two}"


def around(index: int, rows: Sequence[Words], texts: Sequence[str], rare: int) -> list[str]:
    """The observations on a sentence as a whole and on its place in the letter."""
    forms, last = rows[index].forms, len(rows) - 1
    seen = [
        "first" if index == 0 else "last" if index == last else "second" if index == 1 else "mid",
        f"rare:{min(rare, 6)}",
        f"len:{min(8, len(forms) // 4)}",
        f"of:{min(last + 1, 6)}",
    ]
    if forms:
        seen += [f"F:{forms[0]}", f"L:{forms[-1]}", f"F2:{' '.join(forms[:2])}"]
    if "?" in texts[index]:
        seen += ["question", f"question-rare:{min(rare, 4)}"]
    if index:
        asked = "?" if "?" in texts[index - 1] else ""
        seen.append(f"after:{min(5, len(rows[index - 1].forms) // 5)}{asked}")
    if index < last:
        seen.append(f"before:{min(5, len(rows[index + 1].forms) // 5)}")
    return seen


def rare_words(bands: Iterable[int]) -> int:
    """How many words are rare."""
    return len([band for band in bands if band >= 3])


def observe(rows: Sequence[Words], texts: Sequence[str], spelling: Spelling) -> list[Counter[str]]:
    """The named observations on every sentence of a letter, in order: what the trainer sees."""
    observed = []
    for index, row in enumerate(rows):
        seen = Counter(around(index, rows, texts, rare_words(spelling.bands(row))))
        seen.update(pair(*both) for both in pairwise(row.forms))
        for form, lower in zip(row.forms, row.lower, strict=True):
            seen.update(spelling.of(form, lower))
        observed.append(seen)
    return observed


@dataclass(frozen=True, slots=True)
class MoveModel:
    """The trained weights of the moves."""

    weighed: Weighed

    def moves(
        self, index: int, rows: Sequence[Words], texts: Sequence[str], bands: Sequence[int]
    ) -> Mapping[str, float]:
        """How likely one of the sentences makes each move; `bands` are the rarities of its words."""
        row, table = rows[index], self.weighed.table
        packed = self.weighed.words(zip(row.forms, row.lower, strict=True))
        packed += self.weighed.pairs(pairwise(row.forms))
        packed += table.packed(around(index, rows, texts, rare_words(bands)))
        known, sums = table.sums(packed)
        size = math.sqrt(known) or 1.0
        return {
            move: sigmoid(bias + total / size)
            for move, bias, total in zip(table.columns, table.bias, sums, strict=True)
        }
