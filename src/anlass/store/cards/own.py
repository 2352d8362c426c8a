"""What the owner shows, kept: every version of the cards, every grant, and the secret that signs links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from anlass.cards import Grant, Occasion
from anlass.people.ids import digest_id
from anlass.store.ground.mapping import moment, seconds
from anlass.store.ground.sql import Row, Tables, insert

_VERSION = insert("cardversion", "id kept_at content", key="id")
_GRANT = insert("grant", "id person card tier since until given_at revoked_at occasion case", key="id")
_SECRET = insert("secret", "name value", key="name")
_COLUMNS = 'id, person, card, tier, since, until, given_at, revoked_at, occasion, "case"'
_OF_PERSON = (
    "person IN (SELECT a.id FROM store_personaddress a WHERE a.owner_id = %(owner)s"
    " AND a.person = %(person)s UNION SELECT %(person)s)"
)


@dataclass(frozen=True, slots=True)
class KeptCards:
    """The text of the cards as it holds from a moment on."""

    id: str
    kept_at: datetime
    text: str


class CardTables:
    """The cards of one owner, and who was granted to see them."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def keep(self, text: str, *, now: datetime) -> KeptCards:
        """Let a text hold from now on; return the version it became."""
        version = KeptCards(digest_id("cards", now.isoformat(), text), now, text)
        self._tables.write_all(_VERSION, [(version.id, seconds(now), text)])
        return version

    def newest(self) -> KeptCards | None:
        """Return the version that holds; `None` while there is none."""
        return next(iter(self.versions(limit=1)), None)

    def versions(self, *, limit: int = 100) -> tuple[KeptCards, ...]:
        """Return the versions, the newest first."""
        rows = self._tables.rows(
            "SELECT id, kept_at, content FROM store_cardversion WHERE owner_id = %(owner)s"
            " ORDER BY kept_at DESC, id DESC LIMIT %(limit)s",
            limit=limit,
        )
        return tuple(KeptCards(id_, moment(kept), text) for id_, kept, text in rows)

    def key(self, made: bytes) -> bytes:
        """Return the secret that signs links; `made` becomes it where there is none yet."""
        sql = "SELECT value FROM store_secret WHERE owner_id = %(owner)s AND name = 'cards'"
        row = self._tables.row(sql)
        if row is None:
            self._tables.write_all(_SECRET, [("cards", made.hex())])
            row = self._tables.row(sql)
        return bytes.fromhex(str(row[0])) if row else made

    def give(self, grant: Grant) -> None:
        """Write down a grant."""
        self._tables.write_all(
            _GRANT,
            [
                (
                    grant.id,
                    grant.person,
                    grant.card,
                    grant.tier,
                    seconds(grant.since),
                    _seconds(grant.until),
                    seconds(grant.given_at),
                    _seconds(grant.revoked_at),
                    grant.occasion.value,
                    grant.case,
                )
            ],
        )

    def revoke(self, id_: str, *, now: datetime) -> bool:
        """Write down that a grant is over from now on; return whether there was one to revoke."""
        return (
            self._tables.write(
                "UPDATE store_grant SET revoked_at = %(now)s WHERE owner_id = %(owner)s AND id = %(id)s"
                " AND revoked_at IS NULL",
                id=id_,
                now=seconds(now),
            )
            > 0
        )

    def grant(self, id_: str) -> Grant | None:
        """Return the grant of this id."""
        rows = self._tables.rows(
            f"SELECT {_COLUMNS} FROM store_grant WHERE owner_id = %(owner)s AND id = %(id)s", id=id_
        )
        return _grant(rows[0]) if rows else None

    def grants(self, *, person: str = "", case: str = "") -> tuple[Grant, ...]:
        """Return the grants of a person, of a case or all, the newest first."""
        only = f" AND {_OF_PERSON}" if person else ""
        only += ' AND "case" = %(case)s' if case else ""
        values = {name: value for name, value in (("person", person), ("case", case)) if value}
        rows = self._tables.rows(
            f"SELECT {_COLUMNS} FROM store_grant WHERE owner_id = %(owner)s{only} ORDER BY given_at DESC, id",
            **values,
        )
        return tuple(map(_grant, rows))


def _seconds(when: datetime | None) -> int | None:
    return None if when is None else seconds(when)


def _moment(count: int | None) -> datetime | None:
    return None if count is None else moment(count)


def _grant(row: Row) -> Grant:
    id_, person, card, tier, since, until, given_at, revoked_at, occasion, case = row
    return Grant(
        id=id_,
        person=person,
        card=card,
        tier=tier,
        since=moment(since),
        given_at=moment(given_at),
        until=_moment(until),
        revoked_at=_moment(revoked_at),
        occasion=Occasion(occasion),
        case=case,
    )
