"""Which language a letter is in: German, English, another one, or nothing to tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence

Guess = Callable[[str], Sequence[tuple[str, float]]]
"""Names the likeliest languages of a text with their probabilities."""

_LONG_ENOUGH = 25
_GERMAN = frozenset(
    "ich sie und der die das ist nicht bitte haben für ein eine wir ihr mit den dem kann können wann wie was wo"
    " hallo danke grüße gruß noch auch bei mir dir zu frage guten tag".split()
)


def language(text: str, subject: str, guess: Guess) -> str:
    """`de`, `en`, another code where that is clear, `und` where nothing is written."""
    sample = (text if sum(map(str.isalpha, text[:200])) >= 3 else f"{subject} {text}")[:2000]
    letters = sum(map(str.isalpha, sample))
    if letters < 2:
        return "und"
    guesses = dict(guess(" ".join(sample.split())))
    german, english = guesses.get("de", 0.0), guesses.get("en", 0.0)
    other = max((code for code in guesses if code not in {"de", "en"}), key=lambda code: guesses[code], default="")
    if other and letters >= _LONG_ENOUGH and guesses[other] > 0.5 and german + english < 0.15:
        return other
    if letters < _LONG_ENOUGH or max(german, english) < 0.3:
        words = set(sample.lower().replace("?", " ").replace(",", " ").split())
        if words & _GERMAN or any(char in "äöüßÄÖÜ" for char in sample):
            return "de"
    return "de" if german > english else "en"
