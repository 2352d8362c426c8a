"""Somebody is erased from one owner's memory: their rows go, and where others name them it is blacked out.

A row is theirs in which an id of theirs, of a case or of a letter of theirs stands by itself, or whose
content names one (`naming.py`). What is left is looked through by the shape of the tables, column by column,
so that a table that is new cannot be forgotten: a text that holds an id, an address or the
full name gets a black bar of the same length, and every span into it still points at what it did. In the end
all tables are walked once more and counted, and on SQLite the bytes of the file.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import connections

from anlass.store.ground.naming import SAYING
from anlass.store.ground.sql import Tables, in_parts
from anlass.store.history.awaited import await_introductions
from anlass.store.models.cases import WordsField
from anlass.store.models.owned import Owned

if TYPE_CHECKING:
    from django.db import models

    from anlass.people.marks import Marks

BAR = "█"
_LETTERS_OF = """
SELECT id FROM store_letter WHERE owner_id = %(owner)s AND sender IN (...)
UNION SELECT DISTINCT e.id FROM store_encounter e
    JOIN store_letter l ON l.owner_id = e.owner_id AND l.id = e.id AND l.way = 'out'
    WHERE e.owner_id = %(owner)s AND e.address IN (...) AND NOT EXISTS (SELECT 1 FROM store_encounter o
        WHERE o.owner_id = e.owner_id AND o.id = e.id AND o.address NOT IN (...))
"""
_CASES_OF = "SELECT id FROM store_case WHERE owner_id = %(owner)s AND person IN (...)"
_FILES_OF = 'SELECT digest FROM store_doorfile WHERE owner_id = %(owner)s AND "case" IN (...)'
STAYS = frozenset({"unsubscribed"})
"""Tables of digests that guard whom they are of: who wanted no mailing gets none."""
_KINDS = {
    "case": "cases",
    "letter": "letters",
    **dict.fromkeys(("outgoing", "wording", "placeddraft"), "drafts"),
    "encounter": "encounters",
    "grant": "cards",
    "journalentry": "journal",
    "lesson": "lessons",
}
"""How rows are counted for the owner's eye; all else is `other`."""
BLACKED = "blacked"
"""How texts of others are counted in which somebody was named."""
_AT_ONCE = 200
_ESCAPED, _LITERAL = re.compile(r"([!%_])"), r"!\1"
_QUOTED = re.compile(r'"([^"\\]+)"')


