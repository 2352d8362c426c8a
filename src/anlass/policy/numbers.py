"""Small numbers as words, the way letters are written."""

from __future__ import annotations

_WORDS = {
    "de": (
        "null",
        "eins",
        "zwei",
        "drei",
        "vier",
        "fünf",
        "sechs",
        "sieben",
        "acht",
        "neun",
        "zehn",
        "elf",
        "zwölf",
    ),
    "en": (
        "none",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ),
}


def numeral(value: object, lang: str) -> str:
    """Return a count as a word up to twelve, as figures beyond; `?` where it is no number."""
    if isinstance(value, bool) or not isinstance(value, int):
        return "?"
    words = _WORDS["de" if lang == "de" else "en"]
    return words[value] if 0 <= value < len(words) else str(value)
