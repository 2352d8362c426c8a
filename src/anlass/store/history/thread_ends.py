"""Which thread a letter belongs to, when threads lead into threads.

A letter begins in the thread of the oldest letter it names. Where that letter is in the book and names an
older one, both belong to the older one's thread, and so on to the end. The end hangs on what letters say and
on nothing else: not on which was read first, nor on how the database goes about it. Letters that answer each
other in a circle make one thread; where several bear one Message-ID, the least of what they name counts.

What came last leads on the threads that it begins in, or that begin with it; of no other anything is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from anlass.store.ground.sql import Tables

_TWINS = """
SELECT message FROM store_letter WHERE owner_id = %(owner)s AND way <> 'none' AND message IN (
    SELECT n.message FROM store_letter n
    WHERE n.owner_id = %(owner)s AND NOT n.is_settled AND n.way <> 'none')
GROUP BY message HAVING MIN(root) <> MAX(root)
"""
_BACK = """
UPDATE store_letter SET thread = root, is_settled = %(no)s WHERE owner_id = %(owner)s AND way <> 'none'
AND thread IN (SELECT t.thread FROM store_letter t WHERE t.owner_id = %(owner)s AND t.message = %(message)s)
"""
_LEADING_ON = """
SELECT DISTINCT thread FROM store_letter WHERE owner_id = %(owner)s AND way <> 'none' AND thread IN (
    SELECT p.message FROM store_letter p
    WHERE p.owner_id = %(owner)s AND p.message <> p.root AND p.way <> 'none' AND p.message IN (
        SELECT n.thread FROM store_letter n WHERE n.owner_id = %(owner)s AND NOT n.is_settled
        UNION SELECT m.message FROM store_letter m WHERE m.owner_id = %(owner)s AND NOT m.is_settled))
"""
_NAMED = """
SELECT message, MIN(root) FROM store_letter
WHERE owner_id = %(owner)s AND way <> 'none' AND message IN (...) GROUP BY message
"""
_MOVE = """
UPDATE store_letter SET thread = %(end)s, is_settled = %(no)s
WHERE owner_id = %(owner)s AND thread = %(thread)s AND way <> 'none'
"""


def join_threads(tables: Tables) -> None:
    """Put every letter into the thread in which its own ends; what that changes is settled anew."""
    with tables.together():
        for (message,) in tables.rows(_TWINS):
            tables.write(_BACK, message=message, no=False)
        begun = [int(thread) for (thread,) in tables.rows(_LEADING_ON)]
        named = _named(tables, begun)
        for thread in begun:
            if (end := _end(thread, named)) != thread:
                tables.write(_MOVE, end=end, thread=thread, no=False)


def _named(tables: Tables, threads: Iterable[int]) -> Mapping[int, int]:
    """Return for every letter on the way from these threads the oldest letter it names."""
    named: dict[int, int] = {}
    asked = set(threads)
    while asked:
        found = {int(message): int(root) for message, root in tables.rows_in(_NAMED, sorted(asked))}
        named |= found
        asked = set(found.values()) - named.keys()
    return named


def _end(thread: int, named: Mapping[int, int]) -> int:
    """Return where a thread ends: at a letter that names no other, or at the least of a circle."""
    way = [thread]
    seen = {thread}
    while (following := named.get(way[-1], way[-1])) != way[-1]:
        if following in seen:
            return min(way[way.index(following) :])
        way.append(following)
        seen.add(following)
    return way[-1]
