"""Marks of what was read, so that a second run reads only what is new; and what could not be read."""

from __future__ import annotations

import json
import os.path
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from anlass.intake.contact_request import Origin
from anlass.intake.message import SetAside
from anlass.people.ids import digest_id
from anlass.store.ground.mapping import digest64, moment, path_text, seconds, storable, text_path
from anlass.store.ground.sql import Row, Tables, insert

_MARK = insert("place", "folder name offset length stamp", key="folder name offset", update="stamp")
_FOLDER = insert("folder", "id path")
_SET_ASIDE = insert(
    "setasidefile", "id path offset reason says seen_at", key="id", update="reason says seen_at"
)
_ENTRY = insert("journalentry", "id happened act about content")
Spot = tuple[int, str]
"""Where a part of a long list ends: the moment of its last line as seconds since 1970, and its id."""
_ENTRIES = "SELECT id, happened, act, about, content FROM store_journalentry WHERE owner_id = %(owner)s"


class MarkTables:
    """The marks of the files of one owner's archives."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def stamps_in(self, directory: str) -> set[int]:
        """Return the stamps of all files in a directory that were read."""
        rows = self._tables.rows(
            "SELECT stamp FROM store_place WHERE owner_id = %(owner)s AND folder = %(folder)s"
            " AND stamp IS NOT NULL",
            folder=digest64(directory),
        )
        return {row[0] for row in rows}

    def mark(self, path: str, stamp: int, *, offset: int = -1) -> None:
        """Remember that a file of many mails (or, at offset 0, one that holds no letter) was read."""
        directory, name = os.path.split(path)
        self._tables.write_all(_FOLDER, [(digest64(directory), path_text(directory))])
        self._tables.write_all(_MARK, [(digest64(directory), path_text(name), offset, 0, stamp)])

    def listing_of(self, directory: str) -> int | None:
        """Return what the directory looked like when all in it was read, `None` where that is not known."""
        row = self._tables.row(
            "SELECT listing FROM store_folder WHERE owner_id = %(owner)s AND id = %(folder)s",
            folder=digest64(directory),
        )
        return row[0] if row else None

    def set_listing(self, directory: str, listing: int | None, count: int = 0) -> None:
        """Remember what a directory looks like, where `count` files of it have a mark: none is missing."""
        self._tables.write(
            "UPDATE store_folder SET listing = %(listing)s WHERE owner_id = %(owner)s AND id = %(folder)s"
            " AND %(count)s IN (0, (SELECT COUNT(stamp) FROM store_place"
            " WHERE owner_id = %(owner)s AND folder = %(folder)s))",
            folder=digest64(directory),
            listing=listing,
            count=count,
        )

    def forget_gone(self, directory: str, stamps: Iterable[int]) -> None:
        """Forget the places in files of a directory that are there no more; the letters stay."""
        names = {
            row[0]
            for row in self._tables.rows_in(
                "SELECT name FROM store_place WHERE owner_id = %(owner)s AND folder = %(folder)s"
                " AND stamp IN (...)",
                stamps,
                folder=digest64(directory),
            )
        }
        self._tables.write_all(
            "DELETE FROM store_place WHERE owner_id = %s AND folder = %s AND name = %s",
            ((digest64(directory), name) for name in names),
        )

    def folders_below(self, root: str) -> tuple[str, ...]:
        """Return the directories below `root` in which something was read, in order."""
        rows = self._tables.rows("SELECT path FROM store_folder WHERE owner_id = %(owner)s ORDER BY path")
        return tuple(path for row in rows if (path := text_path(row[0])).startswith(f"{root}/"))

    def forget_folder(self, directory: str) -> None:
        """Forget the places in a directory that is there no more; the letters stay."""
        folder = digest64(directory)
        with self._tables.together():
            for table, column in (("place", "folder"), ("folder", "id")):
                self._tables.write_all(
                    f"DELETE FROM store_{table} WHERE owner_id = %s AND {column} = %s", [(folder,)]
                )

    def filed_in(self, directory: str) -> Mapping[str, str | None]:
        """Return the names in a directory, each with the letter that it is, `None` where it is none."""
        rows = self._tables.rows(
            "SELECT name, letter FROM store_place WHERE owner_id = %(owner)s AND folder = %(folder)s"
            ' AND "offset" = 0',
            folder=digest64(directory),
        )
        return {text_path(str(name)): letter for name, letter in rows}

    def rename_folder(self, directory: str, new: str) -> None:
        """Hear that what lay in a directory lies in another one now, where nothing was read yet."""
        with self._tables.together():
            self._tables.write_all(_FOLDER, [(digest64(new), path_text(new))])
            self._tables.write(
                "UPDATE store_place SET folder = %(new)s WHERE owner_id = %(owner)s AND folder = %(old)s",
                old=digest64(directory),
                new=digest64(new),
            )
        self.forget_folder(directory)

    def forget_file(self, path: str) -> None:
        """Forget the places in one file, because it is read anew."""
        directory, name = os.path.split(path)
        self._tables.write_all(
            "DELETE FROM store_place WHERE owner_id = %s AND folder = %s AND name = %s",
            [(digest64(directory), path_text(name))],
        )

    def forget_all(self) -> None:
        """Forget what was read, so that everything is read again; the letters stay."""
        self._tables.write("UPDATE store_place SET stamp = NULL WHERE owner_id = %(owner)s")
        self._tables.write("UPDATE store_folder SET listing = NULL WHERE owner_id = %(owner)s")
        self._tables.write("UPDATE store_synced SET token = '' WHERE owner_id = %(owner)s AND url <> ''")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal: what was done, to which case or person, and its particulars."""

    id: str
    when: datetime
    act: str
    about: str
    content: Mapping[str, object]