class ErasingTables:
    """What erases somebody from the memory of one owner."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def files_of(self, marks: Marks) -> tuple[str, ...]:
        """Return the digests of files that came with cases of somebody, through the door."""
        cases = self._ids(_CASES_OF, marks.ids)
        return tuple(sorted({str(one) for (one,) in self._tables.rows_in(_FILES_OF, sorted(cases))}))

    def erase(self, marks: Marks) -> Mapping[str, int]:
        """Delete and black out; return how many rows of which kind, within the caller's transaction."""
        self._tables.overwrite()
        cases, letters = self._ids(_CASES_OF, marks.ids), self._letters(marks)
        counts = Counter[str]()
        for model in _models():
            table = str(model._meta.model_name)
            gone = self._delete_equal(model, {*marks.ids, *cases, *letters})
            if table in SAYING:
                gone += self._delete_telling(table, {*marks.ids, *cases})
            counts[_KINDS.get(table, "other")] += gone
        await_introductions(self._tables)
        for model in _models():
            counts[BLACKED] += self._black_out(model, (*marks.texts, *sorted(cases)))
        return counts

    def left(self, marks: Marks) -> int:
        """Return how many cells of all tables still hold what names somebody."""
        cells = ((model, column) for model in _models() for column in _texts(model))
        return sum(len(self._holding(model, column, marks.texts)) for model, column in cells)

    def rewrite(self) -> None:
        """Write SQLite's file anew, so that pages that were given up long ago hold nothing; PostgreSQL may.

        Outside of any transaction.
        """
        if self._tables.vendor != "sqlite":
            connections[self._tables.using].cursor().execute("VACUUM")
            return
        self._tables.rows("INSERT INTO casewords(casewords) VALUES('optimize')")
        self._tables.rows("VACUUM")
        self._tables.settle()

    def bytes_left(self, marks: Marks) -> int | None:
        """Return how often SQLite's files hold an address or the full name.

        `None` on PostgreSQL, and where a file holds several houses: another one may know them.
        """
        owners = self._tables.row("SELECT COUNT(*) FROM store_owner")
        if self._tables.vendor != "sqlite" or (owners and owners[0] > 1):
            return None
        file = Path(str(connections[self._tables.using].settings_dict["NAME"]))
        there = [path for path in (file, file.with_name(f"{file.name}-wal")) if path.exists()]
        wanted = [one.encode() for one in (*marks.addresses, *([marks.name] if marks.name else []))]
        return sum(_count(path, one) for path in there for one in wanted)

    def _letters(self, marks: Marks) -> frozenset[str]:
        values = {f"i{number}": one for number, one in enumerate(sorted(marks.ids))}
        some = ", ".join(f"%({name})s" for name in values)
        return frozenset(
            str(id_) for (id_,) in self._tables.rows(_LETTERS_OF.replace("(...)", f"({some})"), **values)
        )

    def _ids(self, sql: str, values: Iterable[str]) -> frozenset[str]:
        return frozenset(str(id_) for (id_,) in self._tables.rows_in(sql, sorted(values)))

    def _delete_equal(self, model: type[models.Model], ids: set[str]) -> int:
        """Delete the rows of a table that one of these ids stands in, in whatever column."""
        gone = 0
        for column in _ids_in(model):
            sql = f'DELETE FROM {model._meta.db_table} WHERE owner_id = %(owner)s AND "{column}" = %(id)s'
            gone += sum(self._tables.write(sql, id=one) for one in sorted(ids))
        return gone

    def _delete_telling(self, table: str, ids: set[str]) -> int:
        """Delete the rows whose content names one of these; what it names stands in quotes."""
        rows = self._tables.stream(f"SELECT id, content FROM store_{table} WHERE owner_id = %(owner)s")
        gone = [str(id_) for id_, told in rows if not ids.isdisjoint(_QUOTED.findall(told))]
        sql = f"DELETE FROM store_{table} WHERE owner_id = %(owner)s AND id = %(id)s"
        return sum(self._tables.write(sql, id=one) for one in gone)

    def _black_out(self, model: type[models.Model], texts: tuple[str, ...]) -> int:
        """Put a bar over what names somebody in every text of a table; return in how many rows."""
        rows, keys, table = set[tuple[object, ...]](), _keys(model), model._meta.db_table
        where = "".join(f' AND "{one}" = %(k{number})s' for number, one in enumerate(keys))
        for column in _texts(model):
            for key, text in self._holding(model, column, texts).items():
                rows.add(key)
                named, barred = (
                    {f"k{number}": value for number, value in enumerate(key)},
                    _barred(text, texts),
                )
                if column in keys:
                    self._tables.write(f"DELETE FROM {table} WHERE owner_id = %(owner)s{where}", **named)
                    continue
                sql = f'UPDATE {table} SET "{column}" = %(text)s WHERE owner_id = %(owner)s{where}'
                self._tables.write(sql, text=barred, **named)
                if (table, column) == ("store_case", "content"):
                    self._look_up_anew(str(key[0]), barred)
        return len(rows)

    def _look_up_anew(self, case: str, content: str) -> None:
        """Let a case be found by the words it still has."""
        from anlass.case import Case  # noqa: PLC0415 - only who is forgotten needs what judges
        from anlass.store.cases.search import as_column, case_words  # noqa: PLC0415
        from anlass.store.ground.mapping import read  # noqa: PLC0415

        words = as_column(self._tables.owner, case_words(read(Case, content)), self._tables.vendor)
        sql = "UPDATE store_case SET words = %(words)s WHERE owner_id = %(owner)s AND id = %(id)s"
        self._tables.write(sql, words=words, id=case)

    def _holding(
        self, model: type[models.Model], column: str, texts: Iterable[str]
    ) -> dict[tuple[object, ...], str]:
        """Return the texts of a column in which one of these stands, by the keys of their rows."""
        names = ", ".join(f'"{one}"' for one in (*_keys(model), column))
        forms = [form.lower() for text in texts for form in _forms(text)]
        held = dict[tuple[object, ...], str]()
        for part in in_parts(forms, _AT_ONCE):
            named = {
                f"t{number}": _ESCAPED.sub(_LITERAL, form).join("%%") for number, form in enumerate(part)
            }
            holds = " OR ".join(f"LOWER(\"{column}\") LIKE %({name})s ESCAPE '!'" for name in named)
            sql = f"SELECT {names} FROM {model._meta.db_table} WHERE owner_id = %(owner)s AND ({holds})"
            held |= {tuple(row[:-1]): str(row[-1]) for row in self._tables.rows(sql, **named)}
        return held


def _forms(text: str) -> tuple[str, ...]:
    """Return a text as it may stand in a cell: as it is, or with the escapes of JSON."""
    return tuple(dict.fromkeys((text, json.dumps(text)[1:-1])))


def _barred(text: str, wanted: Iterable[str]) -> str:
    """Return a cell with a bar over each of these, as long as what it hides."""
    bar = json.dumps(BAR)[1:-1] if text[:1] in {"{", "["} else BAR
    for one in wanted:
        for form in _forms(one):
            text = re.compile(re.escape(form), re.IGNORECASE).sub((bar * len(one)).replace("\\", r"\\"), text)
    return text


def _models() -> tuple[type[models.Model], ...]:
    found = (one for one in apps.get_app_config("store").get_models() if issubclass(one, Owned))
    stays = (one for one in found if one._meta.model_name not in STAYS)
    # What else goes is written down there.
    return tuple(sorted(stays, key=lambda one: one._meta.model_name == "stirred"))


def _texts(model: type[models.Model]) -> tuple[str, ...]:
    """Return the columns of a table that hold text, but the owner's, and words that the index is made of."""
    own = (one for one in model._meta.fields if one.concrete and not isinstance(one, WordsField))
    kinds = {"CharField", "TextField"}
    return tuple(str(one.column) for one in own if one.get_internal_type() in kinds)


def _ids_in(model: type[models.Model]) -> tuple[str, ...]:
    """Return the columns of a table that an id may stand in."""
    own = (one for one in model._meta.fields if one.concrete and one.get_internal_type() == "CharField")
    return tuple(str(one.column) for one in own)


def _keys(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(str(one.column) for one in model._meta.pk_fields if one.column != "owner_id")


def _count(path: Path, wanted: bytes) -> int:
    """Count how often some bytes stand in a file, without reading all of it at once."""
    found, tail = 0, b""
    with path.open("rb") as file:
        while part := file.read(1024 * 1024):
            found += (tail + part).count(wanted)
            tail = (tail + part)[-(len(wanted) - 1) :] if len(wanted) > 1 else b""
    return found
