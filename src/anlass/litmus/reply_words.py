"""The wording of second letters: how people answer, evade, refuse and take offence.

Expressions of `replies.toml` of each language, since these are turns of phrase with gaps.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from anlass.languages import compiled, languages
from anlass.litmus.reading import Question


@dataclass(frozen=True, slots=True)
class ReplyWords:
    """What tells something in a second letter.

    `hurt` is reproach and injury, `refused` ends the talk without anger, `later` puts the content off.
    `about` says what it is about, `link` how the two came together, `role` and `person` (without a verb)
    who is writing, `gives` what the owner would get; `you` speaks to the owner. `generic` are beginnings
    of words with which anybody asks anybody for anything.
    """

    hurt: re.Pattern[str]
    refused: re.Pattern[str]
    later: re.Pattern[str]
    about: re.Pattern[str]
    link: re.Pattern[str]
    role: re.Pattern[str]
    person: re.Pattern[str]
    gives: re.Pattern[str]
    you: re.Pattern[str]
    clause: re.Pattern[str]
    signed: re.Pattern[str]
    determiners: frozenset[str]
    generic: tuple[str, ...]
    nouns_are_large: bool


@dataclass(frozen=True, slots=True)
class Asking:
    """What the owner's own letter asks, in whatever language they wrote it.

    `bids` finds a sentence that wants an answer, `anything` one that does not say of which kind.
    """

    asks_for: Mapping[Question, re.Pattern[str]]
    anything: re.Pattern[str]
    bids: re.Pattern[str]


def has_reply_words(lang: str) -> bool:
    """Whether anybody wrote down how people answer in this language."""
    known = languages()
    return known.speaks(lang) and bool(known.of(lang).words("replies.generic"))


def reply_words(lang: str) -> ReplyWords:
    """The wording of a language."""
    return _reply_words(languages().of(lang).code)


@cache
def _reply_words(code: str) -> ReplyWords:
    spoken = languages().of(code)

    def said(name: str) -> re.Pattern[str]:
        return compiled(spoken.words(f"replies.{name}"))

    signed = (rf"^[ \t]*(?:{line})" for line in spoken.words("replies.signed"))
    return ReplyWords(
        hurt=said("hurt"),
        refused=said("refused"),
        later=said("later"),
        about=said("about"),
        link=said("link"),
        role=said("role"),
        person=said("person"),
        gives=said("gives"),
        you=said("you"),
        clause=said("clause"),
        signed=compiled(signed, re.IGNORECASE | re.MULTILINE),
        determiners=frozenset(spoken.words("replies.determiners")),
        generic=spoken.words("replies.generic"),
        nouns_are_large=spoken.has("nouns_are_large"),
    )


@cache
def asking() -> Asking:
    """The owner's wording, of all languages: a letter of theirs may be in any."""
    known = languages()
    return Asking(
        {question: compiled(known.every(f"replies.asks_{question.value}")) for question in Question},
        compiled(known.every("replies.asks_anything")),
        compiled(known.every("replies.bids")),
    )
