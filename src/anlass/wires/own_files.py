"""Files that the owner writes, and the house at times: read within a limit, written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

LONGEST = 256 * 1024
"""Characters of a file that the owner writes."""


def read_own_file(path: Path) -> str:
    """Read a file that the owner wrote. Raises `OSError`, and `ValueError` for what is no such file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        text = file.read(LONGEST + 1)
    if len(text) > LONGEST:
        raise ValueError(f"it is longer than {LONGEST} characters")
    return text.replace("\r\n", "\n")


def write_own_file(path: Path, text: str) -> None:
    """Write such a file, whole or not at all. Raises `OSError`, and then nothing of it is left."""
    new = path.with_name(f".{path.name}.new")
    try:
        with new.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise
