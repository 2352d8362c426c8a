"""Events of wishes, their tickets and rounds, kept for the organiser they belong to.

Every change of a round is one statement that holds only where the round is as it must be, so that of two
workers one takes a step and the other finds it taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from anlass.outreach.wish_event import Ticket, WishEvent, WishRound
from anlass.outreach.wish_times import Phase, Timetable
from anlass.store.gatherings.wish_shelf import SHELVES, WishShelf
from anlass.store.ground.mapping import moment, seconds, storable
from anlass.store.ground.sql import Row, Tables, insert

_EVENT = insert("wishevent", "id name quota lang address", key="id", update="name quota lang address")
_TICKET = insert("wishticket", "event id link name mail flags round")
_ROUND = insert(
    "wishround",
    "event number phase freeze_at match_at release_at forget_at"
    " quota roster_hash participants alarms fingerprint",
    key="event number",
)
_TICKETS = "SELECT id, name, mail, public, flags, round FROM store_wishticket WHERE owner_id = %(owner)s"
_ROUNDS = (
    "SELECT event, number, phase, freeze_at, match_at, release_at, forget_at, quota, roster_hash,"
    " participants, alarms, fingerprint FROM store_wishround WHERE owner_id = %(owner)s"
)
_OF_TICKET = "WHERE owner_id = %(owner)s AND event = %(event)s AND id = %(pid)s"
_OF_ROUND = "WHERE owner_id = %(owner)s AND event = %(event)s AND number = %(number)s"
_RUNS = (
    "EXISTS (SELECT 1 FROM store_wishround r WHERE r.owner_id = %(owner)s AND r.event = %(event)s"
    " AND r.phase NOT IN ('joining', 'forgotten'))"
)
_BEHIND = (
    "SELECT e.id, e.name, e.quota, e.lang, e.address, t.id, t.name, t.mail, t.public, t.flags, t.round,"
    " r.event, r.number, r.phase, r.freeze_at, r.match_at, r.release_at, r.forget_at, r.quota,"
    " r.roster_hash, r.participants, r.alarms, r.fingerprint"
    " FROM store_wishticket t JOIN store_wishevent e ON e.owner_id = t.owner_id AND e.id = t.event"
    " LEFT JOIN store_wishround r ON r.owner_id = t.owner_id AND r.event = t.event"
    " WHERE t.owner_id = %(owner)s AND t.link = %(link)s ORDER BY r.number"
)
_OF_EVENT = (
    *((f"wish{table}", "event") for table in SHELVES),
    ("wishticket", "event"),
    ("wishround", "event"),
    ("wishevent", "id"),
)
"""Every table in which something of an event's wishes lies, and the column that names the event."""
_PAGE = 2_000


@dataclass(frozen=True, slots=True)
class Behind:
    """What a link leads to: a ticket, its event, and the rounds of that in order."""

    event: WishEvent
    ticket: Ticket
    rounds: tuple[WishRound, ...]


