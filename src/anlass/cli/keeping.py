"""What a command does is kept, or with `--dry-run` only rehearsed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from anlass.bootstrap import Home

if TYPE_CHECKING:
    from anlass.desk.voice.common import Lang


@contextmanager
def kept(home: Home, *, unless: bool) -> Iterator[None]:
    """Keep what is done inside; where `unless` (`--dry-run`) do it all, keep nothing, and say so.

    It is said on standard error, so that the answer itself is the same for programs.
    """
    if not unless:
        yield
        return
    with home.book.rehearsal():
        yield
    say_rehearsed(home.lang)


def say_rehearsed(lang: Lang) -> None:
    """Say that nothing was kept."""
    click.echo(_REHEARSED[lang], err=True)


_REHEARSED: dict[Lang, str] = {
    "de": "Nur geprobt: Es ist alles, wie es war.",
    "en": "Only rehearsed: everything is as it was.",
}
