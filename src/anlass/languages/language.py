"""A language as data: lists of words and wordings by name, and what they are called.

Every piece may be missing: a list is then empty, a sign false, a text that of the fallback. So a
language begins as one line and gets better with every piece that somebody writes for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

LISTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "guess": "also only notes letters",
        "names": "titles degrees salutes particles noble no_names links short",
        "sentences": "greetings addressed not_greetings closings abbreviations may_end",
        "figures": "currencies money percents clock times dates tails elided whole",
        "slips": "letters dotted same feminine masculine starred",
        "durations": "numbers number between kinds units half halves fixed fractions signs near clock"
        " told_before rates then told_after not_after survey",
        "placeholders": "fields blanks greetings",
        "address": "forms says_familiar says_formal first_name_after courtesy name_titles no_person"
        " reply_prefixes",
        "discretion": "decision house",
        "replies": "hurt refused later about link role person gives you clause signed determiners generic"
        " asks_anything bids asks_who asks_occasion asks_why_me asks_benefit asks_substance",
    }
)
"""Every list a language may have, by the section of its files."""

OF_ITS_OWN: Final = frozenset(
    "guess.also guess.only guess.notes guess.letters address.forms address.says_familiar address.says_formal"
    " address.first_name_after replies.generic".split()
)
"""Lists that a language never takes from those that are mixed into it."""

SIGNS: Final = frozenset(
    "relied_on nouns_are_large dotted_ordinals capital_after_colon accents split_hours spaced_marks".split()
)
"""What a language is or does, where it does."""


@dataclass(frozen=True, slots=True)
class Language:
    """What is known of one language.

    `lists` go by section and name (`names.titles`), those of `mixes` included. The sign `relied_on` says
    that the language was measured and that a reading in it may be sure.
    """

    code: str
    named: Mapping[str, str]
    stemmer: str = ""
    mixes: tuple[str, ...] = ()
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    signs: frozenset[str] = frozenset()
    familiar: str = ""

    def words(self, name: str) -> tuple[str, ...]:
        """The entries of a list; none where it is missing."""
        return self.lists.get(name, ())

    def has(self, sign: str) -> bool:
        """Whether a sign is set."""
        return sign in self.signs

    @property
    def family(self) -> tuple[str, ...]:
        """The languages whose word lists are read together; the same in whatever order they are named."""
        return tuple(sorted({self.code, *self.mixes}))


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages spoken here, in the order in which they are listed, and their files by code and name."""

    spoken: Mapping[str, Language]
    fallback: str
    texts: Mapping[str, Mapping[str, str]]

    def of(self, code: str) -> Language:
        """The language of this code; the fallback where nobody speaks it."""
        found = self.spoken.get(code)
        return found if found is not None else self.spoken[self.fallback]

    def speaks(self, code: str) -> bool:
        """Whether a language is spoken here."""
        return code in self.spoken

    def text(self, code: str, name: str) -> str:
        """A file of a language; nothing where it has none."""
        return self.texts.get(code, {}).get(name, "")

    def every(self, name: str) -> tuple[str, ...]:
        """The entries of a list in all languages, each once."""
        return tuple(dict.fromkeys(entry for one in self.spoken.values() for entry in one.words(name)))


def one_of(parts: Iterable[str]) -> str:
    """An expression for any of these; one that matches nothing where there are none."""
    return "|".join(parts) or "(?!)"


def compiled(parts: Iterable[str], flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """Any of these expressions, each by itself."""
    return re.compile(one_of(f"(?:{part})" for part in parts), flags)
