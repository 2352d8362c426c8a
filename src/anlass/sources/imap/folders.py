"""The folders of a mailbox: which are read, what they are called, what the server says they are for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from anlass.sources.mail.folders import FolderUse, folder_uses, readable
from anlass.wires.imap import Row

_NO_FOLDERS = frozenset({b"\\noselect", b"\\nonexistent"})
_ALL = b"\\all"
_BESIDE_ALL = frozenset({b"\\junk", b"\\trash"})
"""What Gmail's folder of all mail does not hold."""
_USES = {b"\\sent": "\\Sent", b"\\drafts": "\\Drafts", b"\\junk": "\\Junk", b"\\trash": "\\Trash"}


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder: its name on the server, its name in the owner's words, and what the server says it is for.

    `place` is how the places of its mails begin; what follows is the folder's UIDVALIDITY.
    """

    name: str
    title: str
    uses: tuple[str, ...]
    place: str

    @property
    def can_be_asked_for(self) -> bool:
        """Whether its name can stand in a question at all."""
        return self.name.isascii() and self.name.isprintable()


def folders(rows: Iterable[Row], root: str, *, has_labels: bool) -> tuple[Folder, ...]:
    """Return the folders to read, in the order of their names.

    Where mails have labels, the folder of all mail is read and not the labels again as folders. Elsewhere
    such a folder only repeats what lies in others.
    """
    marked = {name: frozenset(flag.lower() for flag in flags) for flags, name in rows}
    real = {name: flags for name, flags in marked.items() if not flags & _NO_FOLDERS}
    whole = {name: flags for name, flags in real.items() if _ALL in flags}
    if whole and has_labels:
        real = whole | {name: flags for name, flags in real.items() if flags & _BESIDE_ALL}
    elif whole.keys() != real.keys():
        real = {name: flags for name, flags in real.items() if name not in whole}
    return tuple(_folder(name, flags, root) for name, flags in sorted(real.items()))


def folder_for(use: FolderUse, rows: Iterable[Row], title: str = "") -> str | None:
    """Return the name of the folder for one use: that of this title, else as server or name say."""
    real = [(name, frozenset(flag.lower() for flag in flags)) for flags, name in rows]
    there = [(name, flags) for name, flags in real if not flags & _NO_FOLDERS]
    if title:
        return next((name for name, _ in there if readable(name) == title), None)
    told = [name for name, flags in there if _USES.get(b"\\" + use.value.encode()) in _uses(flags)]
    named = [name for name, flags in there if not _uses(flags) and folder_uses(readable(name)) is use]
    return next(iter([*told, *sorted(named, key=len)]), None)


def _uses(flags: frozenset[bytes]) -> tuple[str, ...]:
    return tuple(use for flag, use in _USES.items() if flag in flags)


def _folder(name: str, flags: frozenset[bytes], root: str) -> Folder:
    title = readable(name)
    return Folder(name, title, _uses(flags), f"{root}/{quote(title, safe='/', errors='replace')}")
