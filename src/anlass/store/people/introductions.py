"""Who brought whom, worked out anew whenever something came that may change it.

Reading writes down whom letters to a few address together. Which of these letters introduce somebody hangs on
what was the case on their day, and so on everything else in the book: letters found later, trust in a server,
persons who turn out to be one. So nothing is added up: what follows from all is compared with what stands
there, and the difference is written. The order of reading cannot show, and nothing counts twice.

Each introducer stands alone: whom one of them brought hangs on what was shared with the two, on the threads
of the letters, and on nothing else. So after an import it is asked of those alone who stand in threads that
changed, and of those who wrote to one of them and to the owner. What changes more (persons joined, a word of
the owner, own addresses, a better copy of a letter) has all of it worked out anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from anlass.ledger import UNDATED, Encounter, EncounterKind
from anlass.ledger.introductions import Acquaintance, Introduction, JointLetter, in_touch_since, introductions
from anlass.ledger.letter import Letter, Way
from anlass.people import AddressKind
from anlass.people.word import WordKind, circle
from anlass.store.ground.mapping import moment, seconds, storable
from anlass.store.ground.sql import Row, Tables, insert
from anlass.store.history.awaited import are_awaited, await_no_more
from anlass.store.history.letters import address_id
from anlass.store.people.traces import TraceTables
from anlass.store.people.words import WordTables

_ADDRESSEE = insert(
    "addressee",
    "letter address value name",
    key="letter address",
    update="name",
    where='excluded."name" > "store_addressee"."name"',
)
_BY_HEARSAY = -1
"""How good a name is that only an introducer gave: it gives way to every other."""

_WRITERS = """
SELECT DISTINCT a.person FROM store_addressee d
JOIN store_letter l ON l.owner_id = d.owner_id AND l.id = d.letter AND l.way = 'in'
JOIN store_personaddress a ON a.owner_id = l.owner_id AND a.id = l.sender
WHERE d.owner_id = %(owner)s
"""
_WRITERS_TO = f"{_WRITERS} AND d.address IN (...)"
_IN_THREADS = """
SELECT a.person FROM store_letter l JOIN store_personaddress a ON a.owner_id = l.owner_id AND a.id = l.sender
WHERE l.owner_id = %(owner)s AND l.way <> 'none' AND l.thread IN (...)
UNION SELECT a.person FROM store_personaddress a WHERE a.owner_id = %(owner)s AND a.id IN (
    SELECT e.address FROM store_encounter e WHERE e.owner_id = %(owner)s AND e.id IN (
        SELECT l.id FROM store_letter l
        WHERE l.owner_id = %(owner)s AND l.way <> 'none' AND l.thread IN (...)))
"""
_ADDRESSES = "SELECT id FROM store_personaddress WHERE owner_id = %(owner)s AND person IN (...)"
_TIED = """
SELECT a.person, e.id, e.kind, e.happened, e.thread, e.is_turn FROM store_personaddress a
LEFT JOIN store_encounter e ON e.owner_id = a.owner_id AND e.address = a.id
    AND e.is_proven AND (e.is_turn OR e.kind = 'meeting')
WHERE a.owner_id = %(owner)s AND a.person IN (...) ORDER BY a.person, e.id
"""
"""An outer join: so SQLite begins with the persons. An address without any comes without an encounter."""
_WROTE = """
SELECT e.id FROM store_encounter e WHERE e.owner_id = %(owner)s AND e.kind = 'mail_in' AND e.address IN (
    SELECT a.id FROM store_personaddress a WHERE a.owner_id = %(owner)s AND a.person IN (...))
"""
_LETTERS = f"""
SELECT l.id, l.thread, l.sent_at, a.person, e.is_proven, d.address FROM store_letter l
JOIN store_personaddress a ON a.owner_id = l.owner_id AND a.id = l.sender
JOIN store_encounter e ON e.owner_id = l.owner_id AND e.id = l.id AND e.address = l.sender
    AND e.kind = 'mail_in'
