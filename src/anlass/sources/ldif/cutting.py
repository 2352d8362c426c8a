"""Cutting an LDIF file into entries: folded lines, comments, base64, and codings that it should not have."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, field

from anlass.intake.guard import clean, one_line
from anlass.sources.codings import decoded, plain

KEPT = frozenset(
    (
        "dn objectclass cn displayname givenname sn mail mozillasecondemail mailalternateaddress"
        " rfc822mailbox email telephonenumber mobile cellphone homephone mozillahomeurl mozillaworkurl"
        " homeurl workurl labeleduri"
        " title ou o company mozillanickname xmozillanickname"
    ).split()
)
"""The attributes that are read; pictures, keys and notes are passed over."""

_VALUES = 300
_LENGTH = 4_000


@dataclass(slots=True)
class Entry:
    """One entry: the line in which it begins, and what is read of it, by attribute in small letters."""

    line: int
    values: dict[str, list[str]] = field(default_factory=dict)
    count: int = 0

    @property
    def is_too_long(self) -> bool:
        """Whether it has more values than any person."""
        return self.count > _VALUES

    def __getitem__(self, name: str) -> list[str]:
        """Return the values of an attribute."""
        return self.values.get(name, [])

    def first(self, name: str) -> str:
        """Return the first value of an attribute on one line, "" where there is none."""
        return one_line(self[name][0]) if self[name] else ""

    def take(self, line: bytes) -> None:
        """Take a whole line, unfolded; one that is no attribute, or none that is read, is passed over."""
        name, colon, value = line.partition(b":")
        attribute = name.partition(b";")[0].strip().lower().decode("ascii", "replace")
        if not colon or attribute not in KEPT:
            return
        self.count += 1
        if self.count <= _VALUES and (text := _value(value)):
            self.values.setdefault(attribute, []).append(text)


def entries(data: bytes) -> Iterator[Entry]:
    """Yield the entries of a file, in order; the line that names the version is none."""
    entry: Entry | None = None
    for number, line in _unfolded(data):
        if not line.strip():
            if entry is not None:
                yield entry
            entry = None
        elif entry is not None or not line.lower().startswith(b"version:"):
            entry = entry or Entry(number)
            entry.take(line)
    if entry is not None:
        yield entry


def _unfolded(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the lines with their numbers, each with what continues it; comments are none."""
    begun, pending = 1, b""
    for number, raw in enumerate(plain(data).split(b"\n"), 1):
        line = raw.rstrip(b"\r")
        if line[:1] == b" " and pending:
            pending = (pending + line[1:])[:_LENGTH]
            continue
        if pending[:1] != b"#":
            yield begun, pending
        begun, pending = number, line[:_LENGTH]
    if pending[:1] != b"#":
        yield begun, pending


def _value(written: bytes) -> str:
    """Return a value as text; one in base64 begins with a second colon, one that lies elsewhere is none."""
    if written.startswith(b"<"):
        return ""
    if written.startswith(b":"):
        try:
            written = b64decode(written[1:].strip(), validate=True)
        except ValueError:
            return ""
    return clean(decoded(written)).strip()
