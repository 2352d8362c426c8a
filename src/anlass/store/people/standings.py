"""What persons became to the owner, and who is on the watch list, kept."""

from __future__ import annotations

from collections.abc import Iterable
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
_UNACCEPTED = """
SELECT o.person, c.arrived, c.id FROM store_personaddress o
LEFT JOIN store_case c ON c.owner_id = o.owner_id AND c.person = o.id AND c.action <> 'accept'
WHERE o.owner_id = %(owner)s AND o.person IN (...)
"""
_WORDS_BY_PERSON = """
SELECT COALESCE(a.person, w.person), w.content FROM store_standingword w
LEFT JOIN store_personaddress a ON a.owner_id = w.owner_id AND a.id = w.person
WHERE w.owner_id = %(owner)s ORDER BY w.said_at, w.id
"""
_SOMETHING_SINCE = """(
    EXISTS (SELECT 1 FROM store_encounter e
        WHERE e.owner_id = {one}.owner_id AND e.address IN (SELECT a.id FROM store_personaddress a
            WHERE a.owner_id = {one}.owner_id AND a.person = COALESCE(o.person, {one}.person))
        AND e.happened >= {since} AND e.is_proven AND (e.kind IN ('meeting', 'card', 'introduction')
            OR e.kind IN ('mail_in', 'message_in') AND e.is_turn))
    OR EXISTS (SELECT 1 FROM store_case r
        WHERE r.owner_id = {one}.owner_id AND r.person IN (SELECT a.id FROM store_personaddress a
            WHERE a.owner_id = {one}.owner_id AND a.person = COALESCE(o.person, {one}.person))
        AND r.arrived >= {since} AND r.verdict = 'reason' AND r.id <> {but}))"""
"""Whether anything happened since then that may wake an entry; what does, and when, the ledger says."""
_MAY_WAKE = f"""
SELECT w.content FROM store_watch w
LEFT JOIN store_personaddress o ON o.owner_id = w.owner_id AND o.id = w.person
WHERE w.owner_id = %(owner)s AND w.ended_at IS NULL
AND {_SOMETHING_SINCE.format(one="w", since="w.since", but="w.id")} ORDER BY w.since, w.id
"""
_WATCHED_CASES = f"""
SELECT c.id, COALESCE(o.person, c.person),
    CASE WHEN {_SOMETHING_SINCE.format(one="c", since="c.arrived", but="c.id")} THEN 1 ELSE 0 END
FROM (SELECT owner_id, id, person, arrived FROM store_case
    WHERE owner_id = %(owner)s AND state = 'watched' ORDER BY arrived DESC, id DESC LIMIT %(limit)s) c
LEFT JOIN store_personaddress o ON o.owner_id = c.owner_id AND o.id = c.person
ORDER BY c.arrived DESC, c.id DESC
"""
_WATCHED_PERSONS = """
SELECT DISTINCT COALESCE(o.person, w.person) FROM store_watch w
LEFT JOIN store_personaddress o ON o.owner_id = w.owner_id AND o.id = w.person
WHERE w.owner_id = %(owner)s AND w.ended_at IS NULL
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

    def watched_persons(self) -> frozenset[str]:
        """Return the ids of the persons with an open entry on the watch list."""
        return frozenset(str(id_) for (id_,) in self._tables.rows(_WATCHED_PERSONS))

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

    def unaccepted(self, persons: Iterable[str]) -> dict[str, str]:
        """Return by person the newest case that was not accepted, the newest of all first."""
        rows = (row for row in self._tables.rows_in(_UNACCEPTED, persons) if row[2] is not None)
        found = sorted(rows, key=lambda row: (-row[1], row[2]))
        newest = dict[str, str]()
        for person, _, case in found:
            newest.setdefault(str(person), str(case))
        return newest

    def words_by_person(self) -> dict[str, list[StandingWord]]:
        """Return all words by the person they are of today, oldest first."""
        found = dict[str, list[StandingWord]]()
        for person, content in self._tables.rows(_WORDS_BY_PERSON):
            found.setdefault(str(person), []).append(read(StandingWord, content))
        return found

    def may_wake(self) -> tuple[Watch, ...]:
        """Return the open entries of people of whom something came since; oldest first."""
        return tuple(read(Watch, content) for (content,) in self._tables.rows(_MAY_WAKE))

    def watched_cases(self, *, limit: int) -> tuple[tuple[str, str, bool], ...]:
        """Return the newest cases on the watch list with their persons, and whether something came since."""
        rows = self._tables.rows(_WATCHED_CASES, limit=limit)
        return tuple((str(id_), str(person), bool(may_wake)) for id_, person, may_wake in rows)