JOIN store_addressee d ON d.owner_id = l.owner_id AND d.letter = l.id
WHERE l.owner_id = %(owner)s AND l.way = 'in' AND l.sent_at IS NOT NULL AND l.id IN ({_WROTE})
ORDER BY l.id, d.address
"""
_OWN = "SELECT value FROM store_owneraddress WHERE owner_id = %(owner)s"
_LISTS = "SELECT value FROM store_listaddress WHERE owner_id = %(owner)s"
_WRITING = (
    "SELECT DISTINCT address FROM store_encounter"
    " WHERE owner_id = %(owner)s AND kind = 'mail_in' AND address IN (...)"
)
_PERSONS = "SELECT id, person FROM store_personaddress WHERE owner_id = %(owner)s AND id IN (...)"
_MET = """
SELECT a.person, MIN(e.happened) FROM store_personaddress a
LEFT JOIN store_encounter e ON e.owner_id = a.owner_id AND e.address = a.id AND e.is_proven
    AND e.kind <> 'introduction' AND (e.is_turn OR e.kind NOT IN ('mail_in', 'message_in'))
WHERE a.owner_id = %(owner)s AND a.person IN (...) GROUP BY a.person
"""
_THERE = """
SELECT l.thread, COALESCE(l.sent_at, 0), l.sender, d.address FROM store_letter l
LEFT JOIN store_addressee d ON d.owner_id = l.owner_id AND d.letter = l.id
WHERE l.owner_id = %(owner)s AND l.way = 'in' AND l.thread IN (...)
"""
_ANSWERED = """
SELECT l.thread, e.address FROM store_letter l
LEFT JOIN store_encounter e ON e.owner_id = l.owner_id AND e.id = l.id AND e.kind = 'mail_out'
WHERE l.owner_id = %(owner)s AND l.thread IN (...)
"""
_STANDING = """
SELECT e.id, e.address, e.kind, e.happened, e.thread, e.others, e.is_turn, e.is_proven, e.source, e.place
FROM store_encounter e WHERE e.owner_id = %(owner)s AND e.kind = 'introduction'
AND EXISTS (SELECT 1 FROM store_letter l WHERE l.owner_id = e.owner_id AND l.id = e.id)
"""
_STANDING_IN = f"""{_STANDING} AND e.id IN (
    SELECT t.id FROM store_letter t WHERE t.owner_id = %(owner)s AND t.thread IN (...))
