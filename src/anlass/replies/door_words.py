"""The words on the door, as data: one table for each language and form of address, checked when read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter

from anlass.errors import ConfigError, Problem
from anlass.languages import languages

FILE = "door.toml"


@dataclass(frozen=True, slots=True)
class DoorWords:
    """Everything the door says in one language and form of address."""

    lang: str
    words: Mapping[str, str]

    def say(self, key: str, **fields: str) -> str:
        """Return one text with its fields filled."""
        return self.words[key].format_map(fields).strip()


def spoken() -> tuple[str, ...]:
    """Return the languages in which there is a door, the fallback first."""
    known = languages()
    own = [code for code in known.spoken if known.text(code, FILE)]
    return tuple(sorted(own, key=lambda code: code != known.fallback))


def door_words(lang: str, register: str = "") -> DoorWords:
    """Return the words in a language, those of the fallback where it has none."""
    known = languages()
    code = lang if known.text(lang, FILE) else known.fallback
    tables = _tables(code)
    return DoorWords(code, tables.get(register) or next(iter(tables.values())))


@cache
def _tables(code: str) -> Mapping[str, Mapping[str, str]]:
    """Read the file of a language; every form of address must say the same things with the same fields."""
    tables: dict[str, dict[str, str]] = tomllib.loads(languages().text(code, FILE))
    first = next(iter(tables.values()))
    problems = [
        Problem(f"[{form}] {key} is missing or has other fields", f"{code}/{FILE}")
        for form, words in tables.items()
        for key in first.keys() | words.keys()
        if key not in words or key not in first or _fields(words[key]) != _fields(first[key])
    ]
    if problems:
        raise ConfigError(*problems)
    return tables


def _fields(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)