class MarkPage:
    """The page of the book on which stands what was read."""

    def __init__(self, marks: MarkTables) -> None:
        self._marks = marks

    def stamps_in(self, directory: str) -> set[int]:
        """Return the stamps of all files in a directory that were read."""
        return self._marks.stamps_in(directory)

    def listing_of(self, directory: str) -> int | None:
        """Return what a directory looked like when all in it was read, `None` where that is not known."""
        return self._marks.listing_of(directory)

    def set_listing(self, directory: str, listing: int | None, count: int = 0) -> None:
        """Remember what a directory looks like, where `count` files of it have a mark: none is missing."""
        self._marks.set_listing(directory, listing, count)

    def mark(self, path: str, stamp: int, *, offset: int = -1) -> None:
        """Remember that a file was read to its end."""
        self._marks.mark(path, stamp, offset=offset)

    def forget_gone(self, directory: str, stamps: Iterable[int]) -> None:
        """Forget the places in files that are there no more; the letters stay."""
        self._marks.forget_gone(directory, stamps)

    def forget_file(self, path: str) -> None:
        """Forget the places in a file that is read anew."""
        self._marks.forget_file(path)

    def folders_below(self, root: str) -> tuple[str, ...]:
        """Return the directories below `root` in which something was read, in order."""
        return self._marks.folders_below(root)

    def forget_folder(self, directory: str) -> None:
        """Forget the places in a directory that is there no more; the letters stay."""
        self._marks.forget_folder(directory)

    def filed_in(self, directory: str) -> Mapping[str, str | None]:
        """Return the names in a directory, each with the letter that it is, `None` where it is none."""
        return self._marks.filed_in(directory)

    def rename_folder(self, directory: str, new: str) -> None:
        """Hear that what lay in a directory lies in another one now, where nothing was read yet."""
        self._marks.rename_folder(directory, new)

    def forget_marks(self) -> None:
        """Forget what was read, so that everything is read again."""
        self._marks.forget_all()


_NEXT_ACT = (
    "SELECT act FROM store_journalentry WHERE owner_id = %(owner)s AND act > %(act)s ORDER BY act LIMIT 1"
)


