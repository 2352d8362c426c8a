"""Near-duplicates among one owner's cases: their sketches, and the bands by which they are found.

A lookup reads the rows of a few bands, whatever the number of cases: the owner and the
band come first in the key. One owner's mail is never looked at for another's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from anlass.case import Case
from anlass.litmus.copies import Copy
from anlass.litmus.sketch import ALIKE, VERSION, Sketch, likeness
from anlass.people import person_id
from anlass.store.ground.mapping import moment, read, seconds, storable
from anlass.store.ground.sql import Row, Tables, insert

_SKETCH = insert(
    "sketch",
    "id version letter sender name happened numbers",
    key="id",
    update="version letter sender name happened numbers",
    where='"store_sketch"."version" <> excluded."version"',
)
_BAND = insert("sketchband", "band id")
EARLIEST = 200
"""Earlier letters that are looked at: who sends more copies than that is not counted further."""
NEXT = 12
"""Later letters that hear of an older one: those behind them know of as many others already."""
_PLACED = "COALESCE(s.happened, 1000000000000), s.letter, s.id"
"""The place of a case by date: what has none comes last."""
_ALIKE = f"""
SELECT s.id, COALESCE(a.person, s.sender), s.name, s.happened, s.letter, s.numbers
FROM store_sketch s LEFT JOIN store_personaddress a ON a.owner_id = s.owner_id AND a.id = s.sender
WHERE s.owner_id = %(owner)s AND s.version = %(version)s AND s.id IN (
    SELECT b.id FROM store_sketchband b WHERE b.owner_id = %(owner)s AND b.band IN (...))
AND ({_PLACED}) {{}} (COALESCE(%(happened)s, 1000000000000), %(letter)s, %(case)s)
ORDER BY {_PLACED} LIMIT %(most)s
"""
_EARLIER, _LATER = _ALIKE.format("<"), _ALIKE.format(">")
_MISSING = """
SELECT c.id, s.letter FROM store_case c
LEFT JOIN store_sketch s ON s.owner_id = c.owner_id AND s.id = c.id
WHERE c.owner_id = %(owner)s AND (s.id IS NULL OR s.version <> %(version)s) ORDER BY c.id
"""
_CONTENT = "SELECT content FROM store_case WHERE owner_id = %(owner)s AND id = %(id)s"
_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Unsketched:
    """A case whose text has no sketch yet, or one made in an older way."""

    case: Case
    letter: str


class SketchTables:
    """The sketches of one owner."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def write(self, case: Case, letter: str, sketch: Sketch | None) -> None:
        """Keep the sketch of a case's text, or that it has none."""
        request = case.request
        address = request.requester.address
        self._tables.write_all(
            _SKETCH,
            [
                (
                    request.id,
                    VERSION,
                    letter,
                    person_id(address) if address else case.person.id,
                    storable(case.person.name or request.requester.name)[:200],
                    seconds(request.arrived) if request.arrived else None,
                    _written(sketch) if sketch else "",
                )
            ],
        )
        self._tables.write_all(_BAND, ((band, request.id) for band in (sketch.bands if sketch else ())))

    def earlier(self, sketch: Sketch, mine: Copy) -> tuple[Copy, ...]:
        """Return the cases with nearly the same text that came before `mine`: the earliest `EARLIEST`."""
        return self._alike(_EARLIER, sketch, mine, EARLIEST)

    def later(self, sketch: Sketch, mine: Copy) -> tuple[Copy, ...]:
        """Return the cases with nearly the same text that came after `mine`: the next `NEXT`."""
        return self._alike(_LATER, sketch, mine, NEXT)

    def _alike(self, sql: str, sketch: Sketch, mine: Copy, most: int) -> tuple[Copy, ...]:
        happened = None if mine.when is None else seconds(mine.when)
        placed = {"happened": happened, "letter": mine.letter, "case": mine.case}
        rows = self._tables.rows_in(sql, sketch.bands, version=VERSION, most=most, **placed)
        known: dict[str, bool] = {}
        return tuple(_copy(row) for row in rows if _is_alike(row[5], sketch, known))

    def missing(self) -> Iterator[Unsketched]:
        """Yield the cases that were kept before there were sketches, or before they were made this way."""
        for id_, letter in self._tables.rows(_MISSING, version=VERSION):
            row = self._tables.row(_CONTENT, id=id_)
            if row:
                yield Unsketched(read(Case, row[0]), letter or "")


def _is_alike(numbers: str, sketch: Sketch, known: dict[str, bool]) -> bool:
    """Compare two sketches; copies of one template mostly have the same, which is compared once."""
    if numbers not in known:
        known[numbers] = likeness(_sketch(numbers), sketch) >= ALIKE
    return known[numbers]


def _copy(row: Row) -> Copy:
    id_, person, name, happened, letter, _ = row
    return Copy(id_, person, name, None if happened is None else moment(happened), letter)


def _written(sketch: Sketch) -> str:
    return "".join(f"{number:0{_DIGITS}x}" for number in sketch.numbers)


def _sketch(numbers: str) -> Sketch:
    return Sketch(tuple(int(numbers[at : at + _DIGITS], 16) for at in range(0, len(numbers), _DIGITS)))
