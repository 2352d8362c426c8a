"""Opening files that may be gone, forbidden, endless or no files at all."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from itertools import chain
from pathlib import Path

from anlass.intake.contact_request import Origin
from anlass.intake.message import SetAside
from anlass.sources.found import WHOLE, Glance, Portion

_CHUNK = 1 << 20
_PEEK = 16 * 1024
_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC
"""Open for reading, never waiting for anybody at the other end."""
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)

_SAYS = {
    "gone": "The file vanished while it was being read.",
    "no_rights": "Anlass may not read this file.",
    "not_a_file": "This is not a file but a socket, a pipe or a device.",
    "unreadable": "The file could not be read: {error}.",
    "empty": "The file is empty.",
    "binary": "The file is not a mail: it does not begin with text.",
    "not_mail": "The file is not a mail: it does not begin with a header field.",
    "too_large": "The file is too large to be read at once.",
    "loop": "This folder was read already; a link leads back to it.",
    "too_deep": "The folders here are nested too deeply.",
}


def set_aside(path: str, reason: str, *, error: OSError | None = None) -> SetAside:
    """Return the value that says why the file at `path` is no mail."""
    says = _SAYS[reason].format(error=error.strerror if error else "")
    return SetAside(Origin(path), reason, says)


def refused(path: str, error: OSError) -> SetAside:
    """Return the value for what the system said when `path` was opened."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return set_aside(path, "gone")
    if isinstance(error, PermissionError):
        return set_aside(path, "no_rights")
    return set_aside(path, "unreadable", error=error)


def is_there(path: Path) -> bool:
    """Tell whether something lies at `path`, be it forbidden to look at."""
    try:
        path.stat()
    except PermissionError:
        return True
    except OSError:
        return False
    return True


def glance_at(path: str, folder: str) -> Glance | SetAside:
    """Look at a file without opening it."""
    try:
        seen = os.stat(path)  # noqa: PTH116 - hundreds of thousands of files, plain strings throughout
    except OSError as error:
        return refused(path, error)
    return glance_of(path, folder, seen)


def glance_of(path: str, folder: str, seen: os.stat_result) -> Glance | SetAside:
    """Return the glance for a file that was just looked at."""
    if not stat.S_ISREG(seen.st_mode):
        return set_aside(path, "not_a_file")
    return Glance(path, folder, seen.st_size, seen.st_mtime_ns, seen.st_ino)


@contextmanager
def opened(path: str) -> Iterator[int]:
    """Open a file for reading, never waiting for anybody at the other end."""
    handle = os.open(path, _FLAGS)
    try:
        yield handle
    finally:
        os.close(handle)


def peek(path: str) -> bytes:
    """Return the first bytes of a file."""
    with opened(path) as handle:
        return os.read(handle, _PEEK)


def chunks(handle: int, size: int = _CHUNK) -> Iterator[bytes]:
    """Yield the bytes from here to the end."""
    while data := os.read(handle, size):
        yield data


def read_one(glance: Glance, portion: Portion) -> tuple[Origin, bytes, bool]:
    """Read a file that is one mail: its origin, its bytes within `portion`, and whether it is longer.

    The digest covers at most `WHOLE.limit` bytes, as does the length, so that no file can cost more.
    """
    path = glance.path
    handle = os.open(path, _FLAGS)
    try:
        # asking for no more than is there saves the room for what is not: half the time of a run
        raw = os.read(handle, min(portion.limit, glance.size) + 1)
        is_cut = len(raw) > portion.limit
        if is_cut:
            raw = raw[: portion.limit]
        if not portion.digest:
            return Origin(path, 0, os.fstat(handle).st_size if is_cut else len(raw)), raw, is_cut
        os.lseek(handle, len(raw), os.SEEK_SET)
        digest, length = sha256(raw), len(raw)
        for data in chunks(handle):
            part = data[: WHOLE.limit - length]
            digest.update(part)
            length += len(part)
            if length >= WHOLE.limit:
                break
        return Origin(path, 0, length, digest.hexdigest()), raw, is_cut
    finally:
        os.close(handle)


def whole(path: str, limit: int) -> bytes | SetAside:
    """Return all bytes of a file that is read at once, or why it is not."""
    try:
        with opened(path) as handle:
            seen = os.fstat(handle)
            if not stat.S_ISREG(seen.st_mode):
                return set_aside(path, "not_a_file")
            if seen.st_size > limit:
                return set_aside(path, "too_large")
            data = b"".join(chunks(handle))
    except OSError as error:
        return refused(path, error)
    return data or set_aside(path, "empty")


def reread(origin: Origin, limit: int = WHOLE.limit) -> bytes | None:
    """Return the mail that lies at `origin` again, or `None` where it lies there no more."""
    try:
        with opened(origin.path) as handle:
            is_mbox = os.read(handle, 5) == b"From " and origin.offset > 0
            os.lseek(handle, origin.offset, os.SEEK_SET)
            length = min(origin.length, limit) if origin.length else limit
            raw = b"".join(_exactly(handle, length))
    except OSError:
        return None
    if origin.sha256 and len(raw) == origin.length and sha256(raw).hexdigest() != origin.sha256:
        return None
    return unquoted(raw) if is_mbox else raw


def _exactly(handle: int, length: int) -> Iterator[bytes]:
    for data in chunks(handle, min(length, _CHUNK) or 1):
        yield data[:length]
        length -= len(data)
        if length <= 0:
            return


def unquoted(raw: bytes) -> bytes:
    """Take back what an mbox writer did to lines that begin with "From "."""
    return _QUOTED_FROM.sub(rb"\1", raw) if b">From " in raw else raw


def folder_below(folder: str, name: str) -> str:
    """Return the name of the mail folder `name` within `folder`."""
    return "/".join(chain(filter(None, (folder, name))))
