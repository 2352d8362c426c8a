"""What a house rule looks at: the situation of one request, and the kind of facts taken from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from anlass.intake import ContactRequest
from anlass.ledger import Tie
from anlass.litmus import Reading
from anlass.litmus.opinion import Opinion
from anlass.litmus.reply import Answer
from anlass.people import Standing
from anlass.policy.days import UNKNOWN_DAYS, Days

FactValue = bool | int | float | str | datetime | list[str]


class FactType(StrEnum):
    """The types a condition can compare."""

    BOOL = "bool"
    INT = "int"
    DOUBLE = "double"
    STRING = "string"
    STRINGS = "list(string)"
    TIMESTAMP = "timestamp"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What other rooms know of the person; empty where they know nothing, or are still to be built.

    `groups` are those the owner put the person into, `vouchers` counts the people the owner
    vouches for who vouch for the person's address, `outcomes` names what came of earlier requests.
    `events` are the gatherings where the two met, `met_at` the last time.
    """

    groups: tuple[str, ...] = ()
    vouchers: int = 0
    outcomes: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    met_at: datetime | None = None


NOWHERE: Final = Elsewhere()
"""Nothing is known from elsewhere."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the book holds on a person beside the tie.

    `earlier` counts the requests of this person before this one, `asked` the times the owner's
    house asked the person back before, `copies` the others who sent nearly the same text before.
    `answer` is what came of the question that was asked in this very case, `None` where none was,
    or nothing came yet. `is_blocked` is no fact of the house rules: a law stands before them.
    """

    standing: Standing = Standing.STRANGER
    asked: int = 0
    copies: int = 0
    answer: Answer | None = None
    earlier: int = 0
    elsewhere: Elsewhere = NOWHERE
    is_blocked: bool = False


STRANGER: Final = Known()
"""Somebody of whom the book holds nothing beside the tie."""


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything the house rules may look at for one request; `at` is aware, `days` are the owner's."""

    request: ContactRequest
    reading: Reading
    tie: Tie
    at: datetime
    known: Known = STRANGER
    opinion: Opinion | None = None
    days: Days = UNKNOWN_DAYS


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a condition can name, and how it is taken from the situation.

    `choices` lists every value a string fact can have; empty where any string may come.
    """

    name: str
    type: FactType
    de: str
    en: str
    of: Callable[[Situation], FactValue]
    choices: tuple[str, ...] = ()
