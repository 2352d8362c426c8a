"""Phrases by their stems: finds known wording however it is inflected.

The lists are data (`phrases.toml` of each language): a name of a list, then
phrases as one would write them. All lists are searched in one pass.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import ahocorasick

from anlass.litmus.meant import Meant
from anlass.litmus.words import Names, Words, words


@dataclass(frozen=True)
class Phrases:
    """The phrase lists of one language, by list."""

    lang: str
    lists: dict[str, tuple[str, ...]]
    meant_of: Callable[[str], Meant] | None = None

    @cached_property
    def _finder(self) -> ahocorasick.Automaton:
        finder = ahocorasick.Automaton()
        meant = self.meant_of(self.lang) if self.meant_of is not None else None
        for group in sorted(self.lists):
            for phrase in self.lists[group]:
                stems = words(phrase, self.lang, Names(), meant).forms
                key = f" {' '.join(stems)} "
                found = finder.get(key, ())
                finder.add_word(key, (*found, (group, len(stems))))
        finder.make_automaton()
        return finder

    def find(self, rows: Sequence[Words]) -> Iterator[tuple[str, int, int, int]]:
        """Every phrase in the sentences of a letter: list, sentence, first word, the one after."""
        joined = [f" {' '.join(row.forms)} " for row in rows]
        found = list(self._finder.iter("\n".join(joined)))
        if not found:
            return
        begins = list(accumulate((len(text) + 1 for text in joined), initial=0))
        ends: dict[int, list[int]] = {}
        for end, values in found:
            row = bisect_right(begins, end) - 1
            if row not in ends:
                ends[row] = list(accumulate(len(stem) + 1 for stem in rows[row].forms))
            after = bisect_right(ends[row], end - begins[row])
            for group, size in values:
                yield group, row, after - size, after


_IN_ALL = "attack"
"""The list that is looked for in letters of every language."""

Lists = Mapping[str, tuple[str, ...]]
"""Phrases by the name of their list."""


def parse_lists(text: str) -> Lists:
    """Read the phrase lists of a language."""
    return {group: tuple(found["phrases"]) for group, found in tomllib.loads(text).items()}


def phrases_of(lang: str, own: Lists, others: Iterable[Lists]) -> Phrases:
    """The phrases of a language, with what counts in all from the others'."""
    foreign = (phrase for other in others for phrase in other.get(_IN_ALL, ()))
    return Phrases(lang, {**own, _IN_ALL: (*own.get(_IN_ALL, ()), *foreign)})
