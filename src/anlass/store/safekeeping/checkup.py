"""Is the memory whole, and can it be written to?"""

from __future__ import annotations

from anlass.errors import StoreError
from anlass.store.ground.sql import Tables


def checkup(tables: Tables) -> str:
    """Return what is wrong with the database, in its own words; nothing where it is sound."""
    try:
        if tables.vendor == "sqlite":
            told = str((tables.row("PRAGMA quick_check(1)") or ("?",))[0])
            if told != "ok":
                return told
        with tables.rehearsal():
            tables.write("UPDATE store_owner SET name = name WHERE id = %(owner)s")
    except StoreError as error:
        return error.says
    return ""
