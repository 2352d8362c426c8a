"""An export read in again: the same memory as before, on this machine or another, on either database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from anlass.desk.safekeeping.exporting import ABOUT, MEMORY, VERSION
from anlass.errors import NotFound, Refused, UserError
from anlass.store.book import Book

_LONGEST = 64 * 1024 * 1024
"""Bytes of one line; a whole case has far less."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What was read in: tables with their number of rows."""

    counts: tuple[tuple[str, int], ...]


def import_into(book: Book, folder: Path, *, now: datetime, merge: bool = False) -> Imported:
    """Read an export into the memory, all of it or nothing; again changes nothing.

    A memory that holds people already is left alone unless `merge` says that what has the same key gives
    way. Raises `NotFound`, `Refused` and `UserError` with the file and line that is wrong.
    """
    _check(folder)
    known = set(book.whole.names())
    files = {path.stem: path for path in sorted((folder / MEMORY).glob("*.jsonl"))}
    if unknown := sorted(files.keys() - known):
        raise UserError(f"There is no table {unknown[0]!r} here; this export is of a newer version.")
    if not merge and any(True for _ in book.whole.rows("person")):
        raise Refused(
            "There are people in this memory already.", hint="--merge lets the export have its way."
        )
    with book.together():
        counts = tuple((name, book.whole.put(name, _rows(path))) for name, path in files.items())
        if not merge:
            return Imported(counts)
        book.note("import", content={"from": str(folder)}, now=now)
    return Imported(counts)


def _check(folder: Path) -> None:
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    except FileNotFoundError as missing:
        raise NotFound(f"{folder} is no export of Anlass: {ABOUT} is missing.") from missing
    except (OSError, ValueError, RecursionError) as wrong:
        raise UserError(f"{folder / ABOUT} cannot be read: {wrong}") from wrong
    if not isinstance(about, dict) or about.get("anlass") != VERSION:
        raise UserError(f"{folder} is an export of a version that is not known here.")


def _rows(path: Path) -> Iterator[dict[str, object]]:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(_LONGEST):
            number += 1
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as wrong:
                raise UserError(f"{path.name}, line {number}: {wrong}") from wrong
            if not isinstance(row, dict) or any(isinstance(one, dict | list | float) for one in row.values()):
                raise UserError(f"{path.name}, line {number}: that is no row of a table.")
            yield row
