"""A conversation on a network: where it begins anew, and which words answer the other side.

A network keeps one conversation between two people for ever; here it falls into threads
where it was silent for thirty days. Nothing says which message answers which, so between
two people a change of sides is a turn, and in a group nothing is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from anlass.ledger.encounter import UNDATED

SILENCE = timedelta(days=30)
"""After more than this, whoever speaks next begins a new thread."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One message: when (aware, `UNDATED` where unknown), whether the owner wrote it, among how many."""

    when: datetime
    is_own: bool
    others: int = 1


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a message stands: `began` is the moment its thread began, `UNDATED` for one without a date."""

    began: datetime
    is_turn: bool


def placed(talk: Sequence[Spoken]) -> tuple[Placed, ...]:
    """Return for each message of one conversation its thread and whether it is a turn, in the order given.

    The order is that of time, either way round; messages of one moment stand as the list runs.
    """
    found = [Placed(UNDATED, is_turn=False)] * len(talk)
    last: Spoken | None = None
    began = UNDATED
    for place in _in_time(talk):
        one = talk[place]
        if last is None or one.when - last.when > SILENCE:
            last, began = None, one.when
        is_turn = last is not None and last.is_own != one.is_own and last.others == one.others == 1
        found[place] = Placed(began, is_turn)
        last = one
    return tuple(found)


def _in_time(talk: Sequence[Spoken]) -> list[int]:
    """Return the places of the dated messages, oldest first; a list that runs backwards is turned round."""
    dated = [place for place, one in enumerate(talk) if one.when != UNDATED]
    if len(dated) > 1 and talk[dated[0]].when > talk[dated[-1]].when:
        dated.reverse()
    return sorted(dated, key=lambda place: talk[place].when)
