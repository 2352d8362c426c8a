"""House rules for others to try: what is the owner's alone is left out, and said.

A rule is personal where a condition names something that only this owner has (a domain, a group, a code
word, a day), or where its words name a person, an address or a number. Such a rule is left out as a
whole: half a rule would be another rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from anlass.policy.rules import UNSAID, Policy, Rule
from anlass.policy.written import policy_text

PERSONAL_FACTS = frozenset(
    {"request.subject", "person.domain", "person.groups", "event.names", "time.date", "time.now"}
)
"""Facts that are compared with words of the owner's own life."""

_TELLING = re.compile(r"@|://|\bwww\.|\d{5,}|\d{4}-\d{2}-\d{2}")
_SHORTEST_NAME = 3


class Personal(StrEnum):
    """Why a rule is left out."""

    FACT = "fact"
    """A condition names what only this owner has."""
    WORDS = "words"
    """Its words name a person, an address or a number."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A file of house rules that says nothing of anybody, and the rules that are not in it."""

    text: str
    rules: int
    left_out: tuple[tuple[Rule, Personal], ...]


def share(own: Policy, names: Iterable[str]) -> Shared:
    """Return the owner's own rules for others; `names` are words that stand for people: names, addresses."""
    known = [name.casefold() for name in names if len(name.strip()) >= _SHORTEST_NAME]
    personal = [(rule, _why(rule, known)) for rule in own.rules]
    kept = tuple(rule for rule, why in personal if why is None)
    title, about = (
        UNSAID if _tells(f"{words.de}\n{words.en}", known) else words for words in (own.title, own.about)
    )
    shared = replace(own, rules=kept, title=title, about=about)
    return Shared(policy_text(shared), len(kept), tuple((rule, why) for rule, why in personal if why))


def _why(rule: Rule, known: list[str]) -> Personal | None:
    conditions = (*rule.all, *rule.any)
    if any(name in PERSONAL_FACTS for one in conditions for name in one.names):
        return Personal.FACT
    words = (rule.name.de, rule.name.en, rule.why.de, rule.why.en, *(one.source for one in conditions))
    return Personal.WORDS if _tells("\n".join(words), known) else None


def _tells(text: str, known: list[str]) -> bool:
    plain = text.casefold()
    return bool(_TELLING.search(text)) or any(_stands_in(name, plain) for name in known)


def _stands_in(name: str, plain: str) -> bool:
    """Tell whether a name stands in the words by itself; `Mark` is not in `Markt`."""
    return name in plain and bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", plain))
