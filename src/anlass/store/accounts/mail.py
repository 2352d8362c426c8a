"""The mail page of the book: which mailboxes are watched, how far, how that goes, whose drafts lie where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from anlass.errors import ConfigError
from anlass.people.ids import digest_id
from anlass.store.ground.mapping import digest64, moment, path_text, read, seconds, storable, written
from anlass.store.ground.sql import Row, Tables, insert
from anlass.store.history.filed import Filed, FiledTables

T = TypeVar("T")

_ACCOUNT = insert("mailaccount", "name since content", key="name", update="content")
_STATE = insert(
    "mailstate",
    "account state trouble since seen_at looked_at",
    key="account",
    update="state trouble since seen_at looked_at",
)
_MARK = insert(
    "mailfolder",
    "account folder validity next count modseq began",
    key="account folder",
    update="validity next count modseq began",
)
_DRAFT = insert(
    "placeddraft",
    "id account message_id digest state",
    key="id",
    update="account message_id digest state",
)
_CLAIM = insert("placeddraft", "id account message_id digest state", key="id")
_CAME_BY = """
SELECT DISTINCT c.id
FROM store_case c CROSS JOIN store_seen s CROSS JOIN store_place p CROSS JOIN store_folder f
WHERE c.owner_id = %(owner)s AND c.id IN (...) AND c.arrived >= %(since)s
AND s.owner_id = c.owner_id AND s.request = c.id AND p.owner_id = s.owner_id AND p.letter = s.letter
AND f.owner_id = p.owner_id AND f.id = p.folder AND SUBSTR(f.path, 1, %(length)s) = %(place)s
"""
"""Joined this way SQLite begins with the cases, which are few, and not with all that lies anywhere."""
_PATIENCE = 60_000
"""Milliseconds that the worker waits for its turn to write."""
_OF_ACCOUNT = ("mailaccount", "name"), ("mailstate", "account"), ("mailfolder", "account")


class Watch(StrEnum):
    """How it goes with a mailbox."""

    OPEN = "open"
    """It is watched."""
    TROUBLED = "troubled"
    """It cannot be: the trouble says why."""
    STOPPED = "stopped"
    """The worker was ended in order."""


@dataclass(frozen=True, slots=True)
class MailState:
    """How the watching of one mailbox goes; `trouble` is a word of `wires/trouble.py` or the store's."""

    account: str
    watch: Watch
    trouble: str
    since: datetime
    seen_at: datetime
    looked_at: datetime | None = None


def state_of(row: Row) -> MailState:
    """Return the state in a row: account, state, trouble, since, seen and looked at, in seconds."""
    account, state, trouble, since, seen, looked = row
    last = None if looked is None else moment(looked)
    return MailState(account, Watch(state), trouble, moment(since), moment(seen), last)


@dataclass(frozen=True, slots=True)
class FolderMark:
    """How far a folder was read; see `channels/mail/line.py`. From `began` on mail is new, not history."""

    validity: int
    next: int
    count: int
    modseq: int = 0
    began: int = 0


class DraftState(StrEnum):
    """What is known of a draft in the owner's Drafts."""

    MEANT = "meant"
    """It was about to be put there; whether it lies there is to be looked up."""
    PLACED = "placed"
    LEFT = "left"
    """The owner has made it their own, sent it or thrown it away: it is left alone for ever."""
    TAKEN_BACK = "taken_back"
    """There is nothing to be said any more; it was taken out unread."""


@dataclass(frozen=True, slots=True)
class PlacedDraft:
    """The draft of one case, as it was put into the Drafts of an account."""

    case: str
    account: str
    message_id: str
    digest: str
    state: DraftState


