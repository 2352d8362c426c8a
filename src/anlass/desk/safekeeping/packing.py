"""Everything to take along, packed by the worker: asked for on a page, gone after a week."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from anlass.bootstrap import Home
from anlass.channels.mail.secrets import Secrets
from anlass.config import Settings
from anlass.desk.history.originals import originals
from anlass.desk.safekeeping.everything import Luggage, export_everything
from anlass.desk.safekeeping.scope import PACKED

_WANTED = "wanted"
_STAYS = timedelta(days=7)
_AT_ONCE = 200
"""Requests that are packed while somebody waits, where no letter has to be fetched."""


def ask(home: Home, secrets: Secrets, *, now: datetime) -> bool:
    """Ask for everything to be packed; return whether that was done at once, as where there is little."""
    folder = home.settings.data / PACKED
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / _WANTED).touch(mode=0o600)
    is_little = not home.book.has_letters() and home.book.cases(limit=1).total <= _AT_ONCE
    return is_little and pack_due(home, secrets, now=now) is not None


def is_asked(settings: Settings) -> bool:
    """Tell whether something is to be packed that is not yet."""
    return (settings.data / PACKED / _WANTED).exists()


def packed(settings: Settings) -> Path | None:
    """Return the newest ZIP that is ready, `None` where there is none."""
    return max((settings.data / PACKED).glob("anlass-*.zip"), default=None)


def pack_due(home: Home, secrets: Secrets, *, now: datetime) -> Path | None:
    """Pack what was asked for, in place of what was packed before; `None` where nothing was."""
    folder = home.settings.data / PACKED
    if not is_asked(home.settings):
        _sweep(folder, lambda path: now.timestamp() - path.stat().st_mtime > _STAYS.total_seconds())
        return None
    (folder / _WANTED).unlink(missing_ok=True)
    _sweep(folder, lambda _: True)
    target = folder / f"anlass-{now:%Y%m%d-%H%M%S}.zip"
    with originals(home.book, secrets) as reread:
        luggage = Luggage(home.settings, reread)
        export_everything(home.book, target, luggage, now=now, lang=home.lang)
    home.book.note("packed", content={"bytes": target.stat().st_size}, now=now)
    return target


def throw_away(settings: Settings) -> None:
    """Delete what was packed."""
    _sweep(settings.data / PACKED, lambda _: True)


def _sweep(folder: Path, is_over: Callable[[Path], bool]) -> None:
    for path in folder.glob("anlass-*.zip"):
        with suppress(OSError):
            if is_over(path):
                path.unlink()
