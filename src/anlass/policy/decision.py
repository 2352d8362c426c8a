"""What the house rules say about one request, and how they came to it."""

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


@dataclass(frozen=True, slots=True)
class TriedCondition:
    """One condition as it was evaluated; `held` is `None` when it could not be."""

    expression: str
    held: bool | None
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TriedRule:
    """One rule as it was tried, with every condition that was looked at."""

    name: str
    matched: bool
    conditions: tuple[TriedCondition, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """The action chosen, the rule that chose it, and every rule tried before.

    `why` is the rule's own sentence for the owner; it is never shown outside.
    """

    action: Action
    rule: str
    why: str
    trace: tuple[TriedRule, ...] = ()
