"""Tables as programs and spreadsheets leave them: found headers, any delimiter, quotes gone wrong.

Columns are known by name, wherever the header stands and whatever stands above it. A
row that does not fit is torn: it is named by its line, and reading goes on with the next
line, so that one lost quotation mark never swallows the rows behind it.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import IO, TYPE_CHECKING

from anlass.intake.guard import clean, one_line
from anlass.sources.packed import BROKEN

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Columns = Mapping[str, frozenset[str]]
"""What a table may hold: our name of a column, and the names it goes by, as `plain_name` writes them."""

_LINE = 120_000
"""Characters of a row that is read; longer ones are torn. Below the limit of Python's own reader."""
_LINES = 1_000
"""Lines that one row may run over."""
_ABOVE = 250
"""Rows above the header that are looked through: notes, empty rows."""
_HOPELESS = 2_000
"""Torn rows or empty lines in a row after which nothing more is expected."""
_EMPTY = 200_000
_BUFFER = 1 << 16
_DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class Row:
    """One row, by the names of its columns; `line` is where it begins in the file, from 1."""

    line: int
    cells: tuple[str, ...]
    columns: Mapping[str, int]

    def __getitem__(self, name: str) -> str:
        """Return one cell without blanks around it and control characters; empty where there is no such."""
        place = self.columns.get(name)
        return "" if place is None else clean(self.cells[place]).strip()

    def one_line(self, name: str) -> str:
        """Return one cell as one line of signs that can be seen: a name, whatever stands in the file."""
        return one_line(self[name])


@dataclass(frozen=True, slots=True)
class Torn:
    """A row that cannot be read: where it begins, and why."""

    line: int
    reason: str


def plain_name(text: str) -> str:
    """Return the name of a column or file for comparison: small, with single blanks between words."""
    return " ".join(clean(text).casefold().replace("_", " ").replace("-", " ").replace("\ufeff", "").split())


