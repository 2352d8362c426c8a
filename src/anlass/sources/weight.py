"""How much there is to read: the measure for a progress bar."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path


def weigh(paths: Iterable[Path]) -> int:
    """Return the bytes in all files at and below `paths`; what cannot be looked at weighs nothing."""
    return sum(_weight(os.fspath(path)) for path in paths)


def _weight(path: str) -> int:
    """Weigh one file or folder; links to folders are not followed, so that no loop is walked."""
    try:
        if not os.path.isdir(path):  # noqa: PTH112 - plain strings, many of them
            return os.stat(path).st_size  # noqa: PTH116
        with os.scandir(path) as entries:
            return sum(
                _weight(entry.path) if entry.is_dir(follow_symlinks=False) else entry.stat().st_size
                for entry in entries
            )
    except OSError:
        return 0
