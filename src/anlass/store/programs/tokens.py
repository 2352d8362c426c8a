"""What opens the house to programs: tokens and links of feeds, kept as digests; and what acts answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from anlass.store.ground.mapping import moment, read, seconds, written
from anlass.store.ground.sql import Row, Tables, insert

_TOKEN = insert("token", "id kind digest made_at expires_at revoked_at used_on content", key="id")
_COLUMNS = "id, kind, digest, made_at, expires_at, revoked_at, used_on, content"
_ANSWER = insert("answer", "id asked happened content", key="id")


class TokenKind(StrEnum):
    """What a secret opens."""

    API = "api"
    FEED = "feed"


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its name, what it may do, since when and until when. The secret itself is kept nowhere.

    `used_on` is midnight of the last day it was used; `may` are the scopes of a token of the API, of a
    feed's link what it shows beyond the bare request.
    """

    id: str
    kind: TokenKind
    digest: str
    name: str
    may: tuple[str, ...]
    made_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    used_on: datetime | None = None

    def opens(self, at: datetime) -> bool:
        """Tell whether it holds at a moment."""
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)


@dataclass(frozen=True, slots=True)
class _Content:
    name: str
    may: tuple[str, ...] = ()


class TokenTables:
    """The tokens of one owner."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def keep(self, token: Token) -> None:
        """Write a new token down."""
        row = (
            token.id,
            token.kind.value,
            token.digest,
            seconds(token.made_at),
            seconds(token.expires_at) if token.expires_at else None,
            None,
            None,
            written(_Content(token.name, token.may)),
        )
        self._tables.write_all(_TOKEN, [row])

    def all(self, kind: TokenKind) -> tuple[Token, ...]:
        """Return the tokens of a kind, the newest first, those that hold no more among them."""
        rows = self._tables.rows(
            f"SELECT {_COLUMNS} FROM store_token WHERE owner_id = %(owner)s AND kind = %(kind)s"
            " ORDER BY made_at DESC, id",
            kind=kind.value,
        )
        return tuple(map(_token, rows))

    def find(self, id_: str) -> Token | None:
        """Return the token of this id, or `None`."""
        sql = f"SELECT {_COLUMNS} FROM store_token WHERE owner_id = %(owner)s AND id = %(id)s"
        row = self._tables.row(sql, id=id_)
        return _token(row) if row else None

    def revoke(self, id_: str, *, now: datetime) -> bool:
        """Let a token open nothing from now on; return whether it was not revoked before."""
        return bool(
            self._tables.write(
                "UPDATE store_token SET revoked_at = %(now)s"
                " WHERE owner_id = %(owner)s AND id = %(id)s AND revoked_at IS NULL",
                id=id_,
                now=seconds(now),
            )
        )

    def used(self, id_: str, *, on: datetime) -> None:
        """Write down the day a token was used; nothing finer is known of it."""
        self._tables.write(
            "UPDATE store_token SET used_on = %(on)s WHERE owner_id = %(owner)s AND id = %(id)s",
            id=id_,
            on=seconds(on),
        )


class AnswerTables:
    """What acts answered under an idempotency key."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def claim(self, id_: str, asked: str, *, now: datetime) -> tuple[str, str] | None:
        """Take a key; where it is taken, return what was asked under it and the answer, "" for none yet.

        Within a transaction: whoever claims a key meanwhile waits for its end.
        """
        self.alone()
        before = self._find(id_)
        if before is None:
            self._tables.write_all(_ANSWER, [(id_, asked, seconds(now), "")])
            return None
        return before

    def alone(self) -> None:
        """Let nobody else come this far until the end of the transaction."""
        self._tables.write("UPDATE store_owner SET id = id WHERE id = %(owner)s")

    def keep(self, id_: str, content: str) -> None:
        """Write down what was answered."""
        self._tables.write(
            "UPDATE store_answer SET content = %(content)s WHERE owner_id = %(owner)s AND id = %(id)s",
            id=id_,
            content=content,
        )

    def drop(self, id_: str) -> None:
        """Free a key whose act came to nothing."""
        sql = "DELETE FROM store_answer WHERE owner_id = %(owner)s AND id = %(id)s"
        self._tables.write(sql, id=id_)

    def forget(self, *, before: datetime) -> None:
        """Forget the answers that are older."""
        self._tables.write(
            "DELETE FROM store_answer WHERE owner_id = %(owner)s AND happened < %(before)s",
            before=seconds(before),
        )

    def _find(self, id_: str) -> tuple[str, str] | None:
        sql = "SELECT asked, content FROM store_answer WHERE owner_id = %(owner)s AND id = %(id)s"
        row = self._tables.row(sql, id=id_)
        return (str(row[0]), str(row[1])) if row else None


def _token(row: Row) -> Token:
    id_, kind, digest, made_at, expires_at, revoked_at, used_on, content = row
    told = read(_Content, content)
    times = (None if one is None else moment(one) for one in (expires_at, revoked_at, used_on))
    return Token(id_, TokenKind(kind), digest, told.name, told.may, moment(made_at), *times)
