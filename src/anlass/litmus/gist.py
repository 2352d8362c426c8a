"""The gist of a letter, and how alike two letters are.

Alike are letters that likely want the same and speak of the same things. A letter is another
one over again where nearly all words in a row are the same. What was copied from a letter can
be told apart (`own_lines`), so that it counts for nothing where that matters.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import mul
from typing import Final
from zlib import crc32

from anlass.litmus.lessons import MOST_KEPT, Gist
from anlass.litmus.page import Line, Page
from anlass.litmus.reading import Asks
from anlass.litmus.spelling import Spelling
from anlass.litmus.verdict import Judge
from anlass.people.ids import digest_id

_WORD: Final = re.compile(r"\w+")
_WEIGHTS: Final = (1, 3, 6, 9, 9, 9)
"""What a stem weighs by its rarity; the rarest are often names and slips, and weigh no more."""

_EMPTY: Final = ("hollow", "pitch", "pressure", "secrecy", "flattery", "take_only")
_FORMAL: Final = 0.5

_ALMOST: Final = 0.7
"""Share of runs in common from which a letter is another one over again."""

_COPIED: Final = 0.5
"""Share of its runs from which a sentence is copied."""

_LONG: Final = 5
"""Runs of a sentence that is no mere courtesy: seven words."""

_COMMON: Final = dict(
    zip(Asks, (0.10, 0.08, 0.06, 0.44, 0.08, 0.07, 0.04, 0.02, 0.01, 0.07, 0.03), strict=True)
)
"""How common each wish is. That two letters share a rare one tells more, and that both want an answer
next to nothing."""

_OF_WISH, _OF_WORDS = 0.7, 0.3
_MANY_WORDS: Final = 0.15
"""Letters of one kind rarely have more of their telling words in common."""

_FROM, _FULL = 0.5, 0.9
"""Likeness up to the first counts as none. The figures of this page: `python -m training.owners`."""


@dataclass(frozen=True, slots=True)
class Known:
    """A gist made ready to be compared."""

    gist: Gist
    runs: frozenset[int]
    words: Mapping[int, int]
    length: float
    wants: tuple[float, ...]
    """The wishes by their rarity, of length 1."""
    shares: tuple[float, ...]
    rare: tuple[float, ...]
    """The wishes as they are, and what is rare of them."""


@dataclass(frozen=True, slots=True)
class Met:
    """A letter at hand, to be compared with known ones: its gist, and its sentences with their runs."""

    known: Known
    lines: tuple[tuple[frozenset[int], Line], ...]


def gist_of(page: Page, judge: Judge, spelling: Spelling) -> Gist:
    """Return the gist of a letter."""
    words = _words(page.plain.text)
    return Gist(
        key=digest_id(" ".join(words), " ".join(_words(page.subject.text))),
        runs=tuple(sorted(_runs(words))[:MOST_KEPT]),
        words=tuple(_telling(page, page.lines, spelling).items()),
        wants=tuple((asks, round(100 * share)) for asks, share in zip(Asks, judge.asks(page), strict=True)),
        empty=round(100 * emptiness(page.lines)),
    )


def known(gist: Gist) -> Known:
    """Make a gist ready to be compared."""
    words, wants = dict(gist.words), dict(gist.wants)
    shares = tuple(wants.get(asks, 0) / 100 for asks in _COMMON)
    by_rarity = [share / math.sqrt(common) for share, common in zip(shares, _COMMON.values(), strict=True)]
    length = math.hypot(*by_rarity) or 1.0
    return Known(
        gist,
        frozenset(gist.runs),
        words,
        _length(words.values()),
        wants=tuple(want / length for want in by_rarity),
        shares=shares,
        rare=tuple(share * (1 - common) for share, common in zip(shares, _COMMON.values(), strict=True)),
    )


def met(page: Page, judge: Judge, spelling: Spelling) -> Met:
    """Make a letter that is being read ready."""
    return Met(known(gist_of(page, judge, spelling)), tuple(_lines(page)))


def is_over_again(letter: Known, other: Known) -> bool:
    """Whether a letter is another one with few words changed."""
    if letter.runs.isdisjoint(other.runs):
        return False
    one, two = _sampled(letter.runs, other.runs)
    return len(one & two) >= _ALMOST * len(one | two)


def alike(letter: Known, other: Known) -> float:
    """How alike two letters are, from 0 (nothing that counts) to 1."""
    wish = _wish(letter, other)
    if _OF_WISH * wish + _OF_WORDS <= _FROM:
        return 0.0
    words = min(1.0, _cosine(letter, other) / _MANY_WORDS)
    return min(1.0, max(0.0, (_OF_WISH * wish + _OF_WORDS * words - _FROM) / (_FULL - _FROM)))


def own_lines(letter: Met, other: Known) -> tuple[Line, ...]:
    """The sentences of a letter that were not copied from another."""
    return tuple(line for runs, line in letter.lines if not _is_copied(runs, other.runs))


def takes_from(letter: Met, other: Known) -> bool:
    """Whether a sentence of some length was copied from another letter, and more is said besides."""
    if letter.known.runs.isdisjoint(other.runs):
        return False
    copied = (len(runs & other.runs) for runs, _ in letter.lines if _is_copied(runs, other.runs))
    return max(copied, default=0) >= _LONG and says_something(own_lines(letter, other))


def says_something(lines: Iterable[Line]) -> bool:
    """Whether one of the sentences is more than a greeting or a signature."""
    return any(max(line.does("greeting"), line.does("signature")) < _FORMAL for line in lines)


def _wish(one: Known, other: Known) -> float:
    """How surely two letters want the same, and something that few letters want."""
    both: float = sum(map(mul, one.shares, other.shares))
    if not both:
        return 0.0
    agreed: float = sum(map(mul, one.wants, other.wants))
    rare: float = sum(map(mul, one.shares, other.rare))
    return agreed * rare / both


def _words(text: str) -> list[str]:
    """All words in lower case; figures are all the same, for a template changes them."""
    return ["0" if word.isdecimal() else word.casefold() for word in _WORD.findall(text)]


def _runs(words: Sequence[str]) -> set[int]:
    """Digests of three words in a row; of a text that is shorter, of all of it."""
    if len(words) < 3:
        return {_hash(" ".join(words))} if words else set()
    return {_hash(" ".join(words[at : at + 3])) for at in range(len(words) - 2)}


def _lines(page: Page) -> Iterator[tuple[frozenset[int], Line]]:
    """Every sentence with the runs that touch it, so that the shortest has some too."""
    words = _words(page.plain.text)
    starts = [match.start() for match in _WORD.finditer(page.plain.text)]
    for line in page.lines:
        first = bisect_left(starts, line.sentence.start)
        after = bisect_left(starts, line.sentence.end)
        yield frozenset(_runs(words[max(0, first - 2) : after + 2])), line


def _hash(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass"))


def _telling(page: Page, lines: Iterable[Line], spelling: Spelling) -> dict[int, int]:
    """Stems that tell what a letter is about, each with its weight; no names, no figures."""
    found: dict[int, int] = {}
    for row in (page.subject_words, *(line.words for line in lines)):
        for form, lower in zip(row.forms, row.keys, strict=True):
            if len(form) > 2 and form.isalpha():
                found[_hash(form)] = _WEIGHTS[max(0, spelling.band(form, lower))]
    return dict(sorted(found.items())[:MOST_KEPT])


def emptiness(lines: Sequence[Line]) -> float:
    """How much of what is said is empty, from 0 to 1, greetings and signatures left out."""
    weights = [1 - max(line.does("greeting"), line.does("signature")) for line in lines]
    empty = sum(_empties(line) * weight for line, weight in zip(lines, weights, strict=True))
    return empty / (sum(weights) + 0.5)


def _empties(line: Line) -> float:
    return max(line.does(move) for move in _EMPTY)


def _length(weights: Iterable[int]) -> float:
    return math.sqrt(sum(weight * weight for weight in weights)) or 1.0


def _cosine(one: Known, other: Known) -> float:
    """How much of the telling words two letters share."""
    both = one.words.keys() & other.words.keys()
    return sum(one.words[word] * other.words[word] for word in both) / (one.length * other.length)


def _sampled(one: frozenset[int], two: frozenset[int]) -> tuple[frozenset[int], frozenset[int]]:
    """The runs that the samples of both would hold: of a long letter the smallest digests only."""
    ends = [max(runs) for runs in (one, two) if len(runs) >= MOST_KEPT]
    if not ends:
        return one, two
    end = min(ends)
    return frozenset(r for r in one if r <= end), frozenset(r for r in two if r <= end)


def _is_copied(runs: frozenset[int], other: frozenset[int]) -> bool:
    """Whether a sentence stands in another letter, as far as its sample tells."""
    end = max(other) if len(other) >= MOST_KEPT else None
    told = runs if end is None else frozenset(run for run in runs if run <= end)
    return bool(told) and len(told & other) >= _COPIED * len(told)
