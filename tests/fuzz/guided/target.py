"""One parser of foreign bytes as a fuzzer sees it: bytes go in, and nothing but what is named comes out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from anlass.sources.traces import Bearings

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OWNER = "olga@home.example"
BEARINGS = Bearings(frozenset({OWNER}), NOW, "DE")
ROOT = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True)
class Target:
    """A parser, and how to try it.

    `reads` are the modules of the program that take the bytes apart, below `anlass`; `run` hands bytes to
    them and fails where a law does not hold;
    `may_raise` is all that may be raised; `seeds` are samples to begin with;
    `longest` is the number of bytes that an input has at most.
    """

    name: str
    reads: tuple[str, ...]
    run: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]
    may_raise: tuple[type[Exception], ...] = ()
    longest: int = 8 * 1024

    def take(self, data: bytes) -> None:
        """Hand bytes to the parser; raises only what it must not, or `AssertionError` for a broken law."""
        try:
            self.run(data)
        except self.may_raise:
            return


def texts(data: bytes, count: int) -> list[str]:
    """Return so many texts: what stands between the first NULs; the rest are empty."""
    parts = [part.decode("utf-8", "replace") for part in data.split(b"\0", count - 1)]
    return parts + [""] * (count - len(parts))


def is_calm(text: str) -> bool:
    """Tell whether a text can be kept and shown: it has no halves of characters and steers no terminal."""
    text.encode()
    return not any(char < " " and char not in "\n\t" for char in text)


def is_shown(text: str) -> bool:
    """Tell whether a text is one line in which every sign is seen, but for the joiners that scripts need."""
    return all(char.isprintable() or char in "\u200c\u200d" for char in text)


@cache
def folder() -> Path:
    """Return an own folder for the files that parsers want to have; in memory where there is some."""
    shared = Path("/dev/shm")  # only a place, emptied by whoever runs the fuzzer
    return Path(mkdtemp(prefix=f"anlass-fuzz-{os.getpid()}-", dir=shared if shared.is_dir() else None))


def laid(name: str, data: bytes) -> Path:
    """Write bytes into a file of that name, alone in its folder, and return it."""
    path = folder() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
