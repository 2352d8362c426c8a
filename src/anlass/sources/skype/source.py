"""The source: knows Skype's tar, its JSON and its table of contacts."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import IO

from anlass.intake.message import SetAside
from anlass.ledger import UNDATED
from anlass.ledger.trace import Trace
from anlass.people import Address
from anlass.sources.addresses import phone_address
from anlass.sources.dates import is_misdated, moment
from anlass.sources.found import Glance
from anlass.sources.packed import Folder
from anlass.sources.reading import refused
from anlass.sources.skype.messages import Export, skype_address, told
from anlass.sources.skype.records import BROKEN
from anlass.sources.skype.tar import Part, base, entries, is_tar
from anlass.sources.tables import Columns, Row, Torn, header_in, named_columns, table
from anlass.sources.told import aside, torn
from anlass.sources.traces import Bearings, NoTrace, unchanged

_REQUIRED = frozenset({"id", "name", "first"}), frozenset({"id", "name", "handle"})
_SIGNS = (b'"userid"', b'"exportdate"', b'"messagelist"', b'"conversations"')
_Told = Trace | NoTrace | SetAside


@cache
def _columns() -> Columns:
    """Return the columns of the table of contacts; reads `columns.toml` of this folder once."""
    return named_columns("anlass.sources.skype")["contacts"]


@dataclass(frozen=True, slots=True)
class Skype:
    """Skype's exports; what stands in a profile its bearer wrote, so nothing is joined."""

    name: str = "skype"
    joins: bool = False

    def knows(self, path: str, beginning: bytes) -> bool:
        """Know a tar by the files in it, JSON by its first fields, a table by its columns."""
        name = os.path.basename(path).casefold()  # noqa: PTH119 - plain strings, see reading.py
        if name.endswith(".csv"):
            return any(header_in(beginning, _columns(), required) for required in _REQUIRED)
        if name.endswith(".json"):
            start = beginning.lower()
            is_export = sum(sign in start for sign in _SIGNS) >= 2
            return is_export or (name == "endpoints.json" and b'"endpoints"' in start)
        return is_tar(beginning) and _is_skype_tar(path)

    def stamp(self, glance: Glance, bearings: Bearings) -> str:
        """Return what tells the file from others, and the country that completes phone numbers."""
        return f"{unchanged(glance)}|{bearings.region}"

    def read(self, path: str, bearings: Bearings) -> Iterator[_Told]:
        """Yield what the file at `path` tells."""
        directory, name = os.path.split(path)
        try:
            with Folder(directory).open(name) as file:
                start = file.read(512)
                file.seek(0)
                if not start:
                    yield aside(path, "empty")
                elif name.casefold().endswith(".csv"):
                    yield from _contacts(file, path, name, bearings)
                elif is_tar(start):
                    yield from _tar(file, path, name, bearings)
                else:
                    yield from _talks(file, path, name, bearings)
        except OSError as error:
            yield refused(path, error)


def _is_skype_tar(path: str) -> bool:
    try:
        directory, name = os.path.split(path)
        with Folder(directory).open(name) as file:
            return any(base(one) in {"messages.json", "endpoints.json"} for one, _, _ in entries(file))
    except OSError:
        return False


def _tar(file: IO[bytes], path: str, name: str, bearings: Bearings) -> Iterator[_Told]:
    """Read the messages in a tar; whatever else lies in it holds nobody."""
    found = {base(one): (place, size) for one, place, size in entries(file)}
    if "messages.json" not in found:
        yield aside(path, "no_talks")
        return
    place, size = found["messages.json"]
    stream = io.BufferedReader(Part(file, place, size))
    yield from _talks(stream, f"{path}/messages.json", f"{name}: messages.json", bearings)


def _talks(stream: IO[bytes], path: str, file: str, bearings: Bearings) -> Iterator[_Told]:
    """Read an export's conversations."""
    export = Export()
    broken = False
    try:
        export.read(stream, bearings.now)
    except BROKEN:
        broken = True
    for one in told(export.rows, export.owner, file):
        yield aside(path, "misshapen", one, unit="message") if isinstance(one, int) else one
    if broken:
        yield aside(path, "broken_file", len(export.rows) + 1, unit="message")
    elif not export.rows:
        yield NoTrace(file, "no_rows")


def _contacts(file: IO[bytes], path: str, name: str, bearings: Bearings) -> Iterator[_Told]:
    is_empty = True
    for row in table(file, _columns(), *_REQUIRED):
        is_empty = False
        yield torn(path, row) if isinstance(row, Torn) else _contact(row, path, name, bearings)
        if isinstance(row, Row) and is_misdated(row["since"], bearings.now):
            yield aside(path, "no_date", row.line)
    if is_empty:
        yield NoTrace(name, "no_rows")


def _contact(row: Row, path: str, file: str, bearings: Bearings) -> _Told:
    place = f"{file}, line {row.line}"
    if row["id"].startswith("28:"):
        return NoTrace(place, "bot")
    name = row.one_line("name") or f"{row.one_line('first')} {row.one_line('last')}".strip()
    addresses = tuple(dict.fromkeys(one for one in _addresses(row, bearings.region) if one is not None))
    if not name and not addresses:
        return torn(path, Torn(row.line, "nobody"))
    since = moment(row["since"], bearings.now)
    return Trace(name[:200], addresses, place, since=None if since == UNDATED else since)


def _addresses(row: Row, region: str) -> Iterator[Address | None]:
    yield skype_address(row["handle"] or row["id"])
    yield phone_address(row["phone"], region)
