"""Hosted events and their participants, kept until the clock says otherwise, and then gone."""

from __future__ import annotations

from collections.abc import Iterable

from anlass.errors import NotFound
from anlass.outreach.hosting import Hosting, Participant
from anlass.people.ids import named
from anlass.store.ground.mapping import read, seconds, storable, written
from anlass.store.ground.sql import Tables, insert

_HOSTING = insert("hosting", "id delete_at content", key="id", update="delete_at content")
_PERSON = insert("hostedperson", "event id link content", key="event id", update="link content")
_PLACES = (("letters", "outgoing", "request"), ("journal", "journalentry", "about"))
"""What else is kept of participants: its name in a proof, its table, and the column that names the event."""
_OF_EVENT = "FROM store_hostedperson WHERE owner_id = %(owner)s AND event = %(event)s"
_LIKE = "FROM store_{table} WHERE owner_id = %(owner)s AND {column} LIKE %(like)s"


class HostingTables:
    """The hosted events of one owner."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def keep(self, hosting: Hosting) -> None:
        """Write down a hosted event, or what it has become."""
        self._tables.write_all(_HOSTING, [(hosting.id, seconds(hosting.delete_at), written(hosting))])

    def all(self) -> tuple[Hosting, ...]:
        """Return all hosted events, those deleted last at the end."""
        rows = self._tables.rows(
            "SELECT content FROM store_hosting WHERE owner_id = %(owner)s ORDER BY delete_at DESC, id"
        )
        return tuple(read(Hosting, content) for (content,) in rows)

    def find(self, id_or_name: str) -> Hosting:
        """Return the hosted event of this id, whose id begins so, or of this name; raises `NotFound`."""
        found = named(id_or_name, self.all())
        if len(found) == 1:
            return found[0]
        several = f"Several hosted events answer to {id_or_name!r}."
        none = f"There is no hosted event {id_or_name!r}."
        raise NotFound(several if found else none, hint="`anlass host list` lists them with their ids.")

    def one(self, id_: str) -> Hosting | None:
        """Return the hosted event of exactly this id."""
        row = self._tables.row(
            "SELECT content FROM store_hosting WHERE owner_id = %(owner)s AND id = %(id)s", id=storable(id_)
        )
        return read(Hosting, row[0]) if row else None

    def admit(self, people: Iterable[Participant]) -> None:
        """Write down participants, or what they have become."""
        self._tables.write_all(_PERSON, [(one.event, one.id, one.link, written(one)) for one in people])

    def people(self, event: str) -> tuple[Participant, ...]:
        """Return the participants of an event, by name."""
        rows = self._tables.rows(
            "SELECT content FROM store_hostedperson WHERE owner_id = %(owner)s AND event = %(event)s",
            event=event,
        )
        found = (read(Participant, content) for (content,) in rows)
        return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.id)))

    def behind(self, digest: str) -> Participant | None:
        """Return whose link has this digest."""
        row = self._tables.row(
            "SELECT content FROM store_hostedperson WHERE owner_id = %(owner)s AND link = %(link)s",
            link=digest,
        )
        return read(Participant, row[0]) if row else None

    def erase(self, one: Participant, letters: Iterable[str]) -> None:
        """Forget a participant, with the letters that went to them and what the journal says of these."""
        for letter in letters:
            for table, column, value in (
                ("outgoing", "id", letter),
                ("journalentry", "content", f'%"{letter}"%'),
            ):
                sign = "LIKE" if column == "content" else "="
                self._tables.write(
                    f"DELETE FROM store_{table} WHERE owner_id = %(owner)s AND {column} {sign} %(value)s",
                    value=value,
                )
        self._tables.write(
            "DELETE FROM store_hostedperson WHERE owner_id = %(owner)s AND event = %(event)s AND id = %(id)s",
            event=one.event,
            id=one.id,
        )

    def delete(self, event: str, starts: Iterable[str]) -> tuple[tuple[str, int], ...]:
        """Delete everything of the participants of an event; return what is left of each kind, counted anew.

        `starts` say how letters and lines of the journal begin that belong to it (letters, digits, colons).
        On SQLite what is deleted is overwritten, and the journal of the database emptied.
        """
        self._tables.overwrite()
        likes = [f"{start}%" for start in starts]
        with self._tables.together():
            self._tables.write(f"DELETE {_OF_EVENT}", event=event)
            for _, table, column in _PLACES:
                for like in likes:
                    self._tables.write(f"DELETE {_LIKE.format(table=table, column=column)}", like=like)
        left = [("participants", self._count(_OF_EVENT, event=event))]
        for name, table, column in _PLACES:
            sql = _LIKE.format(table=table, column=column)
            left.append((name, sum(self._count(sql, like=like) for like in likes)))
        return tuple(left)

    def settle(self) -> None:
        """Let the database's own journal hold nothing of what was deleted; outside of any transaction."""
        self._tables.settle()

    def _count(self, rows: str, **named: str) -> int:
        row = self._tables.row(f"SELECT COUNT(*) {rows}", **named)
        return int(row[0]) if row else 0
