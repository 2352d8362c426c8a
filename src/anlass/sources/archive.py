"""One archive, whatever its kind: the file or folder is looked at, and read as what it is.

Maildir and Maildir++, mbox, single mails, folders of all of these within each other,
as mail programs leave them (Thunderbird's `.sbd`, Apple's `.mbox` folders); beside them
the files that other sources know, handed over unread.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from anlass.intake.message import SetAside
from anlass.sources.found import WHOLE, Everything, Found, Gate, Portion
from anlass.sources.mail.folders import readable
from anlass.sources.mail.letters import letter, looks_like
from anlass.sources.mail.maildir import is_maildir, maildir
from anlass.sources.mail.mbox import mbox
from anlass.sources.reading import folder_below, glance_of, peek, refused, set_aside
from anlass.sources.traces import Beside, TraceSource

_DEPTH = 64
_NOT_MAIL = re.compile(
    r"dovecot|courier|maildir(?:folder|size)$|subscriptions$|\.DS_Store$|Thumbs\.db$|desktop\.ini$|"
    r".*\.(?:msf|lock|lck|idx|plist)$|__MACOSX$|\.[^.]*lock",
    re.IGNORECASE,
)
"""What servers, mail programs and systems keep beside the mails."""
_SUFFIX = re.compile(r"\.(?:sbd|mbox|mbx|mbs|eml)$", re.IGNORECASE)

Offered = Found | Beside | SetAside
"""A mail, a file for another source, or what cannot be read."""


def archive(path: Path, *, gate: Gate | None = None, portion: Portion = WHOLE) -> Iterator[Offered]:
    """Yield every mail in the file or folder at `path`, and a `SetAside` for what cannot be read.

    A file that another source knows (an address book, a calendar) comes as `Beside`, unread.
    `gate` says what is to be read; without one, everything. Mails come in the order of
    their file names, so the same archive always reads the same. Nothing is raised for
    what lies in the archive.
    """
    start = os.path.abspath(path)  # noqa: PTH100 - plain strings, see reading.py
    folder = "" if os.path.isfile(start) else _own_name(start)  # noqa: PTH113 - raises for nothing
    yield from _Walk(gate or Everything(), portion).below(start, folder, 0)


class _Walk:
    """One way through the folders, that never goes round in circles."""

    def __init__(self, gate: Gate, portion: Portion) -> None:
        self._gate = gate
        self._portion = portion
        self._seen: set[tuple[int, int]] = set()

    def below(self, path: str, folder: str, depth: int) -> Iterator[Offered]:
        """Yield what lies at `path`, a file or a folder."""
        try:
            seen = os.stat(path)  # noqa: PTH116 - plain strings, see reading.py
            if stat.S_ISDIR(seen.st_mode):
                yield from self._directory(path, folder, seen, depth)
            else:
                yield from self._file(path, folder, seen)
        except OSError as error:
            yield refused(path, error)

    def _directory(self, path: str, folder: str, seen: os.stat_result, depth: int) -> Iterator[Offered]:
        if (seen.st_dev, seen.st_ino) in self._seen:
            yield set_aside(path, "loop")
        elif depth > _DEPTH:
            yield set_aside(path, "too_deep")
        else:
            self._seen.add((seen.st_dev, seen.st_ino))
            has_mails = is_maildir(path)
            if has_mails:
                yield from maildir(path, folder, self._gate, self._portion)
            yield from self._entries(path, folder, depth, is_maildir=has_mails)

    def _entries(self, path: str, folder: str, depth: int, *, is_maildir: bool) -> Iterator[Offered]:
        """Go through a folder; beside a Maildir's own three, its folders only."""
        with os.scandir(path) as found:
            entries = sorted((entry.name, entry.is_dir()) for entry in found)
        if is_maildir:
            entries = [
                (name, True) for name, is_dir in entries if is_dir and name not in {"cur", "new", "tmp"}
            ]
        if not self._gate.enter(path, folder):
            entries = [(name, True) for name, is_dir in entries if is_dir]
        for name, is_dir in entries:
            if _NOT_MAIL.match(name) or (name.startswith(".") and not (is_dir and is_maildir)):
                continue
            below = _below(folder, name, is_maildir=is_maildir) if is_dir else folder
            yield from self.below(os.path.join(path, name), below, depth + 1)  # noqa: PTH118
        self._gate.leave(path)

    def _file(self, path: str, folder: str, seen: os.stat_result) -> Iterator[Offered]:
        """Read one file; a single mail lies in its folder, an mbox is a folder itself."""
        if not stat.S_ISREG(seen.st_mode):
            yield set_aside(path, "not_a_file")
            return
        beginning = peek(path)
        kind = looks_like(beginning)
        name = os.path.basename(path)  # noqa: PTH119 - plain strings, see reading.py
        from anlass.sources.known import source_of  # noqa: PLC0415 - a Maildir needs none of the other sources

        source = source_of(path, beginning)
        if source is not None:
            yield _beside(path, folder, seen, source)
        elif kind == "mbox":
            below = folder_below(folder, readable(_SUFFIX.sub("", name)))
            yield from mbox(path, below, self._gate, self._portion)
        elif kind == "letter" or (kind != "empty" and name.lower().endswith(".eml")):
            around = folder or _own_name(os.path.dirname(path))  # noqa: PTH120
            yield from letter(path, around, self._gate, self._portion)
        else:
            yield set_aside(path, kind)


def _beside(path: str, folder: str, seen: os.stat_result, source: TraceSource) -> Beside | SetAside:
    glance = glance_of(path, folder, seen)
    return glance if isinstance(glance, SetAside) else Beside(glance, source)


def _own_name(path: str) -> str:
    """Name the folder that `path` itself is: a Maildir's `cur` belongs to what is around it."""
    name = os.path.basename(path)  # noqa: PTH119 - plain strings, see reading.py
    if name in {"cur", "new"}:
        name = os.path.basename(os.path.dirname(path))  # noqa: PTH119, PTH120
    return readable(_SUFFIX.sub("", name).lstrip("."))


def _below(folder: str, name: str, *, is_maildir: bool) -> str:
    """Name a folder within a folder; Maildir++ writes the whole way into one name: `.Sent.2024`."""
    parts = name.lstrip(".").split(".") if is_maildir and name.startswith(".") else [_SUFFIX.sub("", name)]
    return folder_below(folder, "/".join(readable(part) for part in parts if part))
