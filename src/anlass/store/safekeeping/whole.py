"""Everything of one owner, table by table, as plain values: what an export writes and an import reads.

The tables are found by their shape: every table with an owner. What a stranger could open doors with (keys)
goes along only where that is asked for.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from anlass.errors import UserError
from anlass.store.ground.mapping import read
from anlass.store.ground.sql import Tables

if TYPE_CHECKING:
    from django.db import models

KEYS = frozenset({"secret", "latch", "token", "webhook"})
"""Tables that hold keys of the house: its links and the numbers of its letters are signed with them, programs
come in by them."""
WISHES = frozenset({"wishsheet", "wishupload", "wishhosted", "wishanswer"})
"""Tables of rounds that run: what people wish is theirs, is gone in days, and goes into no copy."""
_FOLLOWS = frozenset({"closeness", "stirred"})
"""Tables that follow from others: whoever reads those in again has them."""
_CASE = "case"
_MADE = frozenset({"number", "words"})
"""Columns of a case that are made of its content for one owner and one database: they are made again."""
OWNER = "owner"
"""The name under which the owner's own row travels."""
_AT_ONCE = 500

PlainRow = dict[str, object]


class WholeTables:
    """All rows of one owner."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def names(self) -> tuple[str, ...]:
        """Return the names of all tables that hold rows of an owner, the owner's own row first."""
        return (OWNER, *sorted(_models()))

    def rows(self, name: str) -> Iterator[PlainRow]:
        """Yield the rows of a table in the order of their keys, as JSON's own types; without the owner."""
        model = _model(name)
        columns = _columns(model)
        order = ", ".join(f'"{one}"' for one in columns)
        table = model._meta.db_table  # the framework's documented way to a model's shape
        where = f"{_owner(model)} = %(owner)s"
        names = ", ".join(f'"{one}"' for one in columns)
        booleans, binaries = _of_type(model, "BooleanField"), _of_type(model, "BinaryField")
        for row in self._tables.stream(f"SELECT {names} FROM {table} WHERE {where} ORDER BY {order}"):
            values = dict(zip(columns, row, strict=True))
            for one in binaries:
                values[one] = None if values[one] is None else b64encode(bytes(values[one])).decode()
            yield {one: bool(value) if one in booleans else value for one, value in values.items()}

    def put(self, name: str, rows: Iterable[Mapping[str, object]]) -> int:
        """Write rows of a table, each in place of what has its key; return how many there were.

        Raises `UserError` for a table or a column that this version does not know.
        """
        model = _model(name)
        columns = _columns(model)
        made = tuple(sorted(_MADE)) if name == _CASE else ()
        sql, binaries = _insert(model, (*columns, *made)), _of_type(model, "BinaryField")
        count, part = 0, list[tuple[object, ...]]()
        for row in rows:
            if unknown := sorted(row.keys() - set(columns)):
                raise UserError(
                    f"{name!r} has no column {unknown[0]!r} here; this export is of a newer version."
                )
            told = {one: row.get(one, _default(model, one)) for one in columns}
            told |= {one: b64decode(text) for one in binaries if isinstance(text := told[one], str)}
            part.append((*(told[one] for one in columns), *self._made(name, told)))
            count += 1
            if len(part) == _AT_ONCE:
                self._tables.write_all(sql, part)
                part = []
        self._tables.write_all(sql, part)
        return count

    def _made(self, name: str, row: Mapping[str, object]) -> tuple[object, ...]:
        """Return the number and the words by which a case is found; content that cannot be read has none."""
        if name != _CASE:
            return ()
        from anlass.case import Case  # noqa: PLC0415 - only imports of cases need what judges
        from anlass.store.cases.search import as_column, case_words, number_of  # noqa: PLC0415

        owner, words = self._tables.owner, list[str]()
        with suppress(ValueError, TypeError, KeyError, LookupError, AttributeError):
            words = list(case_words(read(Case, str(row["content"]))))
        return number_of(owner, str(row["id"])), as_column(owner, words, self._tables.vendor)


def _models() -> dict[str, type[models.Model]]:
    from django.apps import apps  # noqa: PLC0415 - after `configure`

    from anlass.store.models.owned import Owned  # noqa: PLC0415

    found = apps.get_app_config("store").get_models()
    owned = {str(one._meta.model_name): one for one in found if issubclass(one, Owned)}
    return {name: one for name, one in owned.items() if name not in WISHES | _FOLLOWS}


def _model(name: str) -> type[models.Model]:
    from anlass.store.models.owned import Owner  # noqa: PLC0415 - after `configure`

    model = Owner if name == OWNER else _models().get(name)
    if model is None:
        raise UserError(f"There is no table {name!r} here; this export is of a newer version.")
    return model


def _columns(model: type[models.Model]) -> tuple[str, ...]:
    """Return the columns of a table but the owner's, those of the key first."""
    own = [one.column for one in model._meta.fields if one.concrete and one.column]
    left = _MADE if model._meta.model_name == _CASE else frozenset()
    return tuple(one for one in own if one != _owner(model) and one not in left)


def _of_type(model: type[models.Model], kind: str) -> frozenset[str]:
    return frozenset(str(one.column) for one in model._meta.fields if one.get_internal_type() == kind)


def _owner(model: type[models.Model]) -> str:
    """Return the column that says whose row it is; the owner's own row is found by its key."""
    return "id" if model._meta.model_name == OWNER else "owner_id"


def _default(model: type[models.Model], column: str) -> object:
    field = next(one for one in model._meta.fields if one.column == column)
    return field.get_default()


def _insert(model: type[models.Model], columns: tuple[str, ...]) -> str:
    """Return the statement that writes a row, in place of one with the same key."""
    owner = _owner(model)
    keys = [str(one.column) for one in model._meta.pk_fields]
    rest = [one for one in columns if one not in keys]
    names = ", ".join(f'"{one}"' for one in (owner, *columns))
    marks = ", ".join(["%s"] * (len(columns) + 1))
    target = ", ".join(f'"{one}"' for one in keys)
    then = ", ".join(f'"{one}" = excluded."{one}"' for one in rest)
    then = f"DO UPDATE SET {then}" if then else "DO NOTHING"
    return f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({marks}) ON CONFLICT ({target}) {then}"
