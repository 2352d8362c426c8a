"""The network page of the book: which accounts are watched, how that goes, and what asked at their doors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from anlass.intake.contact_request import Channel
from anlass.intake.knock import Knock, KnockKind
from anlass.people import Address
from anlass.people.ids import digest_id
from anlass.store.accounts.mail import MailState, Watch, state_of
from anlass.store.ground.mapping import digest64, moment, read, seconds, storable, written
from anlass.store.ground.sql import Row, Tables, insert

T = TypeVar("T")
_ACCOUNT = insert(
    "networkaccount",
    "name channel since content mark state trouble state_since seen_at looked_at",
    key="name",
    update="content",
)
_KNOCK = insert("knock", "id account name kind place nth request is_open since", key="id")
_COLUMNS = "id, account, kind, place, nth, request, is_open, since"
_SELECT = f"SELECT {_COLUMNS} FROM store_knock WHERE owner_id = %(owner)s"
_OF_ACCOUNT = "WHERE owner_id = %(owner)s AND name = %(name)s"


@dataclass(frozen=True, slots=True)
class SeenKnock:
    """One ask as it is kept; `request` is empty where it became no case."""

    id: str
    account: str
    kind: KnockKind
    place: str
    nth: int
    request: str
    is_open: bool
    since: datetime


class NetworkTables:
    """What watching chat networks has to remember, for one owner."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    # --- accounts ---

    def accounts(self, shape: type[T]) -> Mapping[str, T]:
        """Return the accounts by their names, as values of `shape`."""
        rows = self._tables.rows(
            "SELECT name, content FROM store_networkaccount WHERE owner_id = %(owner)s ORDER BY name"
        )
        return {name: read(shape, content) for name, content in rows}

    def keep_account(self, name: str, channel: str, account: object, *, now: datetime) -> None:
        """Keep an account under its name; one of this name is replaced, and goes on where it was."""
        row = (storable(name), channel, seconds(now), written(account), "", "", "", 0, 0, None)
        self._tables.write_all(_ACCOUNT, [row])

    def forget_account(self, name: str) -> bool:
        """Forget an account and how far it was watched; what asked there stays known."""
        return bool(self._tables.write(f"DELETE FROM store_networkaccount {_OF_ACCOUNT}", name=name))

    def mark(self, name: str) -> str:
        """Return where the last look at an account's door ended, "" where there was none."""
        row = self._tables.row(f"SELECT mark FROM store_networkaccount {_OF_ACCOUNT}", name=name)
        return str(row[0]) if row else ""

    def set_mark(self, name: str, mark: str) -> None:
        """Write down where a look ended."""
        self._tables.write(
            f"UPDATE store_networkaccount SET mark = %(mark)s {_OF_ACCOUNT}", name=name, mark=storable(mark)
        )

    # --- how it goes ---

    def states(self) -> tuple[MailState, ...]:
        """Return how it goes with every account that was ever watched."""
        rows = self._tables.rows(
            "SELECT name, state, trouble, state_since, seen_at, looked_at FROM store_networkaccount"
            " WHERE owner_id = %(owner)s AND state <> '' ORDER BY name"
        )
        return tuple(state_of(row) for row in rows)

    def say(self, name: str, watch: Watch, trouble: str = "", *, now: datetime) -> None:
        """Write down how it goes with an account."""
        self._tables.write(
            "UPDATE store_networkaccount SET state_since = CASE WHEN state = %(state)s AND"
            " trouble = %(trouble)s THEN state_since ELSE %(now)s END, state = %(state)s,"
            " trouble = %(trouble)s, seen_at = %(now)s,"
            f" looked_at = CASE WHEN %(open)s = 1 THEN %(now)s ELSE looked_at END {_OF_ACCOUNT}",
            name=name,
            state=watch.value,
            trouble=trouble,
            now=seconds(now),
            open=int(watch is Watch.OPEN),
        )

    # --- what asked ---

    def met(self, account: str, knock: Knock, *, now: datetime) -> tuple[SeenKnock, bool]:
        """Return an ask as it is kept, and whether it is met for the first time.

        One that ended and is there again is asked anew; a message never is.
        """
        named = self._named(account, knock.key)
        last = max(named, key=lambda one: one.nth, default=None)
        if last is not None and (last.is_open or knock.kind is KnockKind.MESSAGE):
            return last, False
        nth = last.nth + 1 if last else 0
        id_ = digest_id("knock", account, knock.key, str(nth))
        name = digest64(knock.key)
        row = (id_, account, name, knock.kind.value, storable(knock.place), nth, "", True, seconds(now))
        self._tables.write_all(_KNOCK, [row])
        return SeenKnock(id_, account, knock.kind, knock.place, nth, "", is_open=True, since=now), True

    def belongs(self, knock: str, request: str) -> None:
        """Write down which case an ask became or belongs to."""
        self._tables.write(
            "UPDATE store_knock SET request = %(request)s WHERE owner_id = %(owner)s AND id = %(id)s",
            id=knock,
            request=request,
        )

    def of_request(self, request: str) -> tuple[SeenKnock, ...]:
        """Return the asks that are one case, oldest first."""
        rows = self._tables.rows(f"{_SELECT} AND request = %(request)s ORDER BY since, id", request=request)
        return tuple(map(_knock, rows))

    def end(self, account: str, keys: Iterable[str]) -> tuple[SeenKnock, ...]:
        """Write down that asks of these names are open no more; return those that were.

        An invitation ends by the name of its room.
        """
        wanted = dict.fromkeys(keys)
        found = [one for key in wanted for one in self._named(account, key) if one.is_open]
        found += [
            one
            for one in self.open_asks(account)
            if one.kind is KnockKind.INVITATION and one.place in wanted and one not in found
        ]
        return self._close(found)

    def end_others(self, account: str, keys: frozenset[str]) -> tuple[SeenKnock, ...]:
        """Write down that only the asks of these names are open, messages apart; return those that were."""
        still = {digest64(key) for key in keys}
        rows = self._tables.rows(
            f"SELECT {_COLUMNS}, name FROM store_knock WHERE owner_id = %(owner)s AND account = %(account)s"
            " AND kind <> 'message' AND is_open = %(yes)s",
            account=account,
            yes=True,
        )
        return self._close([_knock(row[:-1]) for row in rows if row[-1] not in still])

    def open_asks(self, account: str) -> tuple[SeenKnock, ...]:
        """Return what still asks at an account's door, messages apart."""
        rows = self._tables.rows(
            f"{_SELECT} AND account = %(account)s AND is_open = %(yes)s AND kind <> 'message'"
            " ORDER BY since, id",
            account=account,
            yes=True,
        )
        return tuple(map(_knock, rows))

    # --- what the owner said there ---

    def answered(self, request: str, *, when: datetime) -> bool:
        """Write down that the owner answered a case there in a program of their own; once."""
        return bool(
            self._tables.write(
                "UPDATE store_case SET answered_at = %(when)s"
                " WHERE owner_id = %(owner)s AND id = %(id)s AND answered_at IS NULL",
                id=request,
                when=seconds(when),
            )
        )

    def talk(self, account: str, address: Address, *, now: datetime) -> None:
        """Write down that the owner wrote to somebody there: what that person says is part of a talk."""
        word = Knock(Channel.OTHER, KnockKind.MESSAGE, _talk_with(address), address)
        self.met(account, word, now=now)

    def is_talk(self, account: str, addresses: Iterable[Address]) -> bool:
        """Tell whether the owner wrote to somebody there."""
        return any(self._named(account, _talk_with(one)) for one in addresses)

    def _named(self, account: str, key: str) -> list[SeenKnock]:
        rows = self._tables.rows(
            f"{_SELECT} AND account = %(account)s AND name = %(name)s", account=account, name=digest64(key)
        )
        return [_knock(row) for row in rows]

    def _close(self, asks: list[SeenKnock]) -> tuple[SeenKnock, ...]:
        for one in asks:
            self._tables.write(
                "UPDATE store_knock SET is_open = %(no)s WHERE owner_id = %(owner)s AND id = %(id)s",
                id=one.id,
                no=False,
            )
        return tuple(asks)


def _talk_with(address: Address) -> str:
    """Return the name of a talk among what asks; no ask of a network has a name with a line in it."""
    return f"talk\n{address.value}"


def _knock(row: Row) -> SeenKnock:
    id_, account, kind, place, nth, request, is_open, since = row
    return SeenKnock(id_, account, _kind(kind), place, nth, request, bool(is_open), moment(since))


def _kind(name: str) -> KnockKind:
    """Return what asked; of a kind that only another version knows nothing is known but that words came."""
    known = {one.value: one for one in KnockKind}
    return known.get(name, KnockKind.MESSAGE)
