"""What a source hands over, and how it is asked for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from anlass.intake.contact_request import Origin
from anlass.intake.message import SetAside


@dataclass(frozen=True, slots=True)
class Glance:
    """A file as it looks before it is opened: enough to know it again.

    `folder` is the mail folder it belongs to, in the owner's words ("Sent/2024"), `labels` what a
    mail server says that folder is for. A mail on a server has its number there as its inode.
    """

    path: str
    folder: str
    size: int
    mtime_ns: int
    inode: int
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Portion:
    """How much of every mail is wanted: at most `limit` bytes, with or without its digest.

    `later`: a mail in a file of its own comes unopened, for whoever reads it (`mail.letters.opened`).
    """

    limit: int
    digest: bool = True
    later: bool = False


WHOLE = Portion(32 * 1024 * 1024)
"""Whole mails, up to the size that the house reads at all."""

HEADS = Portion(128 * 1024, digest=False)
"""The beginning of each mail, for work that looks at headers only."""

HEADS_LATER = replace(HEADS, later=True)
"""The same, mails in files of their own not yet opened."""


@dataclass(frozen=True, slots=True)
class Found:
    """One mail, with the place its bytes came from.

    `labels` are the words its keeper tagged it with: Gmail's labels, Maildir's flags.
    `raw` is free of mbox quoting, while `origin` speaks of the bytes in the file. Where
    `is_cut`, the mail is longer than the portion asked for. `file` is the file it lies in.

    Where the mail is unopened yet, `raw` is empty and `again` looks for it where it lies by then, and reads
    it: mail programs move mails at any moment.
    """

    origin: Origin
    folder: str
    labels: tuple[str, ...]
    raw: bytes
    is_cut: bool = False
    file: Glance | None = None
    again: Callable[[], Found | SetAside | None] | None = None


class Gate(Protocol):
    """Stands between a source and its reader, so that what is known is not read again."""

    def enter(self, directory: str, folder: str) -> bool:
        """Tell whether `directory` is to be looked through at all."""

    def wants(self, glance: Glance) -> bool:
        """Tell whether this file is to be read."""

    def done(self, glance: Glance) -> None:
        """Hear that a file of many mails was read to its end."""

    def leave(self, directory: str) -> None:
        """Hear that everything in `directory` was offered."""


class Everything:
    """The gate that is always open."""

    def enter(self, directory: str, folder: str) -> bool:
        """Let every directory be looked through."""
        return True

    def wants(self, glance: Glance) -> bool:
        """Let every file be read."""
        return True

    def done(self, glance: Glance) -> None:
        """Remember nothing."""

    def leave(self, directory: str) -> None:
        """Remember nothing."""
