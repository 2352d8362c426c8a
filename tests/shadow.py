"""A shadow of an owner: somebody in the same database with the same rows and ids, in other words.

Whatever is asked for one owner must be answered as if the shadow were not there; a question that forgets
whose rows it means finds the shadow's too, by the same ids, and its words stand out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.models import Field, Model

from anlass.store.book import Book

MARK = "Zwiebelfisch"
"""A word that stands in every text of a shadow, and nowhere else."""


def owned_models() -> tuple[type[Model], ...]:
    """Return the tables whose rows belong to an owner, those that others refer to first."""
    models = apps.get_app_config("store").get_models()
    return tuple(one for one in models if any(field.column == "owner_id" for field in one._meta.fields))


def cast(book: Book, shadow: str) -> dict[str, int]:
    """Give `shadow` a copy of every row of an owner, with `MARK` in its words; return how many, by table.

    A table in which the owner has nothing gets one row that is nothing but marks.
    """
    made = {}
    with connections[book._tables.using].cursor() as cursor:
        for model in owned_models():
            fields = [one for one in model._meta.fields if one.column and not _is_counted(one)]
            names = ", ".join(f'"{field.column}"' for field in fields)
            table = model._meta.db_table
            cursor.execute(f'SELECT {names} FROM "{table}" WHERE owner_id = %s', [book.owner])
            rows = [_row(model, fields, row, shadow) for row in cursor.fetchall()]
            rows = rows or [_blank(fields, shadow)]
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)
            made[table] = len(rows)
    return made


def keys(model: type[Model]) -> frozenset[str]:
    """Return the columns that say which row of an owner it is, and those that name other rows."""
    unique = {name for one in model._meta.total_unique_constraints for name in one.fields}
    primary = {field.name for field in model._meta.pk_fields}
    return frozenset({*unique, *primary})


def _is_counted(field: Field[Any, Any]) -> bool:
    """Tell whether the database counts a column up by itself."""
    return field.get_internal_type() in {"AutoField", "BigAutoField"}


def _row(
    model: type[Model], fields: Iterable[Field[Any, Any]], row: Iterable[object], shadow: str
) -> list[Any]:
    kept = keys(model)
    return [
        shadow if field.column == "owner_id" else value if field.name in kept else _marked(field, value)
        for field, value in zip(fields, row, strict=True)
    ]


def _marked(field: Field[Any, Any], value: object) -> object:
    """Return a value of the shadow's: texts bear the mark, whatever stands in them as JSON too."""
    if not isinstance(value, str) or field.get_internal_type() != "TextField":
        return value
    try:
        return json.dumps(_within(json.loads(value)))
    except ValueError:
        return f"{value} {MARK}"


def _within(told: object) -> object:
    if isinstance(told, str):
        return f"{told} {MARK}" if " " in told else told
    if isinstance(told, Mapping):
        return {name: _within(one) for name, one in told.items()}
    return [_within(one) for one in told] if isinstance(told, list) else told


def _blank(fields: Iterable[Field[Any, Any]], shadow: str) -> list[Any]:
    """Return a row of marks."""
    values: dict[str, object] = {
        "BooleanField": False,
        "BinaryField": MARK.encode(),
        "TextField": json.dumps({MARK: MARK}),
        "CharField": MARK,
    }
    return [
        shadow
        if field.column == "owner_id"
        else None
        if field.null
        else str(values.get(field.get_internal_type(), ""))[: field.max_length]
        if field.get_internal_type() in {"TextField", "CharField"}
        else values.get(field.get_internal_type(), 7)
        for field in fields
    ]
