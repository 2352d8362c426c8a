"""Directories that look as they did when everything in them was read: they are passed over as a whole.

To look at a file costs a question to the system; to ask the book for its mark costs as much again, so
of a directory only the digest of all these looks is compared. A file that was rewritten in its place is
noticed, as its time and size are part of it. Only a directory of which every file has a mark is known
that way, and where it looks different by one file, each is asked for by itself.
"""

from __future__ import annotations

from hashlib import blake2b

from anlass.sources.listing import Listing, listing, look_number
from anlass.store.book import Book


class Listings:
    """What the directories of one run look like; `seen` hears of every file that was offered."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._open: dict[str, _Looks] = {}
        self._left: dict[str, _Looks] = {}

    def passed(self, directory: str) -> Listing | None:
        """Return what a directory holds, where nothing has changed in it; `None` where it must be read."""
        if "://" in directory:
            return None
        before = self._book.listing_of(directory)
        if before is not None:
            now = listing(directory)
            if now is not None and now.number == before:
                return now
            self._book.set_listing(directory, None)
        self._open[directory] = _Looks()
        return None

    def seen(self, directory: str, look: str) -> None:
        """Hear how a file of this directory looks; files come in the order of their names."""
        if directory in self._open:
            self._open[directory].add(look)

    def left(self, directory: str) -> None:
        """Hear that every file of this directory was offered."""
        if directory in self._open:
            self._left[directory] = self._open.pop(directory)

    def keep(self) -> None:
        """Write down how the directories look; the book knows whether each file has its mark by now."""
        with self._book.together():
            for directory, looks in self._left.items():
                if looks.count:
                    self._book.set_listing(directory, looks.number(), looks.count)


class _Looks:
    """The digest of looks, while they come."""

    def __init__(self) -> None:
        self.count = 0
        self._digest = blake2b(digest_size=8)

    def add(self, look: str) -> None:
        self.count += 1
        self._digest.update(f"{look}\n".encode("utf-8", "surrogateescape"))

    def number(self) -> int:
        return look_number(self._digest.digest())
