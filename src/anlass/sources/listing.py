"""A whole directory at one glance: how all its files look, without one being opened."""

from __future__ import annotations

import os
import stat
from hashlib import blake2b
from typing import NamedTuple


class Listing(NamedTuple):
    """How many files a directory holds, their bytes, and a digest of how each of them looks."""

    files: int
    weight: int
    number: int


def listing(directory: str) -> Listing | None:
    """Return how the files of a directory look, but for hidden ones; `None` where it holds more than files.

    Each file counts with what `unchanged` says of it, in the order of the names.
    """
    looks: dict[str, str] = {}
    weight = 0
    try:
        handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            # by its handle, so that the system need not walk the whole path again for every file
            with os.scandir(handle) as entries:
                for entry in entries:
                    name = entry.name
                    if name[0] == ".":
                        continue
                    seen = entry.stat()
                    if not stat.S_ISREG(seen.st_mode):
                        return None
                    weight += seen.st_size
                    looks[name] = f"{name}|{seen.st_size}|{seen.st_mtime_ns}|{seen.st_ino}\n"
        finally:
            os.close(handle)
    except OSError:
        return None
    whole = "".join([looks[name] for name in sorted(looks)]).encode("utf-8", "surrogateescape")
    return Listing(len(looks), weight, look_number(blake2b(whole, digest_size=8).digest()))


def look_number(digest: bytes) -> int:
    """Return a digest of looks as a column holds it."""
    return int.from_bytes(digest, "big", signed=True)
