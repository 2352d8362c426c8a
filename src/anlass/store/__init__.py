"""Edge: memory, on SQLite until outgrown, then PostgreSQL.

The only folder that imports `django.db`; it maps rows to the rooms' values and back.
Every row carries its owner, first in every index. Importing this package loads no
framework: `open_book` does, when a book is opened.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anlass.store.book import Book

OWNER = "owner"
"""The id of the owner where there is only one."""


def open_book(
    data: Path | str, owner: str = OWNER, *, keep: Path | None = None, own_backup: str = ""
) -> Book:
    """Open the memory of `owner`, making or renewing its tables where needed.

    `data` is the folder that holds everything, or the address of a PostgreSQL database
    (`postgresql://NAME@HOST:PORT/DATABASE`). A memory of an older Anlass is kept as a backup in the folder
    `keep` (that of `data` where none is named) before its tables are renewed, unless it is just of the step
    `own_backup`. Raises `StoreError` where it cannot be opened, or is of a newer Anlass.
    """
    from anlass.store.opening import opened_book  # noqa: PLC0415 - the framework is loaded on demand

    return opened_book(data, owner, keep, own_backup)


__all__ = ["OWNER", "open_book"]
