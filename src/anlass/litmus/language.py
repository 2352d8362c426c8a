"""Which language a letter is in: one that is spoken here, another one, or nothing to tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from anlass.languages import languages

Guess = Callable[[str], Sequence[tuple[str, float]]]
"""Names the likeliest languages of a text with their probabilities."""

NONE: Final = "und"
"""What is said where nothing is written."""

_LONG_ENOUGH = 25
_CLEARLY = 4
"""So many times more of the commonest words of one language than of any other leave no doubt."""

_FAIRLY = 0.6
"""A guess below this is none: the letter is then read as the fallback and what is mixed into it."""

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells a language: codes a guess may say, its commonest words, those of short notes, letters."""

    code: str
    also: frozenset[str]
    only: frozenset[str]
    notes: frozenset[str]
    letters: frozenset[str]


@cache
def _signs() -> tuple[Signs, ...]:
    return tuple(
        Signs(
            code,
            frozenset([code, *spoken.words("guess.also")]),
            frozenset(spoken.words("guess.only")),
            frozenset(spoken.words("guess.notes")),
            frozenset("".join(spoken.words("guess.letters"))),
        )
        for code, spoken in languages().spoken.items()
    )


@cache
def _spoken() -> frozenset[str]:
    """All codes by which a guess may name a language spoken here."""
    return frozenset().union(*(one.also for one in _signs()))


def _common(sample: str) -> str:
    """The language where the commonest words settle it, else nothing."""
    words = set(_WORD.findall(sample[:600].lower()))
    second, (best, code) = sorted([(0, ""), *((len(words & one.only), one.code) for one in _signs())])[-2:]
    return code if best >= _CLEARLY * max(1, second[0]) else ""


def _letters(text: str) -> int:
    """How many letters a text begins with; counted no further where they are enough."""
    letters = sum(map(str.isalpha, text[:50]))
    return letters if letters >= _LONG_ENOUGH else sum(map(str.isalpha, text[:200]))


def language(text: str, subject: str, guess: Guess) -> str:
    """A language spoken here, the code of another where that is clear, `und` where nothing is written."""
    sample, letters = text[:2000], _letters(text)
    if letters < 3:
        sample = f"{subject} {text}"[:2000]
        letters = _letters(sample)
    if letters < 2:
        return NONE
    common = _common(sample)
    if common:
        return common
    guesses = dict(guess(" ".join(sample.split())))
    likely = {one.code: sum(guesses.get(code, 0.0) for code in one.also) for one in _signs()}
    other = max((code for code in guesses if code not in _spoken()), key=guesses.__getitem__, default="")
    if other and letters >= _LONG_ENOUGH and guesses[other] > 0.5 and sum(likely.values()) < 0.15:
        return other
    if letters < _LONG_ENOUGH or max(likely.values()) < 0.3:
        noted = _noted(sample)
        if noted:
            return noted
    known_to = [code for code, share in likely.items() if share >= _FAIRLY] or languages().of(NONE).family
    return max(known_to, key=lambda code: (likely[code], code == languages().fallback))


def _noted(sample: str) -> str:
    """The language whose words and letters a short note holds, the earlier of several; else nothing."""
    words = set(sample.lower().replace("?", " ").replace(",", " ").split())
    counts = {one.code: len(words & one.notes) + (not one.letters.isdisjoint(sample)) for one in _signs()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] else ""
