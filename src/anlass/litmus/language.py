"""Which language a letter is in: German, English, another one, or nothing to tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

Guess = Callable[[str], Sequence[tuple[str, float]]]
"""Names the likeliest languages of a text with their probabilities."""

_LONG_ENOUGH = 25
_GERMAN_TOO = frozenset({"als", "bar", "gsw", "nds", "lb", "ksh", "pfl"})
"""Dialects and neighbours: whoever writes them is read as writing German."""
_GERMAN = frozenset(
    [
        "ich",
        "sie",
        "und",
        "der",
        "die",
        "das",
        "ist",
        "nicht",
        "bitte",
        "haben",
        "für",
        "ein",
        "eine",
        "wir",
        "ihr",
        "mit",
        "den",
        "dem",
        "kann",
        "können",
        "wann",
        "wie",
        "was",
        "wo",
        "hallo",
        "danke",
        "grüße",
        "gruß",
        "noch",
        "auch",
        "bei",
        "mir",
        "dir",
        "zu",
        "frage",
        "guten",
        "tag",
    ]
)


_WORD = re.compile(r"[^\W\d_]+")
_ONLY_GERMAN = frozenset(
    [
        "ich",
        "und",
        "der",
        "das",
        "ist",
        "nicht",
        "wir",
        "ihr",
        "mit",
        "den",
        "dem",
        "ein",
        "eine",
        "für",
        "auf",
        "ob",
        "sie",
        "habe",
        "haben",
        "bei",
        "zu",
        "auch",
        "wie",
        "es",
        "im",
        "von",
        "bitte",
    ]
)
_ONLY_ENGLISH = frozenset(
    [
        "i",
        "and",
        "the",
        "is",
        "not",
        "we",
        "you",
        "your",
        "with",
        "a",
        "for",
        "on",
        "if",
        "have",
        "has",
        "at",
        "to",
        "also",
        "how",
        "it",
        "of",
        "please",
        "my",
        "are",
        "this",
        "that",
        "would",
    ]
)
_CLEARLY = 4
"""So many times more of the commonest words of one language than of the other leave no doubt."""


def _common(sample: str) -> str:
    """The language where the commonest words settle it, else nothing."""
    words = set(_WORD.findall(sample[:600].lower()))
    german, english = len(words & _ONLY_GERMAN), len(words & _ONLY_ENGLISH)
    if german >= _CLEARLY * max(1, english):
        return "de"
    return "en" if english >= _CLEARLY * max(1, german) else ""


def _letters(text: str) -> int:
    """How many letters a text begins with; counted no further where they are enough."""
    letters = sum(map(str.isalpha, text[:50]))
    return letters if letters >= _LONG_ENOUGH else sum(map(str.isalpha, text[:200]))


def language(text: str, subject: str, guess: Guess) -> str:
    """`de`, `en`, another code where that is clear, `und` where nothing is written."""
    sample, letters = text[:2000], _letters(text)
    if letters < 3:
        sample = f"{subject} {text}"[:2000]
        letters = _letters(sample)
    if letters < 2:
        return "und"
    common = _common(sample)
    if common:
        return common
    guesses = dict(guess(" ".join(sample.split())))
    german = sum(likely for code, likely in guesses.items() if code == "de" or code in _GERMAN_TOO)
    english = guesses.get("en", 0.0)
    others = {code: likely for code, likely in guesses.items() if code not in {"de", "en", *_GERMAN_TOO}}
    other = max(others, key=lambda code: others[code], default="")
    if other and letters >= _LONG_ENOUGH and guesses[other] > 0.5 and german + english < 0.15:
        return other
    if letters < _LONG_ENOUGH or max(german, english) < 0.3:
        words = set(sample.lower().replace("?", " ").replace(",", " ").split())
        if words & _GERMAN or any(char in "äöüßÄÖÜ" for char in sample):
            return "de"
    return "de" if german > english else "en"
