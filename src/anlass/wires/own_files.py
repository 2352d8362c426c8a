"""Files that the owner writes, and the house at times: read within a limit, written whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

LONGEST = 256 * 1024
"""Characters of a file that the owner writes."""
_PRIVATE, _USUAL = 0o600, 0o666


def own_path(written: str) -> Path:
    """Return the path that somebody wrote, "~" being their home; as it stands, where nobody has that home."""
    return Path(os.path.expanduser(written))  # noqa: PTH111 - of an unknown home, `Path` makes an error


def read_own_file(path: Path) -> str:
    """Read a file that the owner wrote. Raises `OSError`, and `ValueError` for what is no such file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        text = file.read(LONGEST + 1)
    if len(text) > LONGEST:
        raise ValueError(f"it is longer than {LONGEST} characters")
    return text.replace("\r\n", "\n")


def write_own_file(path: Path, text: str, *, is_private: bool = False) -> None:
    """Write such a file, whole or not at all. Raises `OSError`, and then nothing of it is left.

    A private one is the owner's alone to read, from its first byte on. Another stays whose it was, and who
    may read it stays as it was; where its group cannot be kept, its group may not.
    """
    new = path.with_name(f".{path.name}.{token_hex(4)}.new")  # another may be at it too
    try:
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE if is_private else _USUAL)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            if not is_private and path.exists():
                _close_like(handle, path.stat())
            file.write(text)
            file.flush()
            os.fsync(handle)
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise


def _close_like(handle: int, before: os.stat_result) -> None:
    """Give a new file the group, the mode and the owner of the one whose place it takes."""
    with suppress(OSError):
        os.fchown(handle, -1, before.st_gid)
    is_kept = os.fstat(handle).st_gid == before.st_gid
    os.fchmod(handle, before.st_mode & (0o777 if is_kept else 0o707))
    with suppress(OSError):
        os.fchown(handle, before.st_uid, -1)
