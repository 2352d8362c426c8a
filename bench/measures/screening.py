"""A whole archive screened: collected, then judged."""

from __future__ import annotations

from collections.abc import Iterator

from bench.pairs import run
from bench.report import Row, left_out
from bench.setting import Setting


def measure(bench: Setting) -> Iterator[Row]:
    """Measure one `anlass screen` from nothing."""
    if not bench.knows("screen"):
        yield left_out("archive screened", "`anlass screen` is not there yet")
        return
    used = run(bench.anlass("screen", "--json", bench.archive, *bench.owners, data="screened", fresh=True))
    figure = f"{used.wall:.1f} s, {used.cpu:.1f} s of CPU, {used.peak // 1024} MB"
    yield Row(f"{bench.mails} mails screened" if not bench.real else "archive screened", figure)
