"""The Hausordnung as values: rules in order, each with its conditions, its action and its reason."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from anlass.policy.cel import Compiled
from anlass.policy.days import UNKNOWN_DAYS, Days
from anlass.policy.decision import Action, Send, Words

FIELD = re.compile(r"\{([^{}]*)\}")
"""A number that a reason names: `{tie.turns}`."""

PRESETS = ("show-me-why", "relationship-first", "open-door")
"""The shipped sets of house rules by name, the default first."""

DEFAULT = PRESETS[0]

ALONE = "none"
"""What a file chooses whose own rules stand alone."""

UNSAID = Words("", "")
"""What a policy says that has no title."""


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
    send: Send = Send.DRAFT


@dataclass(frozen=True, slots=True)
class Policy:
    """The owner's ordered rules.

    `preset` names the shipped rules that are to follow, empty where the settings decide.
    `facts` are the names that conditions and reasons mention, each once: nothing else is
    looked up. `days` say by whose clock the rules speak; they belong to the owner and to no file of rules.
    """

    rules: tuple[Rule, ...] = ()
    title: Words = UNSAID
    about: Words = UNSAID
    preset: str = ""
    days: Days = UNKNOWN_DAYS
    facts: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        conditions = (name for rule in self.rules for c in (*rule.all, *rule.any) for name in c.names)
        whys = (words for rule in self.rules for words in (rule.why.de, rule.why.en))
        reasons = (name for words in whys for name in FIELD.findall(words))
        object.__setattr__(self, "facts", tuple(dict.fromkeys((*conditions, *reasons))))
