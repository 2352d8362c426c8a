"""The outbox: one row for each letter that leaves, so that it leaves once.

Every step is one statement that only holds where the row is as it must be, so of two workers one
does it and of two runs the second does nothing:

    waiting --claim--> sending --hand over--> sending, handed --delivered--> sent
       ^                  |                          |
       +-- put off -------+-- its worker died        +-- its worker died --> doubtful

What was claimed and not handed over can be tried again; what was handed over is never sent a second
time by itself. A pause is part of the statements, so it holds until the last moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from anlass.errors import NotFound
from anlass.people.handles import server_of
from anlass.people.ids import called, digest_id
from anlass.replies.outgoing import Outgoing
from anlass.store.ground.mapping import digest64, moment, read, seconds, storable, written
from anlass.store.ground.sql import Row, Tables, insert

LEASE = timedelta(minutes=15)
"""How long a worker may have a letter in hand; all its patience with a server is far shorter."""


class OutboxState(StrEnum):
    """Where a letter stands."""

    WAITING = "waiting"
    """For its moment; it can be taken back."""
    SENDING = "sending"
    """A worker has it in hand."""
    SENT = "sent"
    DOUBTFUL = "doubtful"
    """It was being handed over when the program died: it may have gone. Only the owner sends it again."""
    CANCELLED = "cancelled"
    """Taken back before it left."""
    STOPPED = "stopped"
    """The server refused it for good, or the house stopped it; the owner sees why."""


LIVE = (OutboxState.WAITING, OutboxState.SENDING, OutboxState.SENT, OutboxState.DOUBTFUL)
"""States of a letter that is on its way or may be."""


@dataclass(frozen=True, slots=True)
class Boxed:
    """A letter in the outbox; `due` is when it is tried next, `says` what went wrong last."""

    id: str
    letter: Outgoing
    state: OutboxState
    due: datetime
    tries: int
    made_at: datetime
    sent_at: datetime | None
    bounced_at: datetime | None
    is_kept: bool
    says: str


@dataclass(frozen=True, slots=True)
class Swept:
    """What a look after dead workers found: letters that wait again, and letters in doubt."""

    freed: int
    doubtful: tuple[str, ...]


def outgoing_id(letter: Outgoing) -> str:
    """Return the key of a letter: one for a person, a request and a kind."""
    return digest_id("outgoing", letter.person, letter.request, letter.kind.value)


_COLUMNS = "id, content, state, wait_from, tries, made_at, sent_at, bounced_at, is_kept, says"
_SELECT = f"SELECT {_COLUMNS} FROM store_outgoing WHERE owner_id = %(owner)s"
_PUT = insert(
    "outgoing",
    "id person request kind state message domain is_automatic made_at wait_from content way"
    " tries says claim claimed_until is_kept handed_at sent_at bounced_at",
    key="id",
    update="state message domain is_automatic made_at wait_from content way"
    " tries says claim claimed_until is_kept handed_at sent_at bounced_at",
    where="store_outgoing.state IN ('cancelled', 'stopped')",
)
_OPEN = (
    "NOT EXISTS (SELECT 1 FROM store_latch k WHERE k.owner_id = %(owner)s AND (k.name = 'paused'"
    " OR k.name = 'stopped' AND store_outgoing.is_automatic))"
)
_OF_ROW = "WHERE owner_id = %(owner)s AND id = %(id)s"
_IN_HAND = f"{_OF_ROW} AND state = 'sending' AND claim = %(worker)s"

_STRANDED = (
    "state = 'sending' AND handed_at IS NULL"
    f" AND (claimed_until < %(now)s OR claimed_until > %(now)s + {int(LEASE.total_seconds())})"
)
"""Letters that nobody hands over any more: their lease is over, or ends later than one that begins now, which
it does where the clock was set back. Whoever still holds one finds it gone when handing it over."""
_DUE = f"""
SELECT 1 FROM store_outgoing WHERE owner_id = %(owner)s AND way = %(way)s AND (
    state = 'waiting' AND wait_from <= %(now)s OR state = 'sending' AND claimed_until < %(now)s
    OR {_STRANDED} OR state = 'sent' AND is_kept = %(no)s) LIMIT 1
