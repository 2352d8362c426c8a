"""What the owner taught, kept as it was said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from anlass.store.ground.mapping import read, seconds, written
from anlass.store.ground.sql import Tables, insert

if TYPE_CHECKING:
    from anlass.litmus.lessons import Lesson

_INSERT = insert("lesson", "id said_at content", key="id")
_ALL = "SELECT content FROM store_lesson WHERE owner_id = %(owner)s ORDER BY said_at, id"


class LessonTables:
    """The lessons of one owner."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def all(self) -> tuple[Lesson, ...]:
        """Return every lesson, oldest first."""
        from anlass.litmus.lessons import Lesson  # noqa: PLC0415 - collecting needs none of what judges

        return tuple(read(Lesson, content) for (content,) in self._tables.rows(_ALL))

    def add(self, lessons: Iterable[Lesson]) -> int:
        """Keep lessons, each once; return how many are new."""
        new = {lesson.id: lesson for lesson in lessons}
        known = self._tables.rows_in(
            "SELECT id FROM store_lesson WHERE owner_id = %(owner)s AND id IN (...)", list(new)
        )
        for (id_,) in list(known):
            del new[id_]
        rows = ((id_, seconds(one.said_at), written(one)) for id_, one in new.items())
        self._tables.write_all(_INSERT, rows)
        return len(new)

    def forget(self, id_: str) -> bool:
        """Forget a lesson; return whether there was one."""
        gone = self._tables.write(
            "DELETE FROM store_lesson WHERE owner_id = %(owner)s AND id = %(id)s", id=id_
        )
        return gone > 0
