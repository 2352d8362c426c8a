"""What persons became to the owner, and who is on the watch list, kept."""

from __future__ import annotations

from datetime import datetime

from anlass.ledger.watch import Watch
from anlass.people.standing import StandingWord
from anlass.store.ground.mapping import read, seconds, written
from anlass.store.ground.sql import Tables, insert

_WORD = insert("standingword", "id person said_at content", key="id")
_WATCH = insert("watch", "id person since ended_at content", key="id", update="ended_at content")
_OF_PERSON = (
    " AND person IN (SELECT a.id FROM store_personaddress a WHERE a.owner_id = %(owner)s"
    " AND a.person = %(person)s UNION SELECT %(person)s)"
)
_ANSWERED = """
SELECT c.id FROM store_case c WHERE c.owner_id = %(owner)s AND c.action <> 'accept' AND EXISTS (
    SELECT 1 FROM store_personaddress o
    JOIN store_personaddress a ON a.owner_id = o.owner_id AND a.person = o.person
    JOIN store_encounter e ON e.owner_id = a.owner_id AND e.address = a.id AND e.is_turn
    WHERE o.owner_id = c.owner_id AND o.id = c.person)
ORDER BY c.arrived DESC, c.id
"""
_REASONS = (
    "SELECT id FROM store_case WHERE owner_id = %(owner)s AND verdict = 'reason' AND arrived > %(since)s"
    + _OF_PERSON
    + " ORDER BY arrived, id LIMIT 20"
)
_WATCHED_CASE = (
    "SELECT 1 FROM store_case WHERE owner_id = %(owner)s AND state = 'watched'" + _OF_PERSON + " LIMIT 1"
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

    def has_watched_case(self, person: str) -> bool:
        """Tell whether a request of a person lies on the watch list."""
        return self._tables.row(_WATCHED_CASE, person=person) is not None

    def reasons(self, person: str, *, since: datetime) -> tuple[str, ...]:
        """Return the cases of a person that came since then and read as having a reason."""
        rows = self._tables.rows(_REASONS, person=person, since=seconds(since))
        return tuple(str(id_) for (id_,) in rows)

    def answered_cases(self) -> tuple[str, ...]:
        """Return the cases that were not accepted, of people of whom there is a turn; newest first."""
        return tuple(str(id_) for (id_,) in self._tables.rows(_ANSWERED))
