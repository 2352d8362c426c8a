"""Letters in bulk: whole batches of an archive in plain SQL.

Every statement may be repeated: keys are made of content, so a batch that was written
before a crash and is written again changes nothing. Of several copies of one letter the
best is kept: the one that counts, and of those the one that is best attested.
"""

from __future__ import annotations

import os.path
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from anlass.intake.contact_request import Origin
from anlass.intake.message import Mailbox
from anlass.ledger.letter import BLIND, Letter, Way
from anlass.people import Address, AddressKind, person_id
from anlass.store.ground.mapping import digest64, path_text, seconds, storable, text_path
from anlass.store.ground.sql import Tables, insert
from anlass.store.history.awaited import await_introductions

_COLUMNS = (
    "message_id message parent root sender sent_at subject way"
    " rule quote others authserv authenticity is_settled"
)
_LETTER = insert("letter", f"id thread words body {_COLUMNS}", key="id", update=_COLUMNS)
_PLACE = insert(
    "place", "folder name offset length letter stamp", key="folder name offset", update="length letter stamp"
)
_FOLDER = insert("folder", "id path")
_ENCOUNTER = insert("encounter", "id address kind happened thread others is_turn is_proven source place")
_FORGET = "DELETE FROM store_encounter WHERE owner_id = %s AND id = %s"
_LIST = insert("listaddress", "value")
_KNOWN_LISTS = "SELECT value FROM store_listaddress WHERE owner_id = %(owner)s AND value IN (...)"
_UNSETTLE = tuple(
    "UPDATE store_letter SET is_settled = (1 = 0) WHERE owner_id = %s AND way <> 'none' AND id IN"
    f" (SELECT {letter} FROM store_{table} WHERE owner_id = %s AND address = %s)"
    for table, letter in (("encounter", "id"), ("addressee", "letter"))
)
_BY_INTRODUCER = """
UPDATE store_letter SET is_settled = (1 = 0) WHERE owner_id = %s AND id IN (
    SELECT i.id FROM store_personaddress a
    JOIN store_personaddress b ON b.owner_id = a.owner_id AND b.person = a.person
    JOIN store_encounter m ON m.owner_id = b.owner_id AND m.address = b.id AND m.kind = 'mail_in'
    JOIN store_encounter i ON i.owner_id = m.owner_id AND i.id = m.id AND i.kind = 'introduction'
    WHERE a.owner_id = %s AND a.id = %s)
"""
"""An introduction bears the name of who brought the two together: a new one has it worked out anew."""
_NAMES = "SELECT id, name FROM store_person WHERE owner_id = %(owner)s AND id IN (...)"
_ADDRESS = insert("personaddress", "id kind value person")
_PERSON = insert(
    "person",
    "id name named",
    key="id",
    update="name named",
    where='excluded."named" > "store_person"."named" '
    'OR (excluded."named" = "store_person"."named" AND excluded."name" > "store_person"."name")',
)
_WHERE_LETTERS_STAND = (
    ("letter", "id"),
    ("place", "letter"),
    ("encounter", "id"),
    ("seen", "letter"),
    ("addressee", "letter"),
    ("oddletter", "letter"),
)
_BY_ITSELF = 1 << 40
"""Added to the time of a name that its bearer wrote, so that it wins over names others wrote."""
_ATTESTED = {"fail": 0, BLIND: 1, "": 2, "pass": 3}
_CACHE = 8_192


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a letter: how it counts, and the digests of its body and, where needed, its words."""

    way: Way
    authenticity: str
    words: str | None
    body: int


class LetterTables:
    """The letters of one owner, written in batches and looked up by what they say of themselves."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._named: dict[str, tuple[int, str]] = {}
        self._asked: frozenset[str] = frozenset()
        self._found: dict[str, Kept] = {}
        self._lists: set[str] = set()

    def kept(self, ids: Iterable[str]) -> Mapping[str, Kept]:
        """Return those of the letters that are kept already."""
        self._asked = frozenset(ids)
        rows = self._tables.rows_in(
            "SELECT id, way, authenticity, words, body FROM store_letter"
            " WHERE owner_id = %(owner)s AND id IN (...)",
            self._asked,
        )
        self._found = {id_: Kept(Way(way), *rest) for id_, way, *rest in rows}
        return self._found

    def origins(self, letter: str) -> tuple[Origin, ...]:
        """Return the places where copies of the letter lie."""
        rows = self._tables.rows(
            "SELECT f.path, p.name, p.offset, p.length FROM store_place p"
            " JOIN store_folder f ON f.owner_id = p.owner_id AND f.id = p.folder"
            " WHERE p.owner_id = %(owner)s AND p.letter = %(letter)s ORDER BY f.path, p.name, p.offset",
            letter=letter,
        )
        return tuple(
            Origin(os.path.join(text_path(folder), text_path(name)), offset, length)  # noqa: PTH118 - may be no UTF-8
            for folder, name, offset, length in rows
        )

    def set_words(self, letter: str, words: str) -> None:
        """Remember the digest of a letter's own words."""
        self._asked = frozenset()
        self._tables.write(
            "UPDATE store_letter SET words = %(words)s WHERE owner_id = %(owner)s AND id = %(letter)s",
            letter=letter,
            words=words,
        )

    def rename(self, letter: str, new: str) -> None:
        """Give a letter another id, wherever it stands."""
        self._asked = frozenset()
        for table, column in _WHERE_LETTERS_STAND:
            self._tables.write(
                f"UPDATE store_{table} SET {column} = %(new)s"
                f" WHERE owner_id = %(owner)s AND {column} = %(letter)s",
                letter=letter,
                new=new,
            )

    def add(self, letters: Sequence[Letter], stamps: Mapping[str, int]) -> int:
        """Write a batch of letters, their places and encounters; return how many are new.

        `stamps` are the marks of the files that are one letter each. Each id stands in
        the batch once for every copy.
        """
        ids = {letter.id for letter in letters}
        # whoever told the letters apart has just asked for them
        kept = self._found if ids <= self._asked else self.kept(ids)
        self._asked = frozenset()
        best: dict[str, Letter] = {}
        for letter in letters:
            if letter.id not in best or _rank(letter) > _rank(best[letter.id]):
                best[letter.id] = letter
        fresh = [one for id_, one in best.items() if id_ not in kept or _rank(one) > _rank(kept[id_])]
        self._tables.write_all(_LETTER, map(_letter_row, fresh))
        better = [(one.id,) for one in fresh if one.id in kept]
        self._tables.write_all(_FORGET, better)
        if better:
            await_introductions(self._tables)
        self._tables.write_all(_ENCOUNTER, (row for letter in fresh for row in _encounter_rows(letter)))
        self._note_lists({storable(one) for letter in fresh for one in letter.lists})
        self._meet(fresh)
        self._place(letters, stamps)
        return sum(id_ not in kept for id_ in best)

    def servers(self) -> Mapping[str, int]:
        """Return how many letters each server on top vouched for, or warned of."""
        rows = self._tables.rows(
            "SELECT authserv, COUNT(*) FROM store_letter WHERE owner_id = %(owner)s"
            " AND authenticity IN ('pass', 'fail') GROUP BY authserv"
        )
        return {server: int(count) for server, count in rows}

    def unsettle(self, servers: Iterable[str]) -> None:
        """Have the threads settled again in which one of these servers said something."""
        self._tables.write_all(
            "UPDATE store_letter SET is_settled = (1 = 0) WHERE owner_id = %s AND authserv = %s"
            " AND way <> 'none'",
            ((server,) for server in servers),
        )

    def has_any(self) -> bool:
        """Tell whether any letter is kept."""
        return self._tables.row("SELECT 1 FROM store_letter WHERE owner_id = %(owner)s LIMIT 1") is not None

    def _note_lists(self, lists: set[str]) -> None:
        """Write down addresses of lists; what was written to a new one is looked at again."""
        new = lists - self._lists
        new -= {str(value) for (value,) in self._tables.rows_in(_KNOWN_LISTS, sorted(new))}
        self._tables.write_all(_LIST, ((one,) for one in new))
        for sql in _UNSETTLE:
            self._tables.write_all(sql, ((self._tables.owner, address_id(one)) for one in new))
        self._lists |= lists

    def _place(self, letters: Sequence[Letter], stamps: Mapping[str, int]) -> None:
        folders, rows = {}, []
        for letter in letters:
            origin = letter.origin
            folder, name = os.path.split(origin.path)
            folders[folder] = digest64(folder)
            stamp = stamps.get(origin.path) if origin.offset == 0 else None
            rows.append((folders[folder], path_text(name), origin.offset, origin.length, letter.id, stamp))
        self._tables.write_all(_FOLDER, ((number, path_text(path)) for path, number in folders.items()))
        self._tables.write_all(_PLACE, rows)

    def _meet(self, letters: Sequence[Letter]) -> None:
        """Write down the persons behind the addresses, with the best name known of each."""
        people: dict[str, tuple[int, str, str]] = {}
        for letter in letters:
            when = seconds(letter.sent_at) if letter.sent_at else 0
            is_theirs = letter.is_by_person and letter.way is not Way.OUT
            boxes = [(letter.writer, when + _BY_ITSELF)] if is_theirs else []
            for box, named in [*boxes, *((reader, when) for reader in letter.readers)]:
                if box is not None and self._is_news(box, named):
                    people[box.address] = (*self._named[box.address], address_id(box.address))
        told = {one.writer.address for one in letters if one.writer and one.way is Way.NONE}
        heard = sorted(people[one][2] for one in told & people.keys())
        before = self._names(heard)
        self._tables.write_all(_PERSON, ((i, name, named) for named, name, i in people.values()))
        self._tables.write_all(
            _ADDRESS, ((i, AddressKind.MAIL, storable(value), i) for value, (_, _, i) in people.items())
        )
        after = self._names(before)
        renamed = [one for one in before if after[one] != before[one]]
        self._tables.write_all(_BY_INTRODUCER, ((self._tables.owner, one) for one in renamed))

    def _names(self, people: Iterable[str]) -> dict[str, str]:
        """Return the names of those of these persons who are known, by their ids."""
        return {str(id_): str(name) for id_, name in self._tables.rows_in(_NAMES, people)}

    def _is_news(self, box: Mailbox, named: int) -> bool:
        """Tell whether this name is better than the one this run has already written."""
        name = storable(box.name)[:200]
        news = (named if name else 0, name)
        known = self._named.get(box.address)
        if known is not None and known >= news:
            return False
        if len(self._named) >= _CACHE:
            self._named.clear()
        self._named[box.address] = news
        return True