"""
_STANDING_OF = f"{_STANDING} AND e.id IN ({_WROTE})"
_BROUGHT = """
SELECT e.id, e.address FROM store_encounter e JOIN store_letter l ON l.owner_id = e.owner_id AND l.id = e.id
WHERE e.owner_id = %(owner)s AND e.kind = 'introduction' AND e.address IN (...)
"""
_ENCOUNTER = insert("encounter", "id address kind happened thread others is_turn is_proven source place")
_TAKE_BACK = "DELETE FROM store_encounter WHERE owner_id = %s AND id = %s AND address = %s"
_NAMES = """
SELECT a.person, q.name FROM store_personaddress a
JOIN store_person q ON q.owner_id = a.owner_id AND q.id = a.id AND q.name <> ''
WHERE a.owner_id = %(owner)s AND a.person IN (...) ORDER BY a.person, q.named DESC, a.id
"""
_VALUES = "SELECT id, value FROM store_personaddress WHERE owner_id = %(owner)s AND id IN (...)"
_NEWCOMERS = (
    "SELECT letter, address, value, name FROM store_addressee WHERE owner_id = %(owner)s AND letter IN (...)"
)
_NAMELESS = (
    f"UPDATE store_person SET name = '', named = 0 WHERE owner_id = %s AND id = %s AND named = {_BY_HEARSAY}"
)
_KNOWN = "SELECT letter, address, name FROM store_addressee WHERE owner_id = %(owner)s AND letter IN (...)"
_UNSETTLE = "UPDATE store_letter SET is_settled = (1 = 0) WHERE owner_id = %s AND id = %s AND way <> 'none'"
_PERSON = insert(
    "person", "id name named", key="id", update="name named", where="""store_person."name" = ''"""
)
_ADDRESS = insert("personaddress", "id kind value person")


def keep_addressees(tables: Tables, letters: Iterable[Letter]) -> None:
    """Write down whom letters to a few address; copies of one letter add up."""
    rows = [
        (letter.id, address_id(box.address), storable(box.address), storable(box.name)[:200])
        for letter in letters
        for box in letter.together
        if letter.way is Way.IN
    ]
    known = {(row[0], row[1]): row[2] for row in tables.rows_in(_KNOWN, {row[0] for row in rows})}
    news = {row[0] for row in rows if known.get((row[0], row[1])) != row[3]}
    tables.write_all(_ADDRESSEE, rows)
    tables.write_all(_UNSETTLE, ((letter,) for letter in sorted(news)))


def introduce(tables: Tables, traces: TraceTables, threads: Sequence[int]) -> None:
    """Work out who brought whom, as far as these threads may change it, and write what has changed.

    All of it where that was asked for. The caller keeps these threads unsettled until this is written.
    """
    is_all = are_awaited(tables)
    if not (is_all or threads):
        return
    with tables.together():
        _Introducing(tables, traces, None if is_all else threads).write()
        await_no_more(tables)


class _Introducing:
    """One working-out: what is looked up, and what is written; without `threads` it is about all."""

    def __init__(self, tables: Tables, traces: TraceTables, threads: Sequence[int] | None) -> None:
        self._tables = tables
        self._traces = traces
        self._threads = threads
        self._writers = self._concerned()
        self._address: dict[tuple[str, str], str] = {}
        """The address by which a letter names a person; of several the first."""

    def write(self) -> None:
        """Write what follows from all letters, in place of what stood there."""
        wanted = {(row[0], row[1]): row for row in self._rows(self._found())}
        standing = {(row[0], row[1]): row for row in self._standing()}
        stale = [key for key, row in standing.items() if not _is_same(row, wanted.get(key))]
        fresh = [row for key, row in wanted.items() if not _is_same(row, standing.get(key))]
        self._tables.write_all(_TAKE_BACK, stale)
        self._tables.write_all(_ENCOUNTER, fresh)
        self._meet({address for _, address in wanted.keys() | standing.keys()})
        self._traces.forget_nobodies({address for _, address in standing.keys() - wanted.keys()})

    def _concerned(self) -> frozenset[str]:
        """Return the persons whose letters may introduce somebody by now, or may not any more."""
        if self._threads is None:
            return frozenset(str(id_) for (id_,) in self._tables.rows(_WRITERS))
        there = {str(id_) for (id_,) in self._tables.rows_in(_IN_THREADS, self._threads)}
        addresses = sorted({str(id_) for (id_,) in self._tables.rows_in(_ADDRESSES, sorted(there))})
        return frozenset(there | {str(id_) for (id_,) in self._tables.rows_in(_WRITERS_TO, addresses)})

    def _standing(self) -> Iterator[Row]:
        """Yield the introductions that are written down and are asked about."""
        if self._threads is None:
            yield from self._tables.rows(_STANDING)
            return
        yield from self._tables.rows_in(_STANDING_IN, self._threads)
        yield from self._tables.rows_in(_STANDING_OF, sorted(self._writers))

    def _found(self) -> tuple[Introduction, ...]:
        """Return who brought whom, by everything that is in the book."""
        known = self._known()
        letters = self._letters(known)
        threads = sorted({letter.thread for letter in letters})
        newcomers = sorted({one for letter in letters for one in letter.others})
        first_met = self._tables.rows_in(_MET, newcomers)
        met = {str(id_): moment(when) for id_, when in first_met if when is not None}
        before = Acquaintance(known, met, self._there(threads), self._answered(threads))
        return introductions(letters, before)

    def _known(self) -> dict[str, datetime]:
        """Return since when writers of letters to a few are in touch; always, where the owner says so."""
        known: dict[str, datetime] = {}
        tied = (row for row in self._tables.rows_in(_TIED, sorted(self._writers)) if row[1] is not None)
        for person, rows in groupby(tied, key=lambda row: str(row[0])):
            each = {row[1]: _tied(row) for row in rows}  # a letter to two addresses of one person is one
            if since := in_touch_since(each.values()):
                known[person] = since
        said = circle(WordTables(self._tables).all())
        persons = self._persons(said)
        for address, word in sorted(said.items(), key=lambda pair: (pair[1].said_at, pair[1].id)):
            if word.kind is WordKind.CLOSE:
                known[persons[address]] = UNDATED
            else:
                known.pop(persons[address], None)
        return {person: since for person, since in known.items() if person in self._writers}

    def _letters(self, known: Mapping[str, datetime]) -> list[JointLetter]:
        """Return the letters of those who were known by then, to the owner and others, and to no list."""
        own = {address_id(value) for (value,) in self._tables.rows(_OWN)}
        lists = {address_id(value) for (value,) in self._tables.rows(_LISTS)}
        lists.difference_update(str(id_) for (id_,) in self._tables.rows_in(_WRITING, sorted(lists)))
        told: list[tuple[list[Row], list[str]]] = []
        for _, each in groupby(self._tables.rows_in(_LETTERS, sorted(known)), key=lambda row: row[0]):
            rows = list(each)
            addresses = [row[5] for row in rows]
            is_known = seconds(known[rows[0][3]]) < rows[0][2]
            if is_known and not own.isdisjoint(addresses) and lists.isdisjoint(addresses):
                told.append((rows, [one for one in addresses if one not in own]))
        persons = self._persons({address for _, others in told for address in others})
        letters = []
        for rows, others in told:
            id_, thread, sent_at, writer, is_proven, _ = rows[0]
            for address in sorted(others, reverse=True):
                self._address[id_, persons[address]] = address
            people = tuple(sorted({persons[one] for one in others}))
            letters.append(JointLetter(id_, thread, moment(sent_at), writer, people, bool(is_proven)))
        return letters

    def _there(self, threads: Iterable[int]) -> dict[tuple[int, str], datetime]:
        """Return since when somebody stands in a thread: as a writer, or beside the owner."""
        first: dict[tuple[int, str], int] = {}
        for thread, when, *addresses in self._tables.rows_in(_THERE, threads):
            for address in filter(None, addresses):
                first[thread, address] = min(when, first.get((thread, address), when))
        persons = self._persons({address for _, address in first})
        there: dict[tuple[int, str], datetime] = {}
        for (thread, address), when in first.items():
            key = (thread, persons[address])
            there[key] = min(moment(when), there.get(key, moment(when)))
        return there

    def _answered(self, threads: Iterable[int]) -> frozenset[tuple[int, str]]:
        """Return to whom the owner wrote in a thread."""
        rows = [(thread, to) for thread, to in self._tables.rows_in(_ANSWERED, threads) if to is not None]
        persons = self._persons({address for _, address in rows})
        return frozenset((thread, persons[address]) for thread, address in rows)

    def _persons(self, addresses: Iterable[str]) -> dict[str, str]:
        """Return whom addresses belong to; one that nobody has yet is a person of its own."""
        asked = sorted(addresses)
        return {one: one for one in asked} | dict(self._tables.rows_in(_PERSONS, asked))

    def _rows(self, found: Iterable[Introduction]) -> Iterator[Row]:
        """Yield the encounters that introductions are, with the name of who brought them together."""
        told = list(found)
        writers = sorted({one.by for one in told})
        by_name = reversed(
            list(self._tables.rows_in(_NAMES, writers))
        )  # the best name last, so that it stays
        names = dict([*self._tables.rows_in(_VALUES, writers), *by_name])
        for one in told:
            letter, address = one.letter, self._address[one.letter.id, one.newcomer]
            what = (EncounterKind.INTRODUCTION.value, seconds(letter.when), letter.thread, len(letter.others))
            yield (letter.id, address, *what, False, one.is_proven, "", names.get(one.by, ""))

    def _meet(self, touched: Iterable[str]) -> None:
        """Write down newcomers as persons, with the names that their introducers gave them.

        Whoever is named by hearsay alone is named anew: somebody else may have brought them as well.
        """
        asked = sorted(touched)
        brought = {(str(letter), str(address)) for letter, address in self._tables.rows_in(_BROUGHT, asked)}
        rows = self._tables.rows_in(_NEWCOMERS, sorted({letter for letter, _ in brought}))
        people = {row[1]: row for row in sorted(rows, reverse=True) if (row[0], row[1]) in brought}
        self._tables.write_all(_NAMELESS, ((id_,) for id_ in asked))
        self._tables.write_all(
            _PERSON, ((id_, row[3], _BY_HEARSAY if row[3] else 0) for id_, row in people.items())
        )
        mail = AddressKind.MAIL.value
        self._tables.write_all(_ADDRESS, ((id_, mail, row[2], id_) for id_, row in people.items()))


def _tied(row: Row) -> Encounter:
    """Return what a proven turn or meeting is worth for being in touch."""
    _, id_, kind, happened, thread, is_turn = row
    return Encounter(
        EncounterKind(kind),
        moment(happened),
        thread=str(thread),
        is_turn=bool(is_turn),
        is_proven=True,
        id=id_,
    )


def _is_same(row: Row, other: Row | None) -> bool:
    return other is not None and tuple(row) == tuple(other)
