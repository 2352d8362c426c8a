"""Files that came through the door: kept by the digest of their bytes, and not opened here.

What a file seems to be is read off its first bytes and is a label for the owner's eye, nothing else.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from anlass.intake.form import FormFile

FOLDER = "door-files"
MOST, LARGEST, ALL_TOGETHER = 3, 5 * 1024 * 1024, 10 * 1024 * 1024
"""Files of one letter, bytes of one, bytes of all."""
ROOM = 1024 * 1024 * 1024
"""Bytes of all files in the folder; then the door takes no more."""
TEXT = "Text"
"""The label of a file that seems to be plain text."""
_LONGEST_NAME = 120
_DIGEST = 64
_SIGNS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "PDF"),
    (b"\x89PNG\r\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"PK\x03\x04", "ZIP"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
    (b"{\\rtf", "RTF"),
    (b"\xd0\xcf\x11\xe0", "Office"),
    (b"ID3", "MP3"),
    (b"OggS", "Ogg"),
    (b"MZ", "Windows"),
    (b"\x7fELF", "Linux"),
)


def keep(data: Path, name: str, chunks: Iterable[bytes]) -> FormFile | None:
    """Keep a file in the data folder; `None` where there is no room. It is there when this returns."""
    folder = data / FOLDER
    digest, size, begins = sha256(), 0, b""
    aside: Path | None = None
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if sum(one.stat().st_size for one in folder.iterdir() if one.is_file()) > ROOM:
            return None
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            aside = Path(file.name)
            for chunk in chunks:
                file.write(chunk)
                digest.update(chunk)
                size += len(chunk)
                begins = begins or chunk[:16]
            file.flush()
            os.fsync(file.fileno())
        aside.replace(folder / digest.hexdigest())
    except OSError:  # the disk is full: what was written of it is only in the way
        if aside is not None:
            aside.unlink(missing_ok=True)
        return None
    return FormFile(plain_name(name), size, digest.hexdigest(), label_of(begins))


def open_file(data: Path, digest: str) -> bytes | None:
    """Return the bytes of a file; `None` where they are not there."""
    if len(digest) != _DIGEST or not set(digest) <= set("0123456789abcdef"):
        return None
    try:
        return (data / FOLDER / digest).read_bytes()
    except OSError:
        return None


def sweep(data: Path, wanted: frozenset[str], *, older_than: float) -> int:
    """Remove the files that nobody has any more and that are older (seconds since 1970); return how many."""
    folder = data / FOLDER
    if not folder.is_dir():
        return 0
    over = [one for one in folder.iterdir() if one.name not in wanted and one.stat().st_mtime < older_than]
    for one in over:
        one.unlink(missing_ok=True)
    return len(over)


def plain_name(name: str) -> str:
    """Return a file's name without folders and without what steers or misleads."""
    last = name.encode("utf-8", "replace").decode().replace("\\", "/").rpartition("/")[2]
    shown = "".join(char if char.isprintable() else "_" for char in last).strip(" .")
    if len(shown) > _LONGEST_NAME:
        head, dot, ending = shown.rpartition(".")
        tail = f"{dot}{ending}"[-12:] if head else ""
        shown = f"{shown[: _LONGEST_NAME - len(tail)]}{tail}"
    return shown or "file"


def label_of(begins: bytes) -> str:
    """Return what the first bytes of a file look like, empty where they look like nothing known."""
    found = next((label for sign, label in _SIGNS if begins.startswith(sign)), "")
    is_text = begins.isascii() and all(byte >= 32 or byte in b"\t\r\n" for byte in begins)
    return found or (TEXT if begins and is_text else "")
