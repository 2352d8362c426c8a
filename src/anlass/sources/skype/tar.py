"""The one file that matters within a Skype tar, found without unpacking anything.

Python's own reader follows every extension of the format, some of which cost minutes
when they are forged. What Skype writes needs none of them: a name, a size, the bytes.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BLOCK = 512
_FILES = 200_000
_LARGEST = 1 << 50
_REGULAR = b"0\0"


def is_tar(beginning: bytes) -> bool:
    """Tell whether a file begins as a tar does."""
    return beginning[257:262] == b"ustar"


def entries(file: IO[bytes]) -> Iterator[tuple[str, int, int]]:
    """Yield name, place and size in bytes of each file in a tar, up to where it breaks."""
    place = 0
    for _ in range(_FILES):
        file.seek(place)
        head = file.read(_BLOCK)
        size = _size(head[124:136])
        if len(head) < _BLOCK or size is None or not head.strip(b"\0"):
            return
        if head[156:157] in _REGULAR:
            yield head[:100].rstrip(b"\0").decode("utf-8", "replace"), place + _BLOCK, size
        place += _BLOCK + -(-size // _BLOCK) * _BLOCK


class Part(io.RawIOBase):
    """A part of a file, read as if it were one; it ends early where the file does."""

    def __init__(self, file: IO[bytes], place: int, size: int) -> None:
        self._file = file
        self._left = size
        file.seek(place)

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Read the next bytes of the part."""
        view = memoryview(buffer)
        data = self._file.read(min(len(view), self._left))
        view[: len(data)] = data
        self._left -= len(data)
        return len(data)


def base(name: str) -> str:
    """Return the last part of a name within an archive."""
    return os.path.basename(name.replace("\\", "/")).casefold()  # noqa: PTH119 - a name, no path here


def _size(digits: bytes) -> int | None:
    """Return the size that a header names, octal or for the very large in bytes, `None` where none is."""
    if digits[:1] and digits[0] & 0x80:
        size = int.from_bytes(digits[1:], "big")
    else:
        written = digits.strip(b"\0 ") or b"0"
        size = int(written, 8) if written.isdigit() and not written.strip(b"01234567") else -1
    return size if 0 <= size <= _LARGEST else None
