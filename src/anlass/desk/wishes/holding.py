"""Rounds of wishes go on by themselves: each step when its time has come, as the timetable says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from anlass.bootstrap import Home, owner_days
from anlass.desk.outgoing.outbox import writer_of
from anlass.desk.wishes.letters import tell_rounds
from anlass.errors import StoreError


def hold_rounds(home: Home, *, now: datetime) -> Iterator[str]:
    """Take the steps that are due; yields what was done, and at the end what could not be, in words.

    Who is on the list is written to when it is closed and when results are open. No word names a participant
    or counts a wish.
    """
    if not home.book.wishes.open_rounds():
        return
    yield from _steps(home, now)
    zone = owner_days(home.settings).zone
    if count := tell_rounds(home.book, writer_of(home), zone=zone, now=now):
        yield f"letters to the people of rounds: {count}"


def _steps(home: Home, now: datetime) -> Iterator[str]:
    # What encrypts takes time to load, and most houses hold no rounds.
    from anlass.desk.wishes.keys import key_ring  # noqa: PLC0415
    from anlass.desk.wishes.steps import take_steps  # noqa: PLC0415

    try:
        for done in take_steps(home.book, key_ring(home.settings), now=now):
            yield f"round {done.round.number} of {done.round.event.hex()[:8]}: {done.step}"
    except StoreError as error:
        yield f"a step is due and could not be taken ({error.says})"
