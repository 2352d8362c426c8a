"""Maildir and Maildir++: one file a mail, in `cur` and `new`, with subfolders like `.Sent`.

`tmp` holds what is still being delivered and is left alone, as are the files that
servers keep beside the mails (dovecot's, courier's).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from anlass.intake.message import SetAside
from anlass.sources.found import Found, Gate, Portion
from anlass.sources.mail.labels import maildir_flags
from anlass.sources.mail.letters import read_letter, unopened
from anlass.sources.reading import glance_at, refused

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
        is_wanted = gate.enter(directory, folder)
        names = _listed(directory) if is_wanted or part == "new" else []
        if isinstance(names, SetAside):
            yield names
        elif names is not None:
            if is_wanted:
                yield from filter(
                    None, (_mail(f"{directory}/{one}", folder, gate, portion, moves) for one in names)
                )
                gate.leave(directory)
            if part == "new":
                moves.seen(names)


def _listed(directory: str) -> list[str] | SetAside | None:
    """Return the names in a directory, why they cannot be read, or `None` where there is none."""
    try:
        return _names(directory)
    except FileNotFoundError:
        return None
    except OSError as error:
        return refused(directory, error)


class _Moves:
    """Follows mails that get another name while the Maildir is read; the part before the flags stays."""

    def __init__(self, cur: str) -> None:
        self._cur = cur
        self._seen: frozenset[str] = frozenset()
        self._now: dict[str, str] = {}

    def seen(self, names: list[str]) -> None:
        """Hear which mails `new` held; they are done when they turn up in `cur`."""
        self._seen = frozenset(map(_own_name, names))

    def is_done(self, name: str) -> bool:
        """Tell whether this mail was there before, in `new`."""
        return bool(self._seen) and _own_name(name) in self._seen

    def now(self, name: str) -> str | None:
        """Return the file a mail lies in now, `None` where it is gone for good."""
        known = self._now.get(_own_name(name))
        if known is None or not os.path.exists(known):  # noqa: PTH110 - plain strings
            self._now = {_own_name(one): f"{self._cur}/{one}" for one in _names(self._cur)}
        return self._now.get(_own_name(name))


def _own_name(name: str) -> str:
    return _FLAGS.split(name, maxsplit=1)[0]


def _names(directory: str) -> list[str]:
    """Return the names in a directory; nothing more is kept of what may be a hundred thousand files."""
    with os.scandir(directory) as entries:
        return sorted(entry.name for entry in entries if entry.name[0] != ".")


def _mail(path: str, folder: str, gate: Gate, portion: Portion, moves: _Moves) -> Found | SetAside | None:
    """Read one file, where it lies by now; `None` where it was read before or the gate does not want it."""
    name = path.rpartition("/")[2]
    if moves.is_done(name):
        return None
    found = _file(path, folder, gate, portion, moves)
    if isinstance(found, SetAside) and found.reason == "gone":
        moved = moves.now(name)
        return _file(moved, folder, gate, portion, moves) if moved else found
    return found


def _file(path: str, folder: str, gate: Gate, portion: Portion, moves: _Moves) -> Found | SetAside | None:
    glance = glance_at(path, folder)
    if isinstance(glance, SetAside):
        return glance
    if not gate.wants(glance):
        return None
    if portion.later:
        again = partial(_mail, path, folder, gate, replace(portion, later=False), moves)
        return unopened(glance, maildir_flags(path), again)
    return read_letter(glance, maildir_flags(path), portion)
