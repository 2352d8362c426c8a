"""The Hausordnung as values: rules in order, each with its conditions, its action and its reason."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from anlass.policy.cel import Compiled
from anlass.policy.decision import Action

FIELD = re.compile(r"\{([^{}]*)\}")
"""A number that a reason names: `{tie.turns}`."""


@dataclass(frozen=True, slots=True)
class Words:
    """One thing said in both languages."""

    de: str
    en: str

    def in_(self, lang: str) -> str:
        """Return the words in `lang`; English where it is neither."""
        return self.de if lang == "de" else self.en


@dataclass(frozen=True, slots=True)
class Rule:
    """One house rule: when all of `all` and, where given, one of `any` hold, `do` it.

    `why` is the sentence for the owner; it may name numbers as `{tie.turns}`.
    """

    name: Words
    why: Words
    do: Action
    all: tuple[Compiled, ...] = ()
    any: tuple[Compiled, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """The owner's ordered rules.

    `lang` is the language in which decisions give their reasons. `facts` are the names
    that conditions and reasons mention, each once: nothing else is looked up.
    """

    rules: tuple[Rule, ...] = ()
    lang: str = "en"
    title: Words = Words("", "")
    about: Words = Words("", "")
    facts: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        conditions = (name for rule in self.rules for c in (*rule.all, *rule.any) for name in c.names)
        reasons = (name for rule in self.rules for name in FIELD.findall(rule.why.in_(self.lang)))
        object.__setattr__(self, "facts", tuple(dict.fromkeys((*conditions, *reasons))))
