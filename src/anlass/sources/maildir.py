"""Maildir and Maildir++: one file a mail, in `cur` and `new`, with subfolders like `.Sent`.

`tmp` holds what is still being delivered and is left alone, as are the files that
servers keep beside the mails (dovecot's, courier's).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from anlass.intake.message import SetAside
from anlass.sources.found import Found, Gate, Portion
from anlass.sources.labels import maildir_flags
from anlass.sources.letters import read_letter
from anlass.sources.reading import glance_of, refused

_MAILS = ("new", "cur")
"""Mails move from the first to the second, so in this order none slips past."""
_FLAGS = re.compile(r"[:;!]2,")


def is_maildir(path: str) -> bool:
    """Tell whether the directory at `path` is laid out as a Maildir."""
    has = [os.path.isdir(os.path.join(path, name)) for name in ("cur", "new", "tmp")]  # noqa: PTH112, PTH118
    return has[0] or (has[1] and has[2])


def maildir(path: str, folder: str, gate: Gate, portion: Portion) -> Iterator[Found | SetAside]:
    """Yield the mails in `new` and `cur` of one Maildir, each once, in the order of their names.

    The mailbox may be in use: a mail program moves what it has looked at to `cur`, and
    gives a file another name when a flag changes.
    """
    moves = _Moves(os.path.join(path, "cur"))  # noqa: PTH118 - plain strings, see reading.py
    for part in _MAILS:
        directory = os.path.join(path, part)  # noqa: PTH118 - plain strings, see reading.py
        try:
            entries = _entries(directory)
        except FileNotFoundError:
            continue
        except OSError as error:
            yield refused(directory, error)
            continue
        if gate.enter(directory, folder):
            yield from _mails(entries, folder, gate, portion, moves)
            gate.leave(directory)
        if part == "new":
            moves.seen(entries)


class _Moves:
    """Follows mails that get another name while the Maildir is read; the part before the flags stays."""

    def __init__(self, cur: str) -> None:
        self._cur = cur
        self._seen: frozenset[str] = frozenset()
        self._now: dict[str, os.DirEntry[str]] = {}

    def seen(self, entries: list[os.DirEntry[str]]) -> None:
        """Hear which mails `new` held; they are done when they turn up in `cur`."""
        self._seen = frozenset(_own_name(entry.name) for entry in entries)

    def is_done(self, name: str) -> bool:
        """Tell whether this mail was there before, in `new`."""
        return bool(self._seen) and _own_name(name) in self._seen

    def now(self, name: str) -> os.DirEntry[str] | None:
        """Return the file a mail lies in now, `None` where it is gone for good."""
        known = self._now.get(_own_name(name))
        if known is None or not os.path.exists(known.path):  # noqa: PTH110 - plain strings
            self._now = {_own_name(entry.name): entry for entry in _entries(self._cur)}
        return self._now.get(_own_name(name))


def _own_name(name: str) -> str:
    return _FLAGS.split(name, maxsplit=1)[0]


def _entries(directory: str) -> list[os.DirEntry[str]]:
    with os.scandir(directory) as entries:
        return sorted((entry for entry in entries if entry.name[0] != "."), key=_name)


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _mails(
    entries: list[os.DirEntry[str]], folder: str, gate: Gate, portion: Portion, moves: _Moves
) -> Iterator[Found | SetAside]:
    for entry in entries:
        if moves.is_done(entry.name):
            continue
        found = _mail(entry, folder, gate, portion)
        if isinstance(found, SetAside) and found.reason == "gone":
            moved = moves.now(entry.name)
            found = _mail(moved, folder, gate, portion) if moved else found
        if found:
            yield found


def _mail(entry: os.DirEntry[str], folder: str, gate: Gate, portion: Portion) -> Found | SetAside | None:
    """Read one file; `None` where the gate does not want it."""
    try:
        glance = glance_of(entry.path, folder, entry.stat())
    except OSError as error:
        return refused(entry.path, error)
    if isinstance(glance, SetAside):
        return glance
    return read_letter(glance, maildir_flags(entry.name), portion) if gate.wants(glance) else None
