"""What stands around names in a language: titles, degrees, small words; and whether a capital tells one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from anlass.languages import languages


@dataclass(frozen=True, slots=True)
class Around:
    """The words around names in a language, and whether a capital tells one."""

    titles: frozenset[str]
    degrees: frozenset[str]
    salutes: frozenset[str]
    noble: frozenset[str]
    no_names: frozenset[str]
    nouns_are_large: bool


@cache
def _around(code: str) -> Around:
    spoken = languages().of(code)
    return Around(
        titles=frozenset(spoken.words("names.titles")),
        degrees=frozenset(spoken.words("names.degrees")),
        salutes=frozenset(spoken.words("names.salutes")),
        noble=frozenset([*spoken.words("names.particles"), *spoken.words("names.noble")]),
        no_names=frozenset(spoken.words("names.no_names")),
        nouns_are_large=spoken.has("nouns_are_large"),
    )


def around(lang: str) -> Around:
    """The words around names in a language."""
    return _around(languages().of(lang).code)
