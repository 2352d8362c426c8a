"""A progress bar where somebody is watching, and silence in a pipe.

The time left follows from what is behind us and the pace of the last seconds, and is said as people say
it: nobody knows it to the second.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from anlass.sources import weigh

if TYPE_CHECKING:
    from rich.progress import Progress

    from anlass.desk.voice.common import Lang

Told = Callable[[int], None]
"""Called with the bytes, or the mails, that are behind us."""

_PACE = 15.0
"""Seconds of which the pace is taken."""
_EARLY = 3.0
"""Seconds in which nothing is promised yet."""
_STEPS = ((10, 1), (60, 5), (180, 15))
"""Up to so many minutes the time left is rounded to so many."""


@contextmanager
def progress_bar(words: str, paths: Sequence[Path], lang: Lang) -> Iterator[Told | None]:
    """Show on a terminal's standard error how many bytes of `paths` are read, and the time the rest takes."""
    if not sys.stderr.isatty():
        yield None
        return
    with _bar(lang, in_bytes=True) as bar:
        task = bar.add_task(words, total=weigh(paths))
        yield lambda done: bar.update(task, completed=done)


@contextmanager
def mail_bar(words: str, lang: Lang) -> Iterator[Callable[[int], Told] | None]:
    """Show the same of a mailbox on a server, whose number of mails is known once it is open."""
    if not sys.stderr.isatty():
        yield None
        return
    with _bar(lang, in_bytes=False) as bar:
        task = bar.add_task(words, total=None)

        def watch(total: int) -> Told:
            bar.update(task, total=total)
            return lambda done: bar.update(task, completed=done)

        yield watch


def time_left(seconds: float | None, elapsed: float, lang: Lang) -> str:
    """Say how long it will take, as a person would; nothing while that cannot be known."""
    if seconds is None or elapsed < _EARLY:
        return ""
    words = _WORDS[lang]
    if seconds < 60:
        return words["soon" if seconds < 15 else "under a minute"]
    minutes = seconds / 60
    step = next((step for most, step in _STEPS if minutes < most), 0)
    if not step:
        hours = round(minutes / 60)
        return words["hours"].format(n=hours)
    rounded = max(step, round(minutes / step) * step)
    return words["minute" if rounded == 1 else "minutes"].format(n=rounded)


def _bar(lang: Lang, *, in_bytes: bool) -> Progress:
    """Return a bar on standard error that is gone when all is done."""
    from rich import progress  # noqa: PLC0415 - only somebody who watches waits for it
    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    class TimeLeft(progress.ProgressColumn):
        """The time left, in words."""

        max_refresh = 1.0

        def render(self, task: progress.Task) -> Text:
            """Return what is said of a task as it stands."""
            return Text(time_left(task.time_remaining, task.elapsed or 0.0, lang))

    done = progress.DownloadColumn() if in_bytes else progress.MofNCompleteColumn()
    return progress.Progress(
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        done,
        TimeLeft(),
        console=Console(stderr=True),
        transient=True,
        speed_estimate_period=_PACE,
    )


_WORDS: dict[Lang, dict[str, str]] = {
    "de": {
        "soon": "gleich fertig",
        "under a minute": "weniger als eine Minute",
        "minute": "etwa eine Minute",
        "minutes": "etwa {n} Minuten",
        "hours": "etwa {n} Stunden",
    },
    "en": {
        "soon": "almost done",
        "under a minute": "less than a minute",
        "minute": "about a minute",
        "minutes": "about {n} minutes",
        "hours": "about {n} hours",
    },
}
