"""Whether all introductions have to be worked out anew: a word left for the next run."""

from __future__ import annotations

from anlass.store.ground.mapping import digest64
from anlass.store.ground.sql import Tables, insert

_FLAG = insert("synced", "id url token", key="id", update="token")
_PENDING = digest64("introductions")
_ASKED = "SELECT token FROM store_synced WHERE owner_id = %(owner)s AND id = %(id)s"


def await_introductions(tables: Tables) -> None:
    """Have all introductions worked out anew, also where this run is cut off before."""
    tables.write_all(_FLAG, [(_PENDING, "", "yes")])


def are_awaited(tables: Tables) -> bool:
    """Tell whether all introductions wait to be worked out."""
    row = tables.row(_ASKED, id=_PENDING)
    return row is not None and bool(row[0])


def await_no_more(tables: Tables) -> None:
    """Write down that all introductions are worked out."""
    tables.write_all(_FLAG, [(_PENDING, "", "")])
