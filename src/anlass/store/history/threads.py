"""What new letters change in their threads, worked out once they are all there.

Letters come in any order, so a letter's thread, turns and proofs are settled afterwards,
for those threads alone that got something new. They count as settled only when everything that hangs on them
is worked out too (`mark_settled`): a run that was cut off in between is taken up where it began.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from anlass.ledger.letter import BLIND, DOUBTED, Way
from anlass.ledger.threads import ThreadLetter, standings
from anlass.store.ground.sql import Row, Tables, in_parts, insert
from anlass.store.history.letters import address_id
from anlass.store.history.thread_ends import join_threads

_AT_ONCE = 300

# `NOT is_settled`, as the index of these letters has it: compared with a value, all letters would be read
_UNSETTLED = "SELECT id, thread FROM store_letter WHERE owner_id = %(owner)s AND NOT is_settled"
_LETTERS = """
SELECT thread, id, way, sender, message, parent, sent_at, others, authserv, authenticity, rule
FROM store_letter
WHERE owner_id = %(owner)s AND way <> 'none' AND thread IN (...) ORDER BY thread
"""
_READERS = (
    "SELECT id, address FROM store_encounter WHERE owner_id = %(owner)s AND kind <> 'mail_in' AND id IN (...)"
)
_LISTS = "SELECT value FROM store_listaddress WHERE owner_id = %(owner)s"
_WROTE = (
    "SELECT DISTINCT address FROM store_encounter WHERE owner_id = %(owner)s AND kind = 'mail_in'"
    " AND address IN (...)"
)
MANY = 300
"""Letters that came at once from which on a wrong plan is felt."""
_CAME = """
SELECT COUNT(*) FROM (
    SELECT 1 FROM store_letter WHERE owner_id = %(owner)s AND NOT is_settled LIMIT %(many)s) came
"""
_SURVEYED = ("letter", "encounter", "person", "personaddress", "addressee")
TO_LIST = "to_list"
"""The kind of encounter of an own letter that is kept, but no encounter at all.

It went to a list as well, or it may not be the owner's."""
_ENCOUNTER = insert(
    "encounter",
    "id address kind happened thread others is_turn is_proven source place",
    key="id address",
    update="kind happened thread others is_turn is_proven",
)
_FORGET = "DELETE FROM store_encounter WHERE owner_id = %s AND id = %s"
_DOUBT = "UPDATE store_letter SET rule = %(rule)s WHERE owner_id = %(owner)s AND id = %(letter)s"
_SETTLED = "UPDATE store_letter SET is_settled = (1 = 1) WHERE owner_id = %s AND id = %s"


@dataclass(frozen=True, slots=True)
class Settled:
    """Letters that came or changed since the last time, and the threads in which they are."""

    letters: tuple[str, ...] = ()
    threads: tuple[int, ...] = ()


def is_settled(tables: Tables) -> bool:
    """Tell whether no thread waits to be settled."""
    return tables.row(_UNSETTLED + " LIMIT 1") is None


def survey_what_came(tables: Tables) -> bool:
    """Let PostgreSQL look at the tables where many letters came at once; return whether it did.

    An owner whom its statistics do not know is planned for as if nobody lived there: every letter is then
    held against every other, and their first import takes minutes for seconds.
    """
    (count,) = tables.row(_CAME, many=MANY) or (0,)
    if tables.vendor != "postgresql" or int(count) < MANY:
        return False
    for table in _SURVEYED:
        tables.survey(table)
    return True


def settle(tables: Tables, trusted: frozenset[str]) -> Settled:
    """Work out turns and proofs in all threads with new letters; return which these are."""
    if is_settled(tables):
        return Settled()
    join_threads(tables)
    came = tables.rows(_UNSETTLED)
    threads = sorted({int(thread) for _, thread in came})
    lists = frozenset(address_id(row[0]) for row in tables.rows(_LISTS))
    lists -= {row[0] for row in tables.rows_in(_WROTE, lists)}
    for part in in_parts(threads, _AT_ONCE):
        with tables.together():
            _settle(tables, part, trusted, lists)
    return Settled(tuple(str(id_) for id_, _ in came), tuple(threads))


def mark_settled(tables: Tables, settled: Settled) -> None:
    """Write down that all that hangs on these letters is worked out; what came meanwhile waits."""
    tables.write_all(_SETTLED, ((id_,) for id_ in settled.letters))


def _settle(tables: Tables, threads: Sequence[int], trusted: frozenset[str], lists: frozenset[str]) -> None:
    letters: dict[int, list[Row]] = defaultdict(list)
    for thread, *letter in tables.rows_in(_LETTERS, threads):
        letters[thread].append(tuple(letter))
    readers: dict[str, list[str]] = defaultdict(list)
    own = [letter[0] for told in letters.values() for letter in told if letter[1] == Way.OUT]
    for id_, address in tables.rows_in(_READERS, own):
        readers[id_].append(address)
    found, forgotten = [], []
    for thread, told in letters.items():
        seen = {row[0]: _seen(row, readers, trusted) for row in told}
        others = {row[0]: row[6] for row in told}
        forgotten += [(id_,) for id_, one in seen.items() if one.is_forged and one.way is Way.IN]
        doubted = [one for one in seen.values() if one.is_forged and one.way is Way.OUT]
        found += [
            (one.id, address, TO_LIST, one.sent_at, thread, others[one.id], False, False, "", "")
            for one in doubted
            for address in one.addresses
        ]
        _doubt(tables, told, {one.id for one in doubted})
        listed = {
            id_ for id_, one in seen.items() if one.way is Way.OUT and lists.intersection(one.addresses)
        }
        for (id_, address), worth in standings(seen.values(), listed).items():
            kind = "mail_in" if seen[id_].way is Way.IN else TO_LIST if id_ in listed else "mail_out"
            what = (kind, seen[id_].sent_at, thread, others[id_])
            found.append((id_, address, *what, worth.is_turn, worth.is_proven, "", ""))
    tables.write_all(_FORGET, forgotten)
    tables.write_all(_ENCOUNTER, found)


def _doubt(tables: Tables, told: Sequence[Row], doubted: Collection[str]) -> None:
    """Write down which own letters of a thread may not be the owner's, where that has changed."""
    for id_, way, *_, rule in told:
        wanted = DOUBTED if id_ in doubted else ""
        if way == Way.OUT and rule != wanted:
            tables.write(_DOUBT, rule=wanted, letter=id_)


def _seen(row: Row, readers: Mapping[str, Sequence[str]], trusted: frozenset[str]) -> ThreadLetter:
    """Return one row as the letter that its thread looks at.

    Anybody can write the owner's address into From: a letter that the owner's provider delivered is
    the owner's own only where the provider says so.
    """
    id_, way, sender, message, parent, sent_at, _, authserv, authenticity, _ = row
    says = authenticity if authserv in trusted else ""
    addresses = tuple(sorted(readers[id_])) if way == Way.OUT else (sender,) if sender else ()
    return ThreadLetter(
        id_,
        Way(way),
        addresses,
        message,
        parent,
        sent_at or 0,
        says == "pass",
        says == "fail" or (way == Way.OUT and authserv in trusted and says != "pass"),
        authenticity == BLIND,
    )