class WishTables:
    """The wishes of one organiser; `shelf` is what lies sealed in them."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.shelf = WishShelf(tables)

    # --- events and tickets ---

    def keep_event(self, event: WishEvent) -> None:
        """Write down an event, or how it is called now."""
        row = (event.id.hex(), storable(event.name), event.quota, event.lang, event.address)
        self._tables.write_all(_EVENT, [row])

    def events(self) -> tuple[WishEvent, ...]:
        """Return all events, by name."""
        rows = self._tables.rows(
            "SELECT id, name, quota, lang, address FROM store_wishevent WHERE owner_id = %(owner)s"
            " ORDER BY name, id"
        )
        return tuple(map(_event, rows))

    def event(self, id_: bytes) -> WishEvent | None:
        """Return an event."""
        return next((one for one in self.events() if one.id == id_), None)

    def admit(self, event: bytes, tickets: Iterable[tuple[Ticket, str]]) -> None:
        """Write down tickets that are new, each with the digest of its link."""
        rows = (
            (event.hex(), one.pid.hex(), link, storable(one.name), storable(one.mail), one.flags, one.round)
            for one, link in tickets
        )
        self._tables.write_all(_TICKET, rows)
        self._tables.survey("wishticket")

    def relink(self, event: bytes, pid: bytes, link: str) -> bool:
        """Let another link lead to a ticket, and the old one nowhere."""
        sql = f"UPDATE store_wishticket SET link = %(link)s {_OF_TICKET}"
        return self._tables.write(sql, event=event.hex(), pid=pid.hex(), link=link) > 0

    def rename(self, event: bytes, pid: bytes, name: str) -> bool:
        """Let a ticket have another name, but not beside a key of somebody's own, which has that name."""
        sql = f"UPDATE store_wishticket SET name = %(name)s {_OF_TICKET} AND (public IS NULL OR flags <> 0)"
        return self._tables.write(sql, event=event.hex(), pid=pid.hex(), name=storable(name)) > 0

    def name_of(self, event: bytes, pid: bytes) -> str:
        """Return the name on a ticket; "" where there is none."""
        rows = self._tables.rows(
            f"SELECT name FROM store_wishticket {_OF_TICKET}", event=event.hex(), pid=pid.hex()
        )
        return str(rows[0][0]) if rows else ""

    def behind(self, link: str) -> Behind | None:
        """Return what a link leads to, by its digest: one question, asked at every step somebody takes."""
        rows = self._tables.rows(_BEHIND, link=link)
        if not rows:
            return None
        event, ticket = rows[0][:5], rows[0][5:11]
        rounds = tuple(_round(row[11:]) for row in rows if row[11] is not None)
        return Behind(_event(event), _ticket(ticket), rounds)

    def tickets(self, event: bytes, *, round: int | None = None) -> Iterator[Ticket]:  # noqa: A002 - by name
        """Yield the tickets of an event by number; with `round` those on its roster who still take part."""
        only = "" if round is None else f" AND round = {int(round)} AND public IS NOT NULL"
        last = ""
        while rows := self._tables.rows(
            f"{_TICKETS} AND event = %(event)s AND id > %(last)s{only} ORDER BY id LIMIT {_PAGE}",
            event=event.hex(),
            last=last,
        ):
            yield from map(_ticket, rows)
            last = rows[-1][0]

    def call_up(self, event: bytes, number: int) -> None:
        """Put everybody who takes part on the roster of a round."""
        self._tables.write(
            "UPDATE store_wishticket SET round = %(number)s WHERE owner_id = %(owner)s AND event = %(event)s"
            " AND public IS NOT NULL",
            event=event.hex(),
            number=number,
        )

    def join(self, event: bytes, pid: bytes, public: bytes, flags: int) -> bool:
        """Publish the one key of a ticket; says no to a key of somebody else.

        While a round runs a key that is there stays as it is: what was wished hangs on it. A key never
        changes its flags: one that the organiser holds is labelled so for good.
        """
        return bool(
            self._tables.write(
                f"UPDATE store_wishticket SET public = %(public)s, flags = %(flags)s {_OF_TICKET}"
                " AND NOT EXISTS (SELECT 1 FROM store_wishticket o WHERE o.owner_id = %(owner)s"
                " AND o.event = %(event)s AND o.public = %(public)s AND o.id <> %(pid)s)"
                " AND (public IS NULL OR (public = %(public)s AND flags = %(flags)s)"
                f" OR (public <> %(public)s AND NOT {_RUNS}))",
                event=event.hex(),
                pid=pid.hex(),
                public=public.hex(),
                flags=flags,
            )
        )

    def leave(self, event: bytes, pid: bytes) -> bool:
        """Take part no longer: the key goes, and what was uploaded or wished in rounds not yet matched."""
        named = {"event": event.hex(), "pid": pid.hex()}
        with self._tables.together():
            self.shelf.take_away(event, pid)
            return (
                self._tables.write(
                    f"UPDATE store_wishticket SET public = NULL, flags = 0, round = 0 {_OF_TICKET}", **named
                )
                > 0
            )

    def erase(self, event: bytes, pid: bytes) -> bool:
        """Forget a ticket and all that is its own; on a roster that is frozen the name stays to its end."""
        with self._tables.together():
            self.leave(event, pid)
            sql = f"DELETE FROM store_wishticket {_OF_TICKET}"
            return self._tables.write(sql, event=event.hex(), pid=pid.hex()) > 0

    # --- rounds ---

    def open_round(self, event: bytes, times: Timetable) -> WishRound:
        """Add the next round of an event."""
        with self._tables.together():
            number = max((one.number for one in self.rounds(event)), default=0) + 1
            moments = (times.freeze, times.match, times.release, times.forget)
            row = (event.hex(), number, Phase.JOINING.value, *map(seconds, moments), 0, "", 0, 0, "")
            self._tables.write_all(_ROUND, [row])
        return WishRound(event, number, times)

    def call_off(self, event: bytes) -> int:
        """Drop the rounds of an event whose list is still open; return how many."""
        return self._tables.write(
            "DELETE FROM store_wishround WHERE owner_id = %(owner)s AND event = %(event)s"
            " AND phase = 'joining'",
            event=event.hex(),
        )

    def drop(self, event: bytes) -> int:
        """Forget an event with its name, its tickets and rounds; return what is left of it, counted anew."""
        self._tables.overwrite()
        with self._tables.together():
            for table, column in _OF_EVENT:
                self._tables.write(
                    f"DELETE FROM store_{table} WHERE owner_id = %(owner)s AND {column} = %(event)s",
                    event=event.hex(),
                )
        counted = (
            self._tables.row(
                f"SELECT COUNT(*) FROM store_{table} WHERE owner_id = %(owner)s AND {column} = %(event)s",
                event=event.hex(),
            )
            for table, column in _OF_EVENT
        )
        return sum(int(row[0]) for row in counted if row)

    def rounds(self, event: bytes) -> tuple[WishRound, ...]:
        """Return the rounds of an event, in order."""
        rows = self._tables.rows(f"{_ROUNDS} AND event = %(event)s ORDER BY number", event=event.hex())
        return tuple(map(_round, rows))

    def open_rounds(self) -> tuple[WishRound, ...]:
        """Return all rounds that are not forgotten yet."""
        rows = self._tables.rows(f"{_ROUNDS} AND phase <> 'forgotten' ORDER BY event, number")
        return tuple(map(_round, rows))

    def advance(self, before: WishRound, after: WishRound) -> bool:
        """Take a round on; says no where it is no longer in the phase it was in."""
        return bool(
            self._tables.write(
                "UPDATE store_wishround SET phase = %(phase)s, quota = %(quota)s, roster_hash = %(hash)s,"
                " participants = %(participants)s, alarms = %(alarms)s, fingerprint = %(fingerprint)s"
                f" {_OF_ROUND} AND phase = %(before)s",
                event=before.event.hex(),
                number=before.number,
                before=before.phase.value,
                phase=after.phase.value,
                quota=after.quota,
                hash=after.roster_hash.hex(),
                participants=after.participants,
                alarms=after.alarms,
                fingerprint=after.fingerprint,
            )
        )


def _event(row: Row) -> WishEvent:
    id_, *rest = row
    return WishEvent(bytes.fromhex(id_), *rest)


def _ticket(row: Row) -> Ticket:
    id_, name, mail, public, flags, number = row
    key = None if public is None else bytes.fromhex(public)
    return Ticket(bytes.fromhex(id_), name, mail, key, flags, number)


def _round(row: Row) -> WishRound:
    event, number, phase, freeze, match, release, forget, quota, digest, count, alarms, fingerprint = row
    times = Timetable(*map(moment, (freeze, match, release, forget)))
    place = (bytes.fromhex(event), number, times, Phase(phase), quota, bytes.fromhex(digest))
    return WishRound(*place, count, alarms, fingerprint)
