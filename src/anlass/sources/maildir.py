"""Maildir and Maildir++: one file a mail, in `cur` and `new`, with subfolders like `.Sent`.

`tmp` holds what is still being delivered and is left alone, as are the files that
servers keep beside the mails (dovecot's, courier's).
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from anlass.intake.message import SetAside
from anlass.sources.found import Found, Gate, Portion
from anlass.sources.labels import maildir_flags
from anlass.sources.letters import read_letter
from anlass.sources.reading import glance_of, refused

_MAILS = ("cur", "new")


def is_maildir(path: str) -> bool:
    """Tell whether the directory at `path` is laid out as a Maildir."""
    has = [os.path.isdir(os.path.join(path, name)) for name in ("cur", "new", "tmp")]  # noqa: PTH112, PTH118
    return has[0] or (has[1] and has[2])


def maildir(path: str, folder: str, gate: Gate, portion: Portion) -> Iterator[Found | SetAside]:
    """Yield the mails in `cur` and `new` of one Maildir, in the order of their names."""
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
            yield from _mails(entries, folder, gate, portion)
            gate.leave(directory)


def _entries(directory: str) -> list[os.DirEntry[str]]:
    with os.scandir(directory) as entries:
        return sorted((entry for entry in entries if entry.name[0] != "."), key=_name)


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _mails(
    entries: list[os.DirEntry[str]], folder: str, gate: Gate, portion: Portion
) -> Iterator[Found | SetAside]:
    for entry in entries:
        try:
            glance = glance_of(entry.path, folder, entry.stat())
        except OSError as error:
            yield refused(entry.path, error)
            continue
        if isinstance(glance, SetAside):
            yield glance
        elif gate.wants(glance):
            yield read_letter(glance, maildir_flags(entry.name), portion)
