"""Letters as screening meets them: by the folders they lie in, each once, oldest first."""

from __future__ import annotations

import os.path
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge

from anlass.intake import NoRequest
from anlass.intake.gate.ruling import ruling
from anlass.ledger.letter import DOUBTED, Way
from anlass.store.ground.mapping import digest64, moment, path_text
from anlass.store.ground.sql import Row, Tables, in_parts, insert

_SEEN = insert("seen", "letter rule quote request", key="letter", update="rule quote request")
_AT_ONCE = 500
"""Folders that are looked into by one query, so that what comes of it is in order."""
_LETTERS = """
SELECT l.id, l.way, l.rule, l.quote, l.message_id, l.sent_at, a.person, s.rule, s.quote, s.request, l.subject
FROM store_place p
JOIN store_letter l ON l.owner_id = p.owner_id AND l.id = p.letter
LEFT JOIN store_personaddress a ON a.owner_id = l.owner_id AND a.id = l.sender
LEFT JOIN store_seen s ON s.owner_id = l.owner_id AND s.letter = l.id
WHERE p.owner_id = %(owner)s AND p.folder IN (...){name}
ORDER BY l.sent_at IS NULL, l.sent_at, l.id
"""
"""By places and not by a list of letters: of a list PostgreSQL would begin with all letters of the owner.

A letter that lies in several places comes several times.
"""
_HERE = _LETTERS.replace("p.folder IN (...){name}", "p.folder = %(folder)s AND p.name IN (...)")


@dataclass(frozen=True, slots=True)
class Filed:
    """A letter of an archive, and what screening has found it to be.

    `rule` is what its header says it is (`""`: a letter of a human; `DOUBTED`: it only claims to
    be the owner's), `quote` the value by which. `request` is the case it became, `ruling` what
    made it none; both are `None` until it was read whole. `person` is the id of who wrote it,
    where that is known.
    """

    id: str
    way: Way
    rule: str
    quote: str
    message_id: str | None
    sent_at: datetime | None
    person: str | None
    request: str | None
    ruling: NoRequest | None
    subject: str | None = None


class FiledTables:
    """Which letters lie where, and what screening made of them."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def below(self, paths: Iterable[str]) -> Iterator[Filed]:
        """Yield the letters that lie in these files and folders, each once."""
        seen: set[str] = set()
        parts = [
            self._part(some, name)
            for folders, name in self._folders(paths)
            for some in in_parts(folders, _AT_ONCE)
        ]
        for row in merge(*parts, key=_in_time):
            if row[0] not in seen:
                seen.add(row[0])
                yield _filed(row)

    def at(self, directory: str, names: Iterable[str]) -> tuple[Filed, ...]:
        """Return the letters that lie in one directory under these names, each once."""
        rows = self._tables.rows_in(_HERE, names, folder=digest64(directory))
        found = {row[0]: row for row in rows}
        return tuple(_filed(row) for row in sorted(found.values(), key=_in_time))

    def _part(self, folders: list[int], name: str) -> Iterator[Row]:
        """Yield the rows of some folders, or of the files of one name in them, oldest first."""
        sql = _LETTERS.replace("{name}", " AND p.name = %(name)s" if name else "")
        more = {"name": name} if name else {}
        return self._tables.rows_in(sql, folders, **more)

    def write_request(self, letter: str, request: str) -> None:
        """Remember that a letter is the case `request`."""
        self._tables.write_all(_SEEN, [(letter, "", "", request)])

    def write_none(self, decided: Iterable[tuple[str, NoRequest]]) -> None:
        """Remember of letters the rules by which they are none."""
        with self._tables.together():
            self._tables.write_all(
                _SEEN, ((letter, found.rule, found.quote, None) for letter, found in decided)
            )

    def thread_begun_by_owner(self, letter: str) -> bool:
        """Tell whether the oldest letter of this letter's thread is the owner's."""
        row = self._tables.row(
            "SELECT o.way FROM store_letter l JOIN store_letter o"
            " ON o.owner_id = l.owner_id AND o.thread = l.thread"
            " WHERE l.owner_id = %(owner)s AND l.id = %(letter)s AND o.sent_at IS NOT NULL"
            " AND o.rule <> %(doubted)s ORDER BY o.sent_at, o.id LIMIT 1",
            letter=letter,
            doubted=DOUBTED,
        )
        return row is not None and row[0] == Way.OUT

    def _folders(self, paths: Iterable[str]) -> Iterator[tuple[list[int], str]]:
        known = [(id_, str(path)) for id_, path in self._tables.rows(_FOLDERS)]
        for path in map(path_text, paths):
            below = [id_ for id_, folder in known if folder == path or folder.startswith(path + os.sep)]
            if below:
                yield below, ""
            directory, name = os.path.split(path)
            yield [id_ for id_, folder in known if folder == directory], name


_FOLDERS = "SELECT id, path FROM store_folder WHERE owner_id = %(owner)s"


def _in_time(row: Row) -> tuple[bool, int, str]:
    """Order letters by date, those without one last."""
    return row[5] is None, row[5] or 0, row[0]


def _filed(row: Row) -> Filed:
    id_, way, rule, hit, message_id, sent_at, person, ruled, quote, request, subject = row
    when = None if sent_at is None else moment(sent_at)
    found = ruling(ruled, quote) if ruled else None
    return Filed(id_, Way(way), rule, hit, message_id, when, person, request, found, subject)
