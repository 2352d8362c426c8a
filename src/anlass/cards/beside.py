"""The house's own lines in an entry of the owner's address book; it writes nothing else there.

A card is bytes of somebody else's program: every line that is not the house's own stays as it is, byte for
byte, wrong folds and strange letters too. The owner's secret is none of these lines unless the owner says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

OWN = ("X-ANLASS-CARD", "X-ANLASS-LAST", "X-ANLASS-NOTE", "X-ANLASS-STANDING")
"""The properties of the house: the link given to this person, the last encounter, a note, the standing."""
_END = re.compile(rb"^END:VCARD[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_BEGIN = re.compile(rb"^BEGIN:VCARD[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_LINE = re.compile(
    rb"^(?:" + "|".join(OWN).encode() + rb")[;:][^\n]*(?:\n|\Z)(?:[ \t][^\n]*(?:\n|\Z))*",
    re.IGNORECASE | re.MULTILINE,
)
_LONGEST = 75
"""Bytes of a line before it is folded (RFC 6350)."""


def own_lines(data: bytes) -> tuple[str, ...]:
    """Return the house's own lines in an entry, unfolded, in their order."""
    found = (re.sub(rb"\r?\n[ \t]", b"", hit[0]).strip() for hit in _LINE.finditer(data))
    return tuple(one.decode("utf-8", "replace") for one in found)


def with_lines(data: bytes, lines: Sequence[str]) -> bytes | None:
    """Return an entry with these lines as the house's own, in place of those it had; the rest as it was.

    `None` for an entry that is not exactly one card: there nobody could say where the lines belong.
    """
    ends, begins = list(_END.finditer(data)), list(_BEGIN.finditer(data))
    if len(ends) != 1 or len(begins) != 1 or ends[0].start() < begins[0].end():
        return None
    newline = b"\r\n" if b"\r\n" in data else b"\n"
    bare = _LINE.sub(b"", data)
    end = _END.search(bare)
    if end is None:
        return None
    own = b"".join(_folded(line.encode(), newline) for line in lines)
    return bare[: end.start()] + own + bare[end.start() :]


def line(name: str, text: str) -> str:
    """Return one line of the house's own; what would end it or begin another is escaped."""
    escaped = text.replace("\\", "\\\\").replace("\r\n", "\n").replace("\n", "\\n").replace("\r", "")
    for odd in ",;":
        escaped = escaped.replace(odd, f"\\{odd}")
    return f"{name}:{''.join(char for char in escaped if char.isprintable())}"


def _folded(line_: bytes, newline: bytes) -> bytes:
    """Return a line in parts that are short enough; no letter is cut in two."""
    parts, rest = [], line_
    while len(rest) > _LONGEST:
        cut = _LONGEST
        while rest[cut] & 0xC0 == 0x80:
            cut -= 1
        parts.append(rest[:cut])
        rest = b" " + rest[cut:]
    return newline.join([*parts, rest]) + newline
