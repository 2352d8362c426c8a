"""The owner's own words for letters that have not left: one wording for a case and what is to be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from anlass.people.ids import digest_id
from anlass.store.ground.mapping import read, seconds, written
from anlass.store.ground.sql import Tables, insert

_KEEP = insert("wording", "id about said_at content", key="id", update="said_at content")
_OF_ROW = "WHERE owner_id = %(owner)s AND id = %(id)s"


@dataclass(frozen=True, slots=True)
class Wording:
    """How the owner says it; a letter that opens with other words keeps them until it leaves."""

    text: str
    subject: str = ""


class WordingTables:
    """The wordings of one owner; `what` says to what they are words: an action, in which round."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def of(self, case: str, what: str) -> Wording | None:
        """Return the owner's words for a letter to a case, `None` where there are none."""
        row = self._tables.row(f"SELECT content FROM store_wording {_OF_ROW}", id=wording_id(case, what))
        return read(Wording, row[0]) if row else None

    def about(self, cases: Iterable[str]) -> Mapping[str, Wording]:
        """Return the owner's words for any letters to these cases, by `wording_id`."""
        rows = self._tables.rows_in(
            "SELECT id, content FROM store_wording WHERE owner_id = %(owner)s AND about IN (...)", cases
        )
        return {id_: read(Wording, content) for id_, content in rows}

    def keep(self, case: str, what: str, wording: Wording, *, now: datetime) -> None:
        """Keep words, in place of those that were kept."""
        self._tables.write_all(_KEEP, [(wording_id(case, what), case, seconds(now), written(wording))])

    def forget(self, case: str, what: str) -> bool:
        """Forget the owner's words; return whether there were any."""
        return self._tables.write(f"DELETE FROM store_wording {_OF_ROW}", id=wording_id(case, what)) > 0


def wording_id(case: str, what: str) -> str:
    """Return the id of the owner's words for this letter to a case."""
    return digest_id("wording", case, what)
