"""What followed a request in its thread: the owner's first own letter to that person, and what came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from anlass.ledger.letter import DOUBTED
from anlass.people import Person
from anlass.store.ground.mapping import digest64, moment, seconds
from anlass.store.ground.sql import Tables

if TYPE_CHECKING:
    from anlass.replies.outgoing import Outgoing

_OWN = """
SELECT o.id, o.sent_at FROM store_letter l
JOIN store_letter o ON o.owner_id = l.owner_id AND o.thread = l.thread AND o.way = 'out'
WHERE l.owner_id = %(owner)s AND l.message = %(message)s AND l.way <> 'none' AND o.rule <> %(doubted)s
    AND o.sent_at >= l.sent_at AND EXISTS (
        SELECT 1 FROM store_encounter e
        JOIN store_personaddress a ON a.owner_id = e.owner_id AND a.id = e.address
        WHERE e.owner_id = o.owner_id AND e.id = o.id AND e.kind = 'mail_out' AND a.person = %(person)s)
ORDER BY o.sent_at, o.id LIMIT 2
"""
_REPLIES = """
SELECT r.id FROM store_letter q
JOIN store_letter r ON r.owner_id = q.owner_id AND r.thread = q.thread AND r.way = 'in'
JOIN store_personaddress a ON a.owner_id = r.owner_id AND a.id = r.sender
WHERE q.owner_id = %(owner)s AND q.id = %(question)s AND a.person = %(person)s AND r.rule = ''
    AND r.sent_at >= q.sent_at AND (%(until)s = 0 OR r.sent_at < %(until)s)
ORDER BY r.sent_at, r.id LIMIT 20
"""


_THREAD = """
r.thread IN (%(posted)s, %(asked)s) OR r.thread IN (SELECT q.thread FROM store_letter q
    WHERE q.owner_id = %(owner)s AND q.message IN (%(posted)s, %(asked)s))
"""
_AFTER_POSTED = f"""
SELECT r.id FROM store_letter r
JOIN store_personaddress a ON a.owner_id = r.owner_id AND a.id = r.sender
WHERE r.owner_id = %(owner)s AND r.way = 'in' AND r.rule = '' AND a.person = %(person)s
    AND ({_THREAD}) AND (r.sent_at >= %(since)s OR r.parent = %(posted)s)
ORDER BY r.sent_at, r.id LIMIT 20
"""
_ANSWERS = f"""
SELECT 1 FROM store_letter r WHERE r.owner_id = %(owner)s AND r.way = 'in' AND r.parent = %(posted)s
    AND ({_THREAD}) LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Round:
    """A letter of the owner in the thread of a request, and the letters that came back before the next.

    All are named by their ids; `replies` are in the order of time.
    """

    question: str
    asked_at: datetime
    replies: tuple[str, ...]


def round_after(tables: Tables, message_id: str | None, person: Person) -> Round | None:
    """Return what followed the request with this Message-ID; `None` where the owner wrote nothing."""
    if not message_id:
        return None
    own = tables.rows(_OWN, message=digest64(message_id), person=person.id, doubted=DOUBTED)
    if not own:
        return None
    (question, asked_at), until = own[0], own[1][1] if len(own) > 1 else 0
    replies = tables.rows(_REPLIES, question=question, person=person.id, until=until)
    return Round(question, moment(asked_at), tuple(row[0] for row in replies))


class RoundTables:
    """What came to the letters of one owner's outbox."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def replies_to(self, posted: Outgoing, person: Person, *, since: datetime) -> tuple[str, ...]:
        """Return the letters of a person that came to a letter of ours, by its thread or by naming it."""
        rows = self._tables.rows(_AFTER_POSTED, **_ids(posted), person=person.id, since=seconds(since))
        return tuple(row[0] for row in rows)

    def is_replied_to(self, posted: Outgoing) -> bool:
        """Tell whether somebody's letter answers one of ours: then it has surely arrived."""
        return self._tables.row(_ANSWERS, **_ids(posted)) is not None


def _ids(posted: Outgoing) -> dict[str, int]:
    return {
        "posted": digest64(posted.message_id),
        "asked": digest64(posted.in_reply_to or posted.message_id),
    }
