"""A progress bar where somebody is watching, and silence in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from anlass.sources import weigh

Told = Callable[[int], None]
"""Called with the bytes that are behind us."""


@contextmanager
def progress_bar(words: str, paths: Sequence[Path]) -> Iterator[Told | None]:
    """Show on a terminal's standard error how much of `paths` is read, and the time the rest will take.

    The time is that of the rate so far; nothing is promised before there is one.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich import progress  # noqa: PLC0415 - only somebody who watches waits for it
    from rich.console import Console  # noqa: PLC0415

    columns = (
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.DownloadColumn(),
        progress.TimeRemainingColumn(),
    )
    with progress.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words, total=weigh(paths))
        yield lambda done: bar.update(task, completed=done)
