"""Webhooks kept, and what is to be told to them: written down with what happened, all or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from anlass.people.ids import digest_id
from anlass.store.ground.mapping import moment, read, seconds, storable, written
from anlass.store.ground.sql import Row, Tables, insert

if TYPE_CHECKING:
    from anlass.case import Case

LEASE = timedelta(minutes=5)
"""How long a delivery stays in one hand: far longer than an attempt may take."""
LONGEST_WAIT = timedelta(days=1)
"""No delivery waits longer for its next try."""
_HOOK = insert("webhook", "id made_at failing_since stopped_at says content", key="id")
_DELIVERY = insert(
    "delivery",
    "id hook state made_at wait_from tries claim claimed_until handed_at says content",
    key="id",
)
_OF_HOOK = "WHERE owner_id = %(owner)s AND id = %(id)s"
_OURS = f"{_OF_HOOK} AND state = 'sending' AND claim = %(claim)s"
_COLUMNS = "id, hook, state, made_at, wait_from, tries, says, content"
_IS_TIME = (
    "(wait_from <= %(now)s OR made_at > %(now)s AND wait_from <= made_at"
    f" OR tries > 0 AND wait_from > %(now)s + {int(LONGEST_WAIT.total_seconds())})"
)
"""Its moment has come; or the clock was set back since that moment was written down: what happened lies later
than now and was to be told at once, or it waits longer after a try than any does."""
_STRANDED = (
    "state = 'sending' AND (claimed_until < %(now)s"
    f" OR claimed_until > %(now)s + {int(LEASE.total_seconds())})"
)
"""Nobody has it in hand any more: its lease is over, or ends later than one that begins now, which it does
where the clock was set back. Whoever still holds it finds it gone when writing down what became of it."""


class DeliveryState(StrEnum):
    """Where a delivery stands."""

    WAITING = "waiting"
    SENDING = "sending"
    DELIVERED = "delivered"
    DROPPED = "dropped"
    """Given up, with its webhook."""


@dataclass(frozen=True, slots=True)
class Hook:
    """A webhook: where it hears, the secret that signs, of what it hears, with a letter's words or not."""

    id: str
    url: str
    secret: str
    on: tuple[str, ...]
    words: bool
    made_at: datetime
    failing_since: datetime | None = None
    stopped_at: datetime | None = None
    says: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What happened, as a webhook hears it: its kind, the case or person it is about, what was done."""

    kind: str
    about: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One thing that is to be told to one webhook."""

    id: str
    hook: str
    state: DeliveryState
    made_at: datetime
    due: datetime
    tries: int
    says: str
    told: Told


@dataclass(frozen=True, slots=True)
class _Content:
    url: str
    secret: str
    on: tuple[str, ...]
    words: bool = False


_ACTS = {
    "decide": "case.decided",
    "take_back": "case.undone",
    "lapsed": "case.lapsed",
    "release": "letter.released",
    "answer": "letter.released",
    "cancel": "letter.cancelled",
    "sent": "letter.sent",
    "not_sent": "letter.failed",
    "doubtful": "letter.doubtful",
    "bounced": "letter.bounced",
    "pause": "outbox.held",
    "resume": "outbox.resumed",
    "grant": "grant.given",
    "revoke": "grant.revoked",
    "standing": "person.standing",
    "wake": "watch.woken",
    "house_rules": "rules.changed",
}
"""Lines of the journal that webhooks may hear of, and what they are called there."""
NEW_CASE = "case.new"
EVENTS = tuple(dict.fromkeys((NEW_CASE, *_ACTS.values())))
"""Everything that a webhook may hear of."""
_ACTION = ("choice", "kind", "standing", "tier")
"""Where a line of the journal says what was done, in one word."""


def new_case(case: Case) -> Told:
    """Return what webhooks hear of a new case: that it is there, and what the house rules propose."""
    return Told(NEW_CASE, case.request.id, case.decision.action.value)


def event_of(act: str, about: str, content: Mapping[str, object]) -> Told | None:
    """Return what webhooks hear of a line of the journal; `None` for what is nobody's business."""
    kind = _ACTS.get(act)
    if kind is None:
        return None
    action = next((str(content[name]) for name in _ACTION if content.get(name)), "")
    return Told(kind, about if about.isalnum() else "", action)


