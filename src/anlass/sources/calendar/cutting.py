"""Cutting a calendar into series, each with its place; only the lines that are read are kept.

Alarms, attachments and descriptions go before anything is parsed. The events of one UID are one
record, in the place of the first; an event without UID is a record of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from anlass.intake.contact_request import Origin
from anlass.intake.message import SetAside
from anlass.sources.codings import decoded, plain

KEPT = frozenset(
    (
        "UID DTSTART DTEND DURATION RRULE RDATE EXDATE EXRULE RECURRENCE-ID STATUS ORGANIZER ATTENDEE"
        " LOCATION SUMMARY TRANSP"
    ).split()
)
"""The properties that are read of an event."""

_NAME = re.compile(r"[ \t]*([A-Za-z][A-Za-z0-9-]{0,60})[ \t]*[;:]")
_EDGE = re.compile(r"[ \t]*(BEGIN|END)[ \t]*:[ \t]*([A-Za-z0-9-]{1,60})[ \t]*", re.IGNORECASE)
_OTHERS = frozenset({"VTODO", "VJOURNAL", "VFREEBUSY", "VAVAILABILITY"})
_LENGTH = 2_000
_FOLDS = 40


@dataclass(slots=True)
class Record:
    """One series: its events as lines, the zones it may need, where it begins, and how its file speaks.

    `kind` is VEVENT or the name of another component; `method` is that of the calendar around it.
    """

    kind: str
    line: int
    uid: str = ""
    method: str = ""
    events: list[list[str]] = field(default_factory=list)
    zones: dict[str, list[str]] = field(default_factory=dict)


@dataclass(slots=True)
class _Open:
    """A component whose end has not come yet."""

    kind: str
    line: int
    lines: list[str] = field(default_factory=list)


def cut(data: bytes, path: str) -> Iterator[Record | SetAside]:
    """Yield the records of a calendar in the order of their beginnings; then what is cut off or none."""
    cutter = _Cutter(path)
    for number, raw in enumerate(plain(data).split(b"\n"), 1):
        cutter.take(raw, number)
    cutter.end()
    yield from cutter.found
    if not cutter.found and not cutter.is_calendar:
        yield SetAside(Origin(path), "no_calendar", "The file holds no calendar.")
    yield from cutter.set_aside


class _Cutter:
    """Takes line by line, and knows in which component it is."""

    def __init__(self, path: str) -> None:
        self.found: list[Record] = []
        self.set_aside: list[SetAside] = []
        self.is_calendar = self._is_open = False
        self._line = 0
        self._path = path
        self._series: dict[str, Record] = {}
        self._zones: dict[str, list[str]] = {}
        self._method = ""
        self._open: _Open | None = None
        self._within = 0
        self._folds = 0

    def take(self, raw: bytes, number: int) -> None:
        """Take one line of the file."""
        line = decoded(raw.rstrip(b"\r"))
        edge = _EDGE.fullmatch(line)
        if edge is None:
            self._keep(line)
        elif edge[1][0] in "Bb":
            self._begin(edge[2].upper(), number)
        else:
            self._close(edge[2].upper())

    def end(self) -> None:
        """Hear that the file is at its end."""
        if self._open and self._open.kind != "VTIMEZONE":
            self._cut_off(self._open)
        elif self._is_open:
            says = "The calendar is cut off: it has no end."
            self.set_aside.append(SetAside(Origin(self._path, self._line), "cut_off", says))

    def _begin(self, kind: str, number: int) -> None:
        if kind == "VCALENDAR":
            self.is_calendar = self._is_open = True
            self._method, self._line = "", number
        is_own = kind in {"VEVENT", "VTIMEZONE", "VCALENDAR"} or kind in _OTHERS
        if self._open and is_own:
            self._cut_off(self._open)
            self._open = None
        if self._open is None:
            if is_own and kind != "VCALENDAR":
                self._open, self._within = _Open(kind, number), 0
        else:
            self._within += 1
            if self._open.kind == "VTIMEZONE":
                self._open.lines.append(f"BEGIN:{kind}")

    def _close(self, kind: str) -> None:
        if kind == "VCALENDAR":
            self._is_open = False
        if self._open is None:
            return
        if kind == self._open.kind:
            self._finish(self._open)
            self._open = None
        elif self._within:
            self._within -= 1
            if self._open.kind == "VTIMEZONE":
                self._open.lines.append(f"END:{kind}")

    def _keep(self, line: str) -> None:
        """Keep a line of the component that is open, or the fold of one; alarms within it are passed over."""
        hit = None if line[:1] in {" ", "\t"} else _NAME.match(line)
        name = hit[1].upper() if hit else ""
        if self._open is None:
            if name == "METHOD" and hit:
                self._method = line[hit.end() :].strip().upper()[:40]
            return
        is_zone = self._open.kind == "VTIMEZONE"
        if self._within and not is_zone:
            return
        if hit:
            self._folds = 0 if is_zone or name in KEPT else _FOLDS
            if self._folds == 0:
                self._open.lines.append(line[:_LENGTH].strip())
        elif line[:1] in {" ", "\t"} and self._open.lines and self._folds < _FOLDS:
            self._folds += 1
            self._open.lines[-1] = (self._open.lines[-1] + line[1:])[:_LENGTH]

    def _finish(self, done: _Open) -> None:
        if done.kind == "VTIMEZONE":
            zone = next((one.partition(":")[2] for one in done.lines if one[:5].upper() == "TZID:"), "")
            self._zones.setdefault(zone, done.lines)
            return
        uid = next((one.partition(":")[2] for one in done.lines if name_of(one) == "UID"), "").strip()
        key = uid if done.kind == "VEVENT" and uid else f"\0{done.line}"
        record = self._series.get(key)
        if record is None:
            record = Record(done.kind, done.line, uid, self._method, zones=self._zones)
            self._series[key] = record
            self.found.append(record)
        record.events.append(done.lines)

    def _cut_off(self, half: _Open) -> None:
        if half.kind != "VTIMEZONE":
            says = f"The entry in line {half.line} is cut off: it has no end."
            self.set_aside.append(SetAside(Origin(self._path, half.line), "cut_off", says))


def name_of(line: str) -> str:
    """Return the name of the property that a line holds, in upper case, or nothing."""
    hit = _NAME.match(line)
    return hit[1].upper() if hit else ""