"""


class OutboxTables:
    """The outbox of one owner."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    # --- putting in, looking at ---

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let nobody else put letters in meanwhile, so that what was counted still holds; all or nothing."""
        with self._tables.by_turns():
            yield

    def put(self, letter: Outgoing, *, due: datetime, now: datetime) -> bool:
        """Put a letter in; return whether it is there now and was not before.

        One that was taken back or stopped makes room for another; any other stays what it is.
        """
        before = self._tables.row(f"SELECT state FROM store_outgoing {_OF_ROW}", id=outgoing_id(letter))
        if before and before[0] not in (OutboxState.CANCELLED, OutboxState.STOPPED):
            return False
        self._tables.write_all(_PUT, [_row(letter, due, now)])
        row = self._tables.row(f"SELECT message, state FROM store_outgoing {_OF_ROW}", id=outgoing_id(letter))
        return row is not None and tuple(row) == (digest64(letter.message_id), OutboxState.WAITING)

    def find(self, id_or_prefix: str) -> Boxed:
        """Return the letter of this id, or whose id alone begins so; else `NotFound`."""
        found = called(id_or_prefix, self.all())
        if len(found) == 1:
            return found[0]
        several = f"Several letters begin with {id_or_prefix!r}."
        says = several if found else f"There is no letter {id_or_prefix!r}."
        raise NotFound(says, hint="`anlass outbox` lists them with their ids.")

    def all(self, *states: OutboxState, limit: int = 10_000) -> tuple[Boxed, ...]:
        """Return the letters in these states (all, where none is named), the newest first."""
        wanted = ", ".join(f"'{state.value}'" for state in states or OutboxState)
        sql = f"{_SELECT} AND state IN ({wanted}) ORDER BY made_at DESC, id LIMIT %(limit)s"
        return tuple(map(_boxed, self._tables.rows(sql, limit=limit)))

    def of_request(self, request: str, *, or_below: bool = False) -> tuple[Boxed, ...]:
        """Return the letters on one request, the newest first; `or_below` it, on all that begin so too."""
        is_meant = "LIKE %(request)s" if or_below else "= %(request)s"
        sql = f"{_SELECT} AND request {is_meant} ORDER BY made_at DESC, id"
        rows = self._tables.rows(sql, request=f"{request}%" if or_below else request)
        return tuple(map(_boxed, rows))

    def by_message(self, message_ids: Iterable[str]) -> tuple[Boxed, ...]:
        """Return the letters that bear these Message-IDs (without brackets)."""
        digests = {digest64(one): one for one in message_ids}
        rows = self._tables.rows_in(f"{_SELECT} AND message IN (...) ORDER BY id", list(digests))
        found = map(_boxed, rows)
        return tuple(one for one in found if one.letter.message_id in digests.values())

    def is_due(self, *, now: datetime, way: str = "") -> bool:
        """Tell whether anything is to be done: a letter is due, its worker died, or its copy is missing."""
        return self._tables.row(_DUE, now=seconds(now), no=False, way=way) is not None

    # --- the way of one letter ---

    def claim(self, worker: str, *, now: datetime, way: str = "") -> Boxed | None:
        """Take the next letter due this way into hand; `None`: there is none, or the outbox is shut."""
        rows = self._tables.rows(
            "SELECT id FROM store_outgoing WHERE owner_id = %(owner)s AND state = 'waiting' AND way = %(way)s"
            f" AND wait_from <= %(now)s AND {_OPEN} ORDER BY wait_from, id LIMIT 20",
            now=seconds(now),
            way=way,
        )
        for (id_,) in rows:
            taken = self._tables.write(
                "UPDATE store_outgoing SET state = 'sending', claim = %(worker)s, handed_at = NULL,"
                f" claimed_until = %(until)s, tries = tries + 1 {_OF_ROW} AND state = 'waiting'"
                f" AND wait_from <= %(now)s AND {_OPEN}",
                id=id_,
                worker=worker,
                until=seconds(now + LEASE),
                now=seconds(now),
            )
            if taken:
                return self.find(id_)
        return None

    def hand_over(self, id_: str, worker: str, *, now: datetime) -> bool:
        """Write down that the words are about to be handed over; where this says no, they must not be.

        It says no where somebody else has the letter by now, or the outbox was shut meanwhile. What it
        writes survives a power failure.
        """
        with self._tables.lasting():
            return bool(
                self._tables.write(
                    f"UPDATE store_outgoing SET handed_at = %(now)s {_IN_HAND} AND handed_at IS NULL"
                    f" AND {_OPEN}",
                    id=id_,
                    worker=worker,
                    now=seconds(now),
                )
            )

    def delivered(self, id_: str, worker: str, *, now: datetime) -> bool:
        """Write down that the server took the letter."""
        return self._done(
            f"state = 'sent', sent_at = %(now)s, claim = '', says = '' {_IN_HAND} AND handed_at IS NOT NULL",
            id_,
            worker=worker,
            now=seconds(now),
        )

    def put_off(self, id_: str, worker: str, *, until: datetime, says: str) -> bool:
        """Let a letter wait that the server surely did not take."""
        return self._done(
            "state = 'waiting', claim = '', handed_at = NULL, wait_from = %(until)s, says = %(says)s"
            f" {_IN_HAND}",
            id_,
            worker=worker,
            until=seconds(until),
            says=storable(says),
        )

    def give_up(self, id_: str, worker: str, *, now: datetime, says: str, is_bounce: bool = False) -> bool:
        """Stop a letter that the server surely did not take and never will."""
        return self._done(
            "state = 'stopped', claim = '', handed_at = NULL, says = %(says)s,"
            f" bounced_at = CASE WHEN %(bounce)s = 1 THEN %(now)s ELSE bounced_at END {_IN_HAND}",
            id_,
            worker=worker,
            says=storable(says),
            now=seconds(now),
            bounce=int(is_bounce),
        )

    def doubt(self, id_: str, worker: str, *, says: str) -> bool:
        """Write down that nobody knows whether the server took the letter."""
        return self._done(
            f"state = 'doubtful', claim = '', says = %(says)s {_IN_HAND}",
            id_,
            worker=worker,
            says=storable(says),
        )

    def sweep(self, *, now: datetime) -> Swept:
        """Look after letters whose worker died: free what was not handed over, doubt what was."""
        late = "state = 'sending' AND claimed_until < %(now)s"
        rows = self._tables.rows(
            f"SELECT id FROM store_outgoing WHERE owner_id = %(owner)s AND {late} AND handed_at IS NOT NULL",
            now=seconds(now),
        )
        doubtful = [
            id_
            for (id_,) in rows
            if self._done(
                f"state = 'doubtful', claim = '' {_OF_ROW} AND {late} AND handed_at IS NOT NULL",
                id_,
                now=seconds(now),
            )
        ]
        freed = self._tables.write(
            "UPDATE store_outgoing SET state = 'waiting', claim = '' WHERE owner_id = %(owner)s"
            f" AND {_STRANDED}",
            now=seconds(now),
        )
        return Swept(freed, tuple(doubtful))

    def was_sent(self, id_: str) -> bool:
        """Settle a doubt: the letter was found among those that left."""
        return self._done(
            "state = 'sent', sent_at = COALESCE(sent_at, handed_at), says = ''"
            f" {_OF_ROW} AND state = 'doubtful'",
            id_,
        )

    def kept(self, id_: str) -> bool:
        """Write down that the Sent folder has a letter."""
        return self._done(f"is_kept = %(yes)s {_OF_ROW} AND state = 'sent'", id_, yes=True)

    def bounced(self, id_: str, *, now: datetime) -> bool:
        """Write down that a letter came back; return whether that is new."""
        return self._done(
            f"bounced_at = %(now)s {_OF_ROW} AND bounced_at IS NULL AND state IN ('sent', 'doubtful')",
            id_,
            now=seconds(now),
        )

    # --- the owner's word ---

    def cancel(self, id_: str, *, says: str = "") -> bool:
        """Take a letter back that has not left; one in doubt or stopped is laid aside."""
        return self._done(
            f"state = 'cancelled', says = %(says)s {_OF_ROW} AND state IN ('waiting', 'doubtful', 'stopped')",
            id_,
            says=storable(says),
        )

    def again(self, id_: str, *, due: datetime) -> bool:
        """Let a letter that is in doubt, stopped or waiting go at this moment, by the owner's word."""
        return self._done(
            "state = 'waiting', wait_from = %(due)s, tries = 0, handed_at = NULL, says = ''"
            f" {_OF_ROW} AND state IN ('waiting', 'doubtful', 'stopped')",
            id_,
            due=seconds(due),
        )

    def _done(self, change: str, id_: str, **values: object) -> bool:
        return bool(self._tables.write(f"UPDATE store_outgoing SET {change}", id=id_, **values))


def _row(letter: Outgoing, due: datetime, now: datetime) -> tuple[object, ...]:
    return (
        outgoing_id(letter),
        letter.person,
        letter.request,
        letter.kind.value,
        OutboxState.WAITING.value,
        digest64(letter.message_id),
        storable(server_of(letter.to)[:255]),
        letter.is_automatic,
        seconds(now),
        seconds(due),
        written(letter),
        *(letter.way, 0, "", "", 0, False, None, None, None),
    )


def _boxed(row: Row) -> Boxed:
    id_, content, state, due, tries, made_at, sent_at, bounced_at, is_kept, says = row
    return Boxed(
        id_,
        read(Outgoing, content),
        OutboxState(state),
        moment(due),
        tries,
        moment(made_at),
        None if sent_at is None else moment(sent_at),
        None if bounced_at is None else moment(bounced_at),
        bool(is_kept),
        says,
    )
