"""What the house rules say about one request, and how they came to it.

A decision outlives the moment it was made in: it keeps its words in both languages, and
whoever shows it picks one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    """What is to be done with a request."""

    ACCEPT = "accept"
    ASK_BACK = "ask_back"
    WATCH = "watch"
    DECLINE_WITH_MESSAGE = "decline_with_message"
    UNLOCK = "unlock"
    LAPSE = "lapse"
    HOLD = "hold"


class Send(StrEnum):
    """How the answer of a rule leaves the house."""

    DRAFT = "draft"
    """By the owner's release alone."""
    AUTOMATICALLY = "automatically"
    """By itself, where nothing forbids it (`replies/silence`)."""


@dataclass(frozen=True, slots=True)
class Words:
    """One thing said in both languages."""

    de: str
    en: str

    def in_(self, lang: str) -> str:
        """Return the words in `lang`; English where it is neither."""
        return self.de if lang == "de" else self.en


@dataclass(frozen=True, slots=True)
class TriedCondition:
    """One condition as it was evaluated; `held` is `None` when it could not be."""

    expression: str
    held: bool | None
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TriedRule:
    """One rule as it was tried, with every condition that was looked at."""

    name: Words
    matched: bool
    conditions: tuple[TriedCondition, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """The action chosen, the rule that chose it, and every rule tried before.

    `why` is the rule's own sentence for the owner, its numbers filled in; it is never
    shown outside.
    """

    action: Action
    rule: Words
    why: Words
    trace: tuple[TriedRule, ...] = ()
    send: Send = Send.DRAFT