def named_columns(package: str) -> Mapping[str, Columns]:
    """Return the columns that the file `columns.toml` of a package names, table by table."""
    text = resources.files(package).joinpath("columns.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)
    return {
        name: {ours: frozenset(theirs) for ours, theirs in columns.items()} for name, columns in told.items()
    }


def table(stream: IO[bytes], columns: Columns, *required: frozenset[str]) -> Iterator[Row | Torn]:
    """Yield the rows below the header; one `Torn` alone where no header has the required columns.

    Several sets of required columns are alternatives. Where the bytes themselves break off
    (a damaged archive), what was read comes, and a `Torn` for the rest.
    """
    number = 0
    try:
        lines = _Lines(stream)
        for one in _below_header(lines, columns, required):
            number = lines.number
            yield one
    except BROKEN:
        yield Torn(number + 1, "broken_file")


def _below_header(
    lines: _Lines, columns: Columns, required: tuple[frozenset[str], ...]
) -> Iterator[Row | Torn]:
    for _ in range(_ABOVE):
        record = lines.record()
        if record is None:
            break
        for delimiter in _DELIMITERS:
            cells = _cells(record, delimiter) or ()
            found = found_columns(cells, columns)
            if any(one <= found.keys() for one in required):
                lines.delimiters = delimiter
                yield from _rows(lines, delimiter, len(cells), found)
                return
    yield Torn(1, "no_table" if lines.number else "empty")


def found_columns(cells: tuple[str, ...], columns: Columns) -> dict[str, int]:
    """Return where a header has which of the columns; of two that are called the same the first counts."""
    names: dict[str, int] = {}
    for place, cell in enumerate(cells):
        names.setdefault(plain_name(cell), place)
    return {
        ours: min(names[one] for one in theirs & names.keys())
        for ours, theirs in columns.items()
        if theirs & names.keys()
    }


def header_in(beginning: bytes, columns: Columns, required: frozenset[str]) -> bool:
    """Tell whether a file that begins so has a header with the required columns."""
    words = _words(beginning)
    if not all(any(name in words for name in columns[one]) for one in required):
        return False
    lines = _Lines(io.BytesIO(beginning))
    for _ in range(_ABOVE):
        record = lines.record()
        if record is None:
            return False
        if any(required <= found_columns(_cells(record, one) or (), columns).keys() for one in _DELIMITERS):
            return True
    return False


@lru_cache(maxsize=2)
def _words(beginning: bytes) -> str:
    """Return the beginning of a file in small letters; every source asks for the same one after the other."""
    return plain_name(beginning.replace(b"\0", b"").decode("utf-8", "replace"))


def _rows(lines: _Lines, delimiter: str, width: int, columns: Mapping[str, int]) -> Iterator[Row | Torn]:
    """Yield the rows of a table whose header was read."""
    torn = 0
    while (record := lines.record()) is not None:
        cells = _cells(record, delimiter)
        if cells is None or len(cells) != width:
            lines.give_back(record)
            yield Torn(record[0][0], _why(record, cells, width))
            torn += 1
            if torn >= _HOPELESS:
                yield Torn(lines.number + 1, "hopeless")
                return
            continue
        torn = 0
        if any(cells):
            yield Row(record[0][0], cells, columns)
    if lines.is_hopeless:
        yield Torn(lines.number, "hopeless")


_Record = tuple[tuple[int, str], ...]
"""The lines of one row, with their numbers."""


class _Lines:
    """The lines of a file one after the other, with those given back first."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._text, self._old = _opened(stream)
        self._back: deque[tuple[int, str]] = deque()
        self.delimiters = _DELIMITERS
        self.number = 0
        self.is_hopeless = False

    def record(self) -> _Record | None:
        """Return the lines of the next row, as many as its quotes hold together; `None` at the end."""
        first = self._filled()
        if first is None or not _is_open(first[1], self.delimiters):
            return None if first is None else (first,)
        taken, quotes, size = [first], first[1].count('"'), len(first[1])
        while quotes % 2 and len(taken) < _LINES and size < _LINE:
            line = self._next()
            if line is None:
                break
            taken.append(line)
            quotes += line[1].count('"')
            size += len(line[1])
        if quotes % 2:
            self._back.extendleft(reversed(taken[1:]))
            return (first,)
        return tuple(taken)

    def give_back(self, record: _Record) -> None:
        """Take all but the first line of a row back, to be read on their own."""
        self._back.extendleft(reversed(record[1:]))

    def _filled(self) -> tuple[int, str] | None:
        """Return the next line that is not empty."""
        for _ in range(_EMPTY):
            line = self._next()
            if line is None or line[1].strip():
                return line
        self.is_hopeless = True
        return None

    def _next(self) -> tuple[int, str] | None:
        if self._back:
            return self._back.popleft()
        raw = self._text.readline(_LINE + 1)
        if not raw:
            return None
        self.number += 1
        line = _decoded(raw, self._old) if self._text.encoding == "latin-1" else raw
        while len(raw) > _LINE and not raw.endswith("\n"):
            raw = self._text.readline(_LINE + 1)
        return self.number, line


class _Borrowed(io.RawIOBase):
    """A stream that stays open when its reader is done."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)
        data = self._stream.read(len(view))
        view[: len(data)] = data
        return len(data)


def _opened(stream: IO[bytes]) -> tuple[io.TextIOWrapper, str]:
    """Open bytes as text with lines of any kind: UTF-16 by its mark or zero bytes, all else byte by byte."""
    buffered = io.BufferedReader(_Borrowed(stream), _BUFFER)
    start = buffered.peek(_BUFFER)
    coding = "latin-1"
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        coding = "utf-16"
    elif zeros := _zeros(start[:64]):
        coding = zeros
    return io.TextIOWrapper(buffered, coding, "replace"), old_coding(start)


def _zeros(start: bytes) -> str:
    """Name the kind of UTF-16 whose every other byte is zero, or nothing."""
    even, odd = start[::2].count(0), start[1::2].count(0)
    if not even and odd * 3 > len(start) > 8:
        return "utf-16-le"
    return "utf-16-be" if not odd and even * 3 > len(start) > 8 else ""


_MACINTOSH = re.compile(rb"[A-Za-z][\x81\x8a\x8d-\x90\x9d\x9f][a-z]")
"""Within a word: in Mac Roman letters (ä, è, ü ...), in windows-1252 capitals or nothing at all."""
_WINDOWS = re.compile(rb"[A-Za-z][\xdf-\xff][a-z]")
"""In windows-1252 small letters within a word; in Mac Roman capitals and signs."""


def old_coding(start: bytes) -> str:
    """Return in which coding of one byte lines are that are no UTF-8: Mac Roman only where it is certain."""
    foreign = b"\n".join(line for line in start.splitlines()[:_LINES] if not _is_utf8(line))
    is_certain = _MACINTOSH.search(foreign) and not _WINDOWS.search(foreign)
    return "mac_roman" if is_certain else "cp1252"


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decoded(line: str, old: str) -> str:
    """Return a line that was read byte by byte as the words it holds: UTF-8, else in the old coding."""
    if line.isascii():
        return line
    octets = line.encode("latin-1")
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        return octets.decode(old, "replace")


def _is_open(line: str, delimiters: str) -> bool:
    """Tell whether a quotation mark that opens a cell is not closed by the end of the line."""
    if line.count('"') % 2 == 0:
        return False
    return any(not _is_whole(line, delimiter) for delimiter in delimiters)


def _is_whole(line: str, delimiter: str) -> bool:
    try:
        next(csv.reader([line], delimiter=delimiter, strict=True), None)
    except csv.Error:
        return False
    return True


def _cells(record: _Record, delimiter: str) -> tuple[str, ...] | None:
    """Return the cells of a row, or `None` where it is too long to be one."""
    lines = [line for _, line in record]
    if sum(map(len, lines)) > _LINE:
        return None
    if len(lines) == 1 and lines[0].count('"') % 2 and not _is_whole(lines[0], delimiter):
        return None
    try:
        return tuple(next(csv.reader(lines, delimiter=delimiter), ()))
    except csv.Error:
        return None


def _why(record: _Record, cells: tuple[str, ...] | None, width: int) -> str:
    if sum(len(line) for _, line in record) > _LINE:
        return "row_too_long"
    if cells is None or len(record) > 1:
        return "broken_quotes"
    return "too_few_columns" if len(cells) < width else "too_many_columns"