class WebhookTables:
    """The webhooks of one owner and their deliveries."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def keep(self, hook: Hook) -> None:
        """Write a new webhook down."""
        content = written(_Content(hook.url, hook.secret, hook.on, hook.words))
        self._tables.write_all(_HOOK, [(hook.id, seconds(hook.made_at), None, None, "", content)])

    def all(self) -> tuple[Hook, ...]:
        """Return all webhooks, the oldest first."""
        rows = self._tables.rows(
            "SELECT id, made_at, failing_since, stopped_at, says, content FROM store_webhook"
            " WHERE owner_id = %(owner)s ORDER BY made_at, id"
        )
        return tuple(map(_hook, rows))

    def forget(self, id_: str) -> None:
        """Forget a webhook and everything that was to be told to it."""
        self._tables.write("DELETE FROM store_delivery WHERE owner_id = %(owner)s AND hook = %(id)s", id=id_)
        self._tables.write(f"DELETE FROM store_webhook {_OF_HOOK}", id=id_)

    def goes_well(self, id_: str) -> None:
        """Write down that a webhook took what it was told."""
        self._tables.write(f"UPDATE store_webhook SET failing_since = NULL, says = '' {_OF_HOOK}", id=id_)

    def fails(self, id_: str, says: str, *, now: datetime) -> None:
        """Write down that a webhook did not take it, and since when that is so."""
        self._tables.write(
            "UPDATE store_webhook SET failing_since = COALESCE(failing_since, %(now)s), says = %(says)s"
            f" {_OF_HOOK}",
            id=id_,
            says=storable(says),
            now=seconds(now),
        )

    def stop(self, id_: str, *, now: datetime) -> bool:
        """Give a webhook up, and with it what it was not told yet; return whether that is new."""
        sql = f"UPDATE store_webhook SET stopped_at = %(now)s {_OF_HOOK} AND stopped_at IS NULL"
        is_new = bool(self._tables.write(sql, id=id_, now=seconds(now)))
        self._tables.write(
            "UPDATE store_delivery SET state = 'dropped' WHERE owner_id = %(owner)s AND hook = %(id)s"
            " AND state = 'waiting'",
            id=id_,
        )
        return is_new

    def resume(self, id_: str) -> None:
        """Tell a webhook again what happens from now on."""
        self._tables.write(
            f"UPDATE store_webhook SET stopped_at = NULL, failing_since = NULL, says = '' {_OF_HOOK}", id=id_
        )

    # --- deliveries ---

    def announce(self, source: str, told: Told, *, now: datetime) -> None:
        """Write down for every webhook that wants to know that something happened; `source` is its id."""
        for hook in self.all():
            if hook.stopped_at is None and told.kind in hook.on:
                self.put(hook.id, digest_id(hook.id, source), told, now=now)

    def put(self, hook: str, id_: str, told: Told, *, now: datetime) -> None:
        """Write one delivery down; one of this id stays what it is."""
        times = (seconds(now), seconds(now))
        row = (id_, hook, DeliveryState.WAITING.value, *times, 0, "", 0, None, "", written(told))
        self._tables.write_all(_DELIVERY, [row])

    def claim(self, claim: str, *, now: datetime, but: Collection[str] = ()) -> Delivery | None:
        """Take the delivery that is due longest, of no webhook in `but`; `None` where none is due."""
        waiting = (
            f"SELECT {_COLUMNS} FROM store_delivery WHERE owner_id = %(owner)s AND state = 'waiting'"
            f" AND {_IS_TIME} AND hook NOT IN (...) ORDER BY wait_from, id LIMIT 5"
        )
        for row in self._tables.rows_in(waiting, ["", *but], now=seconds(now)):
            taken = self._tables.write(
                "UPDATE store_delivery SET state = 'sending', claim = %(claim)s, handed_at = NULL,"
                f" claimed_until = %(until)s, tries = tries + 1 {_OF_HOOK} AND state = 'waiting'",
                id=row[0],
                claim=claim,
                until=seconds(now + LEASE),
            )
            if taken:
                return _delivery(row)
        return None

    def hand_over(self, id_: str, claim: str, *, now: datetime) -> bool:
        """Write down that a delivery is handed over now; return whether it is still this worker's.

        Its lease begins anew.
        """
        with self._tables.lasting():
            sql = f"UPDATE store_delivery SET handed_at = %(now)s, claimed_until = %(until)s {_OURS}"
            until = seconds(now + LEASE)
            return bool(self._tables.write(sql, id=id_, claim=claim, now=seconds(now), until=until))

    def end(self, id_: str, claim: str, state: DeliveryState, *, says: str = "") -> bool:
        """Write down what became of a delivery."""
        sql = f"UPDATE store_delivery SET state = %(state)s, says = %(says)s, claim = '' {_OURS}"
        return bool(self._tables.write(sql, id=id_, claim=claim, state=state.value, says=storable(says)))

    def again(self, id_: str, claim: str, *, due: datetime, says: str) -> bool:
        """Let a delivery that was not taken, as far as anybody knows, go again later, under its id."""
        sql = (
            "UPDATE store_delivery SET state = 'waiting', wait_from = %(due)s, says = %(says)s, claim = '',"
            f" handed_at = NULL {_OURS}"
        )
        return bool(self._tables.write(sql, id=id_, claim=claim, due=seconds(due), says=storable(says)))

    def left_behind(self, *, now: datetime) -> Iterator[tuple[Delivery, str]]:
        """Yield what a worker had in hand when it died, and its claim."""
        rows = self._tables.rows(
            f"SELECT {_COLUMNS}, claim FROM store_delivery WHERE owner_id = %(owner)s"
            f" AND {_STRANDED} ORDER BY made_at, id",
            now=seconds(now),
        )
        for row in rows:
            yield _delivery(row[:-1]), str(row[-1])

    def clear(self, *, before: datetime) -> None:
        """Forget deliveries that came to an end, and are older."""
        self._tables.write(
            "DELETE FROM store_delivery WHERE owner_id = %(owner)s AND made_at < %(before)s"
            " AND state NOT IN ('waiting', 'sending')",
            before=seconds(before),
        )


def _hook(row: Row) -> Hook:
    id_, made_at, failing_since, stopped_at, says, content = row
    told = read(_Content, content)
    failing, stopped = (None if one is None else moment(one) for one in (failing_since, stopped_at))
    return Hook(id_, told.url, told.secret, told.on, told.words, moment(made_at), failing, stopped, says)


def _delivery(row: Row) -> Delivery:
    id_, hook, state, made_at, due, tries, says, content = row
    return Delivery(
        id_, hook, DeliveryState(state), moment(made_at), moment(due), tries, says, read(Told, content)
    )
