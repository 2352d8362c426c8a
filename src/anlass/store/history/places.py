"""Where letters lie: which file, from which byte on, how many bytes; the letters themselves stay there."""

from __future__ import annotations

from collections.abc import Iterator

from anlass.store.ground.mapping import moment, text_path
from anlass.store.ground.sql import Tables

_LETTERS = """
SELECT l.id, l.message_id, l.sent_at, l.way, f.path, p.name, p."offset", p.length
FROM store_letter l
LEFT JOIN store_place p ON p.owner_id = l.owner_id AND p.letter = l.id
LEFT JOIN store_folder f ON f.owner_id = p.owner_id AND f.id = p.folder
WHERE l.owner_id = %(owner)s ORDER BY l.id, f.path, p.name, p."offset"
"""


class PlaceTables:
    """The places of the letters of one owner."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def letters(self) -> Iterator[tuple[object, ...]]:
        """Yield letter, Message-ID, date, way, path, offset and length of every place a letter lies at."""
        for id_, message, sent, way, folder, name, offset, length in self._tables.stream(_LETTERS):
            path = f"{text_path(folder)}/{text_path(name)}" if folder and name is not None else None
            # A name that is no UTF-8 is written with marks for its bytes, so that the table stays text.
            shown = path.encode("utf-8", "backslashreplace").decode() if path else None
            yield id_, message, moment(sent) if sent is not None else None, way, shown, offset, length
