"""What persons became to the owner, and who is on the watch list, kept."""

from __future__ import annotations

from anlass.ledger.watch import Watch
from anlass.people.standing import StandingWord
from anlass.store.mapping import read, seconds, written
from anlass.store.sql import Tables, insert

_WORD = insert("standingword", "id person said_at content", key="id")
_WATCH = insert("watch", "id person since ended_at content", key="id", update="ended_at content")
_OF_PERSON = (
    " AND person IN (SELECT a.id FROM store_personaddress a WHERE a.owner_id = %(owner)s"
    " AND a.person = %(person)s UNION SELECT %(person)s)"
)


class StandingTables:
    """The standing words and the watch list of one owner."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def words(self, person: str = "") -> tuple[StandingWord, ...]:
        """Return the words on a person, or all, oldest first."""
        rows = self._tables.rows(
            "SELECT content FROM store_standingword WHERE owner_id = %(owner)s"
            f"{_OF_PERSON if person else ''} ORDER BY said_at, id",
            **({"person": person} if person else {}),
        )
        return tuple(read(StandingWord, content) for (content,) in rows)

    def say(self, word: StandingWord) -> None:
        """Keep a word."""
        self._tables.write_all(_WORD, [(word.id, word.person, seconds(word.said_at), written(word))])

    def watched(self, person: str = "") -> tuple[Watch, ...]:
        """Return the entries of the watch list that are open, of a person or all, oldest first."""
        rows = self._tables.rows(
            "SELECT content FROM store_watch WHERE owner_id = %(owner)s AND ended_at IS NULL"
            f"{_OF_PERSON if person else ''} ORDER BY since, id",
            **({"person": person} if person else {}),
        )
        return tuple(read(Watch, content) for (content,) in rows)

    def watch(self, entry: Watch) -> None:
        """Keep an entry of the watch list, or what it became."""
        ended = None if entry.ended_at is None else seconds(entry.ended_at)
        row = (entry.id, entry.person, seconds(entry.since), ended, written(entry))
        self._tables.write_all(_WATCH, [row])
