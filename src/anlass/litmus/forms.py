"""Words in the form in which they are counted: stems, and classes for titles and codes."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from Stemmer import Stemmer, algorithms

from anlass.languages import languages
from anlass.litmus.around import around

_MOST_KEPT = 50_000
"""Words whose form is remembered between requests."""

LONGEST = 40
"""Letters of a word; what is longer is none."""


class _Forms(dict[str, str]):
    """The form of every word met, stems and classes; remembers so many and no more."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.stem, self.titles = _stemmer(languages().of(lang).stemmer), around(lang).titles

    def __missing__(self, surface: str) -> str:
        form = self._form(surface)
        if len(self) < _MOST_KEPT:
            self[surface] = form
        return form

    def _form(self, surface: str) -> str:
        surface = surface.replace("’", "'")
        if surface in self.titles:
            return "<title>"
        if len(surface) > LONGEST:
            return "<long>"
        if not surface.isalpha() and any(char.isdigit() for char in surface):
            return "<code>"
        return self.stem(surface)


def _stemmer(name: str) -> Callable[[str], str]:
    """What takes a word to its stem; where nobody wrote that, words stay as they are."""
    if name not in algorithms():
        return str
    stem: Callable[[str], str] = Stemmer(name).stemWord
    return stem


@cache
def _forms(code: str) -> _Forms:
    return _Forms(code)


def forms_of(lang: str) -> Callable[[str], str]:
    """What takes a word in lower case to its form; that of the fallback where nobody speaks the language."""
    return _forms(languages().of(lang).code).__getitem__
