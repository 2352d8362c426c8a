"""Files that lie together: packed in a zip, or in one folder; opened within limits, never unpacked to disk.

The limits come before anything is unpacked: how many files, how large, how tightly
packed. Names that lead out of the archive are not read at all.
"""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import islice
from typing import IO, Protocol

from anlass.sources.reading import opened

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What reading from a broken archive raises, beside `OSError`."""

_FILES = 10_000
_DIRECTORY = 2 << 20
"""Bytes of a zip's list of files; that of a network's export has a few thousand."""
_SIZE = 512 << 20
"""Bytes of one unpacked file."""
_RATIO = 100
"""How many times smaller than itself a file may be packed, where it is large."""
_LARGE = 1 << 20
_END = b"PK\x05\x06"
_END_SIZE = 22
_COMMENT = 65_535
_ENCRYPTED = 0x1


class Unreadable(Exception):
    """An archive, or a file in it, that is not opened; `reason` is a word of `told.py`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Bundle(Protocol):
    """Files that belong together, by name."""

    def names(self) -> tuple[str, ...]:
        """Return the names of all files, in the order in which they lie."""

    def open(self, name: str) -> AbstractContextManager[IO[bytes]]:
        """Open one of them to read; raises `Unreadable`."""


class Folder:
    """The files beside each other in one folder."""

    def __init__(self, path: str) -> None:
        self._path = path

    def names(self) -> tuple[str, ...]:
        """Return the names of all files in the folder; none where it cannot be looked into."""
        try:
            with os.scandir(self._path) as found:
                return tuple(sorted(entry.name for entry in islice(found, _FILES) if entry.is_file()))
        except OSError:
            return ()

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """Open one of the files."""
        with opened(os.path.join(self._path, name)) as handle, os.fdopen(os.dup(handle), "rb") as file:  # noqa: PTH118
            yield file


class Zip:
    """The files packed in one zip."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file
        self._infos = {info.filename: info for info in file.infolist() if info.filename and not info.is_dir()}

    def names(self) -> tuple[str, ...]:
        """Return the names of all files, as they stand in the zip."""
        return tuple(self._infos)

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """Open one of the files; raises `Unreadable` before anything is unpacked that is too much."""
        info = self._infos[name]
        if _leads_out(name):
            raise Unreadable("leads_out")
        if info.flag_bits & _ENCRYPTED:
            raise Unreadable("locked")
        if info.file_size > _SIZE:
            raise Unreadable("too_large")
        if info.file_size > _LARGE and info.file_size > _RATIO * info.compress_size:
            raise Unreadable("bomb")
        with self._file.open(info) as file:
            yield file


@contextmanager
def zipped(path: str) -> Iterator[Zip]:
    """Open the zip at `path`; raises `Unreadable` and `OSError`."""
    with opened(path) as handle, os.fdopen(os.dup(handle), "rb") as file:
        _look_at_the_list(file)
        try:
            packed = zipfile.ZipFile(file)
        except BROKEN as error:
            raise Unreadable("broken_zip") from error
        with packed:
            yield Zip(packed)


def first_name(beginning: bytes) -> str:
    """Return the name of the first file in a zip that begins so, readable even where its end is lost."""
    if not beginning.startswith(b"PK\x03\x04"):
        return ""
    length = int.from_bytes(beginning[26:28], "little")
    return beginning[30 : 30 + length].decode("utf-8", "replace")


def _look_at_the_list(file: IO[bytes]) -> None:
    """Refuse a zip whose list of files is lost or endless, before that list is read."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _COMMENT - _END_SIZE))
    tail = file.read()
    place = tail.rfind(_END)
    if place < 0 or len(tail) - place < _END_SIZE:
        raise Unreadable("broken_zip")
    files = int.from_bytes(tail[place + 10 : place + 12], "little")
    length = int.from_bytes(tail[place + 12 : place + 16], "little")
    if files > _FILES or length > _DIRECTORY:
        raise Unreadable("too_many_files")
    file.seek(0)


def _leads_out(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]
