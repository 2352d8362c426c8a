"""A text cut into words and marks, with a class for every figure, address and link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from anlass.languages import Language, languages, one_of

_MAIL = r"(?P<mail>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})"
_HAS_CLASSED = re.compile(r"[\d@€$£]|://|www\.")
"""What every figure, address or link has in it; most sentences have none."""


class Tokens:
    """What cuts texts of a language."""

    def __init__(self, language: Language) -> None:
        figure = _figure(language)
        self._classed = re.compile(figure, re.IGNORECASE)
        self._classed_or_mail = re.compile(f"{_MAIL}|{figure}", re.IGNORECASE)
        self._word = re.compile(_word(language))

    def tokens(self, text: str) -> list[str]:
        """The words and marks of a text, a class where a figure, an address or a link stands."""
        if _HAS_CLASSED.search(text) is None:
            return self._word.findall(text)
        found, at = [], 0
        for match in self._classes(text):
            found += self._word.findall(text, at, match.start())
            found.append(f"<{match.lastgroup}>")
            at = match.end()
        return found + self._word.findall(text, at)

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where they stand in the text."""
        found, at = [], 0
        for match in self._classes(text):
            found += [word.span() for word in self._word.finditer(text, at, match.start())]
            found.append(match.span())
            at = match.end()
        return found + [word.span() for word in self._word.finditer(text, at)]

    def _classes(self, text: str) -> Iterator[re.Match[str]]:
        return (self._classed_or_mail if "@" in text else self._classed).finditer(text)


@cache
def _tokens(code: str) -> Tokens:
    return Tokens(languages().of(code))


def tokens_of(lang: str) -> Tokens:
    """What cuts texts of a language; one for all that nobody speaks here."""
    return _tokens(languages().of(lang).code)


def _figure(language: Language) -> str:
    """An expression for figures and links, each kind a group.

    Every repetition is bounded and no two neighbours can match the same character, so
    that the time is linear whatever the text is.
    """
    currency = rf"(?:€|£|\$|(?:{one_of(language.words('figures.currencies'))})\b)"
    money = [
        *language.words("figures.money"),
        r"[€$£]\s?\d[\d.,']{0,12}k?",
        rf"\d[\d.,']{{0,12}}(?:\s?[-–]\s?\d[\d.,']{{0,12}})?\s?{currency}",
    ]
    clock = one_of(language.words("figures.clock"))
    times = [
        *language.words("figures.times"),
        rf"\d{{1,2}}[:.]\d{{2}}(?:\s?(?:{clock})\b|(?![\d.]))",
        rf"\d{{1,2}}\s?(?:{clock})\b",
    ]
    kinds = {
        "url": r"https?://\S{1,200}|www\.\S{1,200}",
        "money": one_of(money),
        "pct": rf"\d[\d.,]{{0,6}}\s?(?:%|(?:{one_of(language.words('figures.percents'))})\b)",
        "time": one_of(times),
        "date": one_of([*language.words("figures.dates"), r"\d{4}-\d{2}-\d{2}"]),
        "year": r"(?:1[6-9]|20)\d\d\b",
        "num": r"\d[\d.,']{0,12}",
    }
    return rf"(?<!\w)(?:{'|'.join(f'(?P<{kind}>{found})' for kind, found in kinds.items())})"


def _word(language: Language) -> str:
    """An expression for a word or a mark; what is elided is a word of its own."""
    tails = one_of([r"['’]\w{1,20}", *language.words("figures.tails")])
    word = rf"\w+(?:{tails})?|[^\w\s]"
    elided = language.words("figures.elided")
    if not elided:
        return word
    whole = one_of(language.words("figures.whole"))
    return rf"(?i:\b(?:{whole})\b|\b(?:{one_of(elided)})['’](?=\w))|{word}"