class MailTables:
    """What watching mailboxes has to remember, for one owner."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._filed = FiledTables(tables)

    # --- accounts ---

    def accounts(self, shape: type[T]) -> Mapping[str, T]:
        """Return the accounts by their names, as values of `shape`."""
        rows = self._tables.rows(
            "SELECT name, content FROM store_mailaccount WHERE owner_id = %(owner)s ORDER BY name"
        )
        return {name: read(shape, content) for name, content in rows}

    def keep_account(self, name: str, account: object, *, now: datetime) -> None:
        """Keep an account under its name; one of this name is replaced, and stays connected since then."""
        self._tables.write_all(_ACCOUNT, [(storable(name), seconds(now), written(account))])

    def connected(self, name: str) -> datetime | None:
        """Return since when an account is connected."""
        row = self._tables.row(
            "SELECT since FROM store_mailaccount WHERE owner_id = %(owner)s AND name = %(name)s", name=name
        )
        return moment(row[0]) if row else None

    def forget_account(self, name: str) -> bool:
        """Forget an account, and how far it was read; return whether there was one."""
        with self._tables.together():
            gone = [
                self._tables.write(
                    f"DELETE FROM store_{table} WHERE owner_id = %(owner)s AND {column} = %(name)s", name=name
                )
                for table, column in _OF_ACCOUNT
            ]
        return gone[0] > 0

    # --- how it goes ---

    def states(self) -> tuple[MailState, ...]:
        """Return how it goes with every account that was ever watched."""
        rows = self._tables.rows(
            "SELECT account, state, trouble, since, seen_at, looked_at FROM store_mailstate"
            " WHERE owner_id = %(owner)s ORDER BY account"
        )
        return tuple(state_of(row) for row in rows)

    def say(self, account: str, watch: Watch, trouble: str = "", *, now: datetime) -> bool:
        """Write down how it goes with an account; return whether it went otherwise before."""
        with self._tables.together():
            before = next((one for one in self.states() if one.account == account), None)
            is_new = before is None or (before.watch, before.trouble) != (watch, trouble)
            since = now if is_new or before is None else before.since
            looked = now if watch is Watch.OPEN else before.looked_at if before else None
            row = (account, watch.value, trouble, seconds(since), seconds(now))
            self._tables.write_all(_STATE, [(*row, None if looked is None else seconds(looked))])
        return is_new

    def is_only_worker(self) -> bool:
        """Tell whether no other machine watches for this owner; true until this thread's connection ends.

        On SQLite there is no other machine. Raises `ConfigError` behind a pooler.
        """
        if self._tables.vendor != "postgresql":
            return True
        self.refuse_pooler()
        key = digest64(f"anlass work {self._tables.owner}")
        row = self._tables.row("SELECT pg_try_advisory_lock(%(key)s)", key=key)
        return bool(row and row[0])

    def refuse_pooler(self) -> None:
        """Raise `ConfigError` behind a pooler: the lock is the line's, and others get the line too."""
        if self._tables.is_pooled:
            raise ConfigError(
                "The worker needs a line of its own to PostgreSQL.",
                hint="Give `anlass work` the address of the database itself, without `pooled=1`.",
            )

    def be_patient(self) -> None:
        """Let this thread wait long for others that write; whoever watches has time, unlike a page."""
        if self._tables.vendor == "sqlite":
            self._tables.rows(f"PRAGMA busy_timeout = {_PATIENCE}")

    # --- how far ---

    def mark(self, account: str, folder: str) -> FolderMark | None:
        """Return how far a folder was read, `None` where it never was looked into."""
        row = self._tables.row(
            "SELECT validity, next, count, modseq, began FROM store_mailfolder"
            " WHERE owner_id = %(owner)s AND account = %(account)s AND folder = %(folder)s",
            account=account,
            folder=storable(folder),
        )
        return FolderMark(*row) if row else None

    def set_mark(self, account: str, folder: str, mark: FolderMark) -> None:
        """Write down how far a folder was read."""
        row = (mark.validity, mark.next, mark.count, mark.modseq, mark.began)
        self._tables.write_all(_MARK, [(account, storable(folder), *row)])

    # --- letters ---

    def letters_at(self, directory: str, names: Iterable[str]) -> tuple[Filed, ...]:
        """Return the letters that lie in a directory under these names, oldest first, each once."""
        return self._filed.at(directory, map(path_text, names))

    def letters_of(self, case: str) -> tuple[str, ...]:
        """Return the ids of the letters that are this case."""
        rows = self._tables.rows(
            "SELECT letter FROM store_seen WHERE owner_id = %(owner)s AND request = %(case)s ORDER BY letter",
            case=case,
        )
        return tuple(str(row[0]) for row in rows)

    def newest_cases(self, limit: int = 500) -> Mapping[str, str]:
        """Return the newest cases by their ids, each with a print that changes when the case does."""
        rows = self._tables.rows(
            "SELECT id, state, action, verdict, replied_at, answered_at, LENGTH(content) FROM store_case"
            " WHERE owner_id = %(owner)s ORDER BY arrived DESC, id DESC LIMIT %(limit)s",
            limit=limit,
        )
        return {str(row[0]): repr(row[1:]) for row in rows}

    def came_by(self, place: str, since: datetime, cases: Iterable[str]) -> frozenset[str]:
        """Return which of these cases arrived at this mailbox, named by its place, at this time or later."""
        begin = f"{path_text(place)}/"
        rows = self._tables.rows_in(_CAME_BY, cases, since=seconds(since), place=begin, length=len(begin))
        return frozenset(str(row[0]) for row in rows)

    # --- what the house moves ---

    def moves(self, account: str, letter: str, word: str) -> None:
        """Write down that the house is about to put a letter where `word` says."""
        row = (_of_move(account, letter), account, letter, word, _MOVED)
        self._tables.write_all(_DRAFT, [row])

    def moved(self, account: str, letter: str) -> str:
        """Return where the house put a letter, "" where it did not; told once, when it was met there."""
        id_ = _of_move(account, letter)
        row = self._tables.row(f"{_DRAFTS} AND id = %(id)s", id=id_)
        if row:
            self._tables.write(
                "DELETE FROM store_placeddraft WHERE owner_id = %(owner)s AND id = %(id)s", id=id_
            )
        return str(row[3]) if row else ""

    # --- drafts ---

    def draft(self, case: str) -> PlacedDraft | None:
        """Return what is known of the draft of a case, `None` where none was ever placed."""
        row = self._tables.row(f"{_DRAFTS} AND id = %(case)s", case=case)
        return _draft(row) if row else None

    def drafts(self, account: str) -> tuple[PlacedDraft, ...]:
        """Return the drafts that lie, or may lie, in the Drafts of an account."""
        rows = self._tables.rows(
            f"{_DRAFTS} AND account = %(account)s AND state IN ('meant', 'placed') ORDER BY id",
            account=account,
        )
        return tuple(map(_draft, rows))

    def claim_draft(self, draft: PlacedDraft) -> bool:
        """Write down that a draft is about to be placed; `False` where another account has that in hand."""
        row = (draft.case, draft.account, draft.message_id, draft.digest, draft.state.value)
        self._tables.write_all(_CLAIM, [row])
        kept = self.draft(draft.case)
        return kept is not None and kept.account == draft.account

    def keep_draft(self, draft: PlacedDraft) -> None:
        """Write down what is known of a draft."""
        row = (draft.case, draft.account, draft.message_id, draft.digest, draft.state.value)
        self._tables.write_all(_DRAFT, [row])


_MOVED = "moved"
"""The state of what is no draft, but a letter that the house put into a folder."""
_DRAFTS = "SELECT id, account, message_id, digest, state FROM store_placeddraft WHERE owner_id = %(owner)s"


def _of_move(account: str, letter: str) -> str:
    return digest_id("moved", account, letter)


def _draft(row: tuple[str, str, str, str, str]) -> PlacedDraft:
    case, account, message_id, digest, state = row
    return PlacedDraft(case, account, message_id, digest, DraftState(state))
