"""Words in the form in which they are counted: stems, and classes for titles, codes and origins.

Where somebody comes from says nothing about a reason: countries, peoples and their languages are one class.
"""

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

ORIGIN = "<origin>"
_BENT = "*"
"""What follows a word of origin that is meant with all its endings; the others are like too much else."""


class _Forms(dict[str, str]):
    """The form of every word met, stems and classes; remembers so many and no more."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.stem, self.titles = _stemmer(languages().of(lang).stemmer), around(lang).titles
        origins = _origins(lang)
        self.origins = frozenset(word for word in origins if not word.endswith(_BENT))
        self.bent = frozenset(self.stem(word[: -len(_BENT)]) for word in origins if word.endswith(_BENT))

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
        if surface in self.origins:
            return ORIGIN
        stem = self.stem(surface)
        return ORIGIN if stem in self.bent else stem


def _stemmer(name: str) -> Callable[[str], str]:
    """What takes a word to its stem; where nobody wrote that, words stay as they are."""
    if name not in algorithms():
        return str
    stem: Callable[[str], str] = Stemmer(name).stemWord
    return stem


@cache
def _origins(code: str) -> frozenset[str]:
    """The words of origin in a language and in those that are mixed into it."""
    known = languages()
    return frozenset(
        word for lang in known.of(code).family for word in known.text(lang, "origins.txt").split()
    )


@cache
def _forms(code: str) -> _Forms:
    return _Forms(code)


def forms_of(lang: str) -> Callable[[str], str]:
    """What takes a word in lower case to its form; that of the fallback where nobody speaks the language."""
    return _forms(languages().of(lang).code).__getitem__
