"""Five hundred people upload in the last minute, through `anlass serve` as it is installed: no error."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.wish_rush import rush


@pytest.mark.slow  # fifteen hundred requests over the wire
def test_five_hundred_uploads_in_the_last_minute_are_all_taken(tmp_path: Path) -> None:
    """Fifty connections at a time, three requests each: every envelope is taken, and every one is kept.

    How long a minute is on a machine that does other work is for `make bench` to say; here nobody is late.
    """
    found = rush(tmp_path, people=500, quota=30, window=600)
    assert (found["errors"], found["which"], found["kept"]) == (0, [], 500)
