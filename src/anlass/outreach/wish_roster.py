"""Who takes part in a round of wishes: the frozen list, its hash, and the code people can compare.

Everything that follows in a round is bound to this list: who was handed another one matches with nobody.
The list travels as bytes, `packed` and read back by `roster_in`, the same for everybody.
"""

from __future__ import annotations

import struct
import unicodedata
from base64 import b32encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from hashlib import sha256

PID, KEY, EVENT = 16, 32, 16
"""Bytes of a ticket's number, of a public key, of an event's number."""
LONGEST_NAME = 200
"""Bytes of a name in UTF-8."""
HOSTED = 1
"""The flag of somebody who takes part by mail: the organiser holds their key."""
_LABEL = b"anlass/wish/v1/roster\0"
_MAGIC = b"ANWR1\0"
_HEAD = struct.Struct(">6s16sII")
_FIELD = (1 << 255) - 19


class RosterFault(StrEnum):
    """Why a list cannot be a roster."""

    SAME_PID = "same-pid"
    SAME_KEY = "same-key"
    FALSE_KEY = "false-key"
    FALSE_NAME = "false-name"
    GARBLED = "garbled"
    """Bytes that are no roster at all, or not in order."""


class FalseRoster(ValueError):
    """A list that cannot be a roster; `fault` says why."""

    def __init__(self, fault: RosterFault) -> None:
        self.fault = fault
        super().__init__(fault.value)


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One participant: the ticket's number, the public key, the flags, the name on the ticket."""

    pid: bytes
    public: bytes
    flags: int = 0
    name: str = ""

    @property
    def is_hosted(self) -> bool:
        """Tell whether the organiser holds this person's key, and so could see a wish towards them."""
        return bool(self.flags & HOSTED)

    @property
    def line(self) -> bytes:
        """The bytes of this entry that go into the hash."""
        return self.pid + self.public + bytes((self.flags,)) + sha256(self.name.encode()).digest()


@dataclass(frozen=True)
class Roster:
    """A frozen round: event, number, everybody in order. Made by `frozen` and `roster_in`."""

    event: bytes
    number: int
    entries: tuple[Entry, ...] = field(repr=False)

    @cached_property
    def hash(self) -> bytes:
        """The hash that binds the round."""
        head = _LABEL + self.event + struct.pack(">II", self.number, len(self.entries))
        digest = sha256(head)
        for one in self.entries:
            digest.update(one.line)
        return digest.digest()

    @property
    def code(self) -> str:
        """Eight groups of four letters and digits, to be compared by eye or read aloud."""
        return code_of(self.hash)

    @cached_property
    def people(self) -> Mapping[bytes, Entry]:
        """Everybody by the number of their ticket."""
        return {one.pid: one for one in self.entries}


def code_of(digest: bytes) -> str:
    """Return the roster code of a hash."""
    text = b32encode(digest[:20]).decode()
    return " ".join(text[at : at + 4] for at in range(0, 32, 4))


def plain_name(text: str) -> str:
    """Return a name as rosters carry it: composed, one line, nothing that moves the eye, cut to size."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())[:LONGEST_NAME].strip()
    visible = (
        " " if unicodedata.category(one)[0] == "Z" else one for one in unicodedata.normalize("NFC", text)
    )
    kept = "".join(one for one in visible if unicodedata.category(one)[0] != "C")
    return " ".join(kept.split()).encode()[:LONGEST_NAME].decode(errors="ignore").strip()


def is_canonical(public: bytes) -> bool:
    """Tell whether a public key has the size of one and is written in the one way there is."""
    return len(public) == KEY and int.from_bytes(public, "little") < _FIELD


def frozen(event: bytes, number: int, entries: Iterable[Entry]) -> Roster:
    """Return the roster of a round, in order. Raises `FalseRoster`.

    Keys that lead nowhere (of low order) are `wish.is_key`'s to refuse, before somebody joins.
    """
    ordered = tuple(sorted(entries, key=lambda one: one.pid))
    if len(event) != EVENT or not 0 <= number < 1 << 32 or any(len(one.pid) != PID for one in ordered):
        raise FalseRoster(RosterFault.GARBLED)
    if len({one.pid for one in ordered}) < len(ordered):
        raise FalseRoster(RosterFault.SAME_PID)
    if len({one.public for one in ordered}) < len(ordered):
        raise FalseRoster(RosterFault.SAME_KEY)
    if not all(is_canonical(one.public) for one in ordered):
        raise FalseRoster(RosterFault.FALSE_KEY)
    if not all(one.name == plain_name(one.name) for one in ordered):
        raise FalseRoster(RosterFault.FALSE_NAME)
    return Roster(event, number, ordered)


def packed(roster: Roster) -> bytes:
    """Return a roster as bytes: head, then number, key, flags, length of the name and the name of each."""
    parts = [_HEAD.pack(_MAGIC, roster.event, roster.number, len(roster.entries))]
    for one in roster.entries:
        name = one.name.encode()
        parts.append(one.pid + one.public + bytes((one.flags, len(name))) + name)
    return b"".join(parts)


def roster_in(data: bytes) -> Roster:
    """Read a roster. Raises `FalseRoster` for whatever `packed` would not have written."""
    try:
        magic, event, number, count = _HEAD.unpack_from(data)
        entries, at = [], _HEAD.size
        for _ in range(count):
            start = at + PID + KEY + 2
            size = data[start - 1]
            name = data[start : start + size].decode()
            entries.append(Entry(data[at : at + PID], data[at + PID : at + PID + KEY], data[start - 2], name))
            at = start + size
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise FalseRoster(RosterFault.GARBLED) from error
    if magic != _MAGIC or at != len(data):
        raise FalseRoster(RosterFault.GARBLED)
    roster = frozen(event, number, entries)
    if roster.entries != tuple(entries):
        raise FalseRoster(RosterFault.GARBLED)
    return roster