class JournalTables:
    """What was set aside, and what was done."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def set_aside(self, found: Iterable[SetAside], *, now: datetime) -> None:
        """Keep what could not be read, each place once."""
        self._tables.write_all(
            _SET_ASIDE,
            (
                (
                    digest_id(one.origin.path, str(one.origin.offset)),
                    path_text(one.origin.path),
                    one.origin.offset,
                    one.reason,
                    storable(one.says),
                    seconds(now),
                )
                for one in found
            ),
        )

    def all_set_aside(self) -> Iterator[SetAside]:
        """Yield what could not be read, by path."""
        for path, offset, reason, says in self._tables.stream(
            'SELECT path, "offset", reason, says FROM store_setasidefile'
            ' WHERE owner_id = %(owner)s ORDER BY path, "offset"'
        ):
            yield SetAside(Origin(text_path(path), offset), reason, says)

    def note(self, act: str, about: str, content: Mapping[str, object], *, now: datetime) -> str:
        """Add a line to the journal and return its id, which keeps the order of one second's lines."""
        told = json.dumps(content, sort_keys=True)
        id_ = f"{now.microsecond:05x}{digest_id(now.isoformat(), act, about, told)}"
        self._tables.write_all(_ENTRY, [(id_, seconds(now), act, about, told)])
        return id_

    def entries(
        self, about: str | None, limit: int, *, act: str | None = None, offset: int = 0
    ) -> tuple[Entry, ...]:
        """Return the newest lines, about one case or person or all, of one act or all."""
        condition = (" AND about = %(about)s" if about else "") + (" AND act = %(act)s" if act else "")
        rows = self._tables.rows(
            _ENTRIES + condition + " ORDER BY happened DESC, id DESC LIMIT %(limit)s OFFSET %(offset)s",
            limit=limit,
            offset=offset,
            about=about,
            act=act,
        )
        return tuple(map(_entry, rows))

    def acts(self) -> tuple[str, ...]:
        """Return every act that stands in the journal, in order.

        Each is asked for behind the one before it: acts are few, and lines are many.
        """
        found: list[str] = []
        while row := self._tables.row(_NEXT_ACT, act=found[-1] if found else ""):
            found.append(str(row[0]))
        return tuple(found)

    def part(
        self, about: str | None, *, after: Spot | None, limit: int
    ) -> tuple[tuple[Entry, ...], Spot | None]:
        """Return the lines right behind a spot, newest first, and where they end; `None` behind the last."""
        condition, values = "", dict[str, object]()
        if about is not None:
            condition, values = " AND about = %(about)s", {"about": storable(about)}
        if after is not None:
            condition += " AND (happened, id) < (%(moment)s, %(id)s)"
            values |= {"moment": after[0], "id": after[1]}
        rows = self._tables.rows(
            _ENTRIES + condition + " ORDER BY happened DESC, id DESC LIMIT %(limit)s",
            limit=limit + 1,
            **values,
        )
        end = (int(rows[limit - 1][1]), str(rows[limit - 1][0])) if len(rows) > limit else None
        return tuple(map(_entry, rows[:limit])), end

    def counts(self, about: Iterable[str]) -> Mapping[str, int]:
        """Return how many lines there are about each of these, where there are any; answered by an index."""
        rows = self._tables.rows_in(
            "SELECT about, COUNT(*) FROM store_journalentry WHERE owner_id = %(owner)s AND about IN (...)"
            " GROUP BY about",
            about,
        )
        return {str(about): int(count) for about, count in rows}

    def entry(self, id_: str) -> Entry | None:
        """Return one line, `None` where there is none of this id."""
        row = self._tables.row(f"{_ENTRIES} AND id = %(id)s", id=storable(id_))
        return _entry(row) if row else None

    def entries_of(self, about: Iterable[str], acts: Iterable[str]) -> tuple[Entry, ...]:
        """Return the lines about these cases or persons that tell of these acts, in no order."""
        wanted = ", ".join(f"'{act}'" for act in acts)
        sql = f"{_ENTRIES} AND act IN ({wanted}) AND about IN (...)"
        return tuple(map(_entry, self._tables.rows_in(sql, about)))


def _entry(row: Row) -> Entry:
    id_, when, act, about, content = row
    return Entry(id_, moment(when), act, about, json.loads(content))
