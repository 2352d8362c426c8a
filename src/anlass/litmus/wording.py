"""Phrases by their stems: finds known wording however it is inflected.

The lists are data (`phrases/de.toml`, `phrases/en.toml`): a name of a list, then
phrases as one would write them. All lists are searched in one pass.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import ahocorasick

from anlass.litmus.words import Names, Words, words


@dataclass(frozen=True)
class Phrases:
    """The phrase lists of one language, by list."""

    lang: str
    lists: dict[str, tuple[str, ...]]

    @cached_property
    def _finder(self) -> ahocorasick.Automaton:
        finder = ahocorasick.Automaton()
        for group in sorted(self.lists):
            for phrase in self.lists[group]:
                stems = _stems(words(phrase, self.lang, Names()))
                key = f" {' '.join(stems)} "
                found = finder.get(key, ())
                finder.add_word(key, (*found, (group, len(stems))))
        finder.make_automaton()
        return finder

    def find(self, row: Words) -> Iterator[tuple[str, int, int]]:
        """Every phrase in a row of words, as list, first word and the word after the last."""
        stems = _stems(row)
        joined = f" {' '.join(stems)} "
        ends = {}
        place = 0
        for index, stem in enumerate(stems):
            place += len(stem) + 1
            ends[place] = index + 1
        for at, values in self._finder.iter(joined):
            for group, size in values:
                yield group, ends[at] - size, ends[at]


def _stems(row: Words) -> Sequence[str]:
    return [form if not form.isspace() else "_" for form in row.forms]


_IN_BOTH = "attack"
"""The list that is looked for in letters of either language."""


def parse_phrases(lang: str, text: str, other: str = "") -> Phrases:
    """Read the phrase lists of a language, with what counts in both from the other's."""
    lists = {group: tuple(found["phrases"]) for group, found in tomllib.loads(text).items()}
    foreign = tomllib.loads(other).get(_IN_BOTH, {}).get("phrases", ())
    return Phrases(lang, {**lists, _IN_BOTH: (*lists.get(_IN_BOTH, ()), *foreign)})