_thread_digest = lru_cache(maxsize=_CACHE)(digest64)
"""The same Message-ID is that of a letter, of the one it answers, and of the one all began with."""


@lru_cache(maxsize=_CACHE)
def address_id(address: str) -> str:
    """Return the id of a mail address."""
    return person_id(Address(AddressKind.MAIL, address))


def _rank(letter: Letter | Kept) -> tuple[int, int]:
    """Say how good a copy of a letter is: own before received before not counting, then how attested."""
    return (Way.NONE, Way.IN, Way.OUT).index(letter.way), _ATTESTED.get(letter.authenticity, 2)


def _letter_row(letter: Letter) -> tuple[object, ...]:
    message = _thread_digest(letter.message_id) if letter.message_id else None
    root = _thread_digest(letter.root or letter.parent or letter.message_id or letter.id)
    return (
        letter.id,
        root,
        letter.words or None,
        letter.body,
        None if letter.message_id is None else storable(letter.message_id),
        message,
        _thread_digest(letter.parent) if letter.parent else None,
        root,
        address_id(letter.writer.address) if letter.writer else "",
        seconds(letter.sent_at) if letter.sent_at else None,
        None if letter.subject is None else storable(letter.subject)[:200],
        letter.way.value,
        letter.rule,
        letter.quote,
        letter.others,
        storable(letter.authserv)[:255],
        letter.authenticity,
        letter.way is Way.NONE,
    )


def _encounter_rows(letter: Letter) -> Iterable[tuple[object, ...]]:
    """Return the encounters of an own letter with its readers; those of others come with their thread."""
    if letter.way is Way.OUT:
        when = seconds(letter.sent_at) if letter.sent_at else 0
        root = digest64(letter.root or letter.parent or letter.message_id or letter.id)
        for box in letter.readers:
            address = address_id(box.address)
            yield letter.id, address, "mail_out", when, root, letter.others, False, True, "", ""
