"""What a sentence does: the probability of every move, read in its place.

The observations on a sentence are named so that the weights can be read: `w:` a stem,
`b:` two in a row, `c:` four letters of a word, `k:` a group of meaning, `z:` rarity.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from anlass.litmus.lexicon import Lexicon
from anlass.litmus.table import Table, sigmoid
from anlass.litmus.words import Words

MOST_KEPT = 50_000
"""Words whose observations are remembered between requests."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """Takes words apart into named observations; remembers, because words come back.

    Letters of a word that no weight knows are left out early; `known` is empty while training.
    """

    lexicon: Lexicon
    known: frozenset[str] = frozenset()
    _kept: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)

    def of(self, form: str, lower: str) -> tuple[str, ...]:
        """The observations on one word."""
        known = self._kept.get((form, lower))
        if known is None:
            known = self._take_apart(form, lower)
            if len(self._kept) < MOST_KEPT:
                self._kept[form, lower] = known
        return known

    def _take_apart(self, form: str, lower: str) -> tuple[str, ...]:
        if form[0] == "<" or not lower[0].isalpha():
            return (f"w:{form}",)
        edged = f"^{lower[:30]}$"
        parts = {f"c:{edged[at : at + 4]}" for at in range(len(edged) - 3)}
        band, group = self.lexicon.look(lower)
        if group >= 0:
            parts.add(f"k:{group}")
        if self.known:
            parts &= self.known
        return (f"w:{form}", f"z:{band}", *sorted(parts))


def band_of(observations: Sequence[str]) -> int:
    """The rarity band among a word's observations, -1 where the word has none."""
    return int(observations[1][2:]) if len(observations) > 1 else -1


def observe(rows: Sequence[Words], texts: Sequence[str], spelling: Spelling) -> list[set[str]]:
    """The named observations on every sentence of a letter, in order."""
    return [_observe_one(index, rows, texts, spelling) for index in range(len(rows))]


def _observe_one(index: int, rows: Sequence[Words], texts: Sequence[str], spelling: Spelling) -> set[str]:
    row, last = rows[index], len(rows) - 1
    forms = row.forms
    seen: set[str] = set()
    rare = 0
    for form, lower in zip(forms, row.lower, strict=True):
        parts = spelling.of(form, lower)
        seen.update(parts)
        rare += band_of(parts) >= 3
    seen.update(f"b:{one} {two}" for one, two in pairwise(forms))
    seen.add("first" if index == 0 else "last" if index == last else "second" if index == 1 else "mid")
    seen.add(f"rare:{min(rare, 6)}")
    seen.add(f"len:{min(8, len(forms) // 4)}")
    seen.add(f"of:{min(last + 1, 6)}")
    if forms:
        seen.update((f"F:{forms[0]}", f"L:{forms[-1]}", f"F2:{' '.join(forms[:2])}"))
    if "?" in texts[index]:
        seen.update(("question", f"question-rare:{min(rare, 4)}"))
    if index:
        seen.add(f"after:{min(5, len(rows[index - 1].forms) // 5)}{'?' if '?' in texts[index - 1] else ''}")
    if index < last:
        seen.add(f"before:{min(5, len(rows[index + 1].forms) // 5)}")
    return seen


@dataclass(frozen=True, slots=True)
class MoveModel:
    """The trained weights of the moves."""

    table: Table

    def moves(self, observations: set[str]) -> Mapping[str, float]:
        """How likely a sentence with these observations makes each move."""
        known, sums = self.table.add(observations)
        size = math.sqrt(known) or 1.0
        return {
            move: sigmoid(bias + total / size)
            for move, bias, total in zip(self.table.columns, self.table.bias, sums, strict=True)
        }
