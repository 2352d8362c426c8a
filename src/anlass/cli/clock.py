"""The one place of the command line that reads the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import click

BEGINNING, MORNING, NOON, END = time(), time(9), time(12), time(23, 59, 59)


def moment() -> datetime:
    """Return the moment a command was called, in UTC and whole seconds.

    So the book keeps it, and a case that is considered again as of then comes out the same.
    """
    return datetime.now(UTC).replace(microsecond=0)


def exactly() -> datetime:
    """Return the moment to the microsecond, for acts of which the last is taken back first."""
    return datetime.now(UTC).astimezone()


def here() -> datetime:
    """Return the same moment as the owner's clock shows it."""
    return moment().astimezone()


def day(text: str | None, at: time = MORNING) -> datetime | None:
    """Return a moment of a day of this machine, `None` where none is named.

    Raises `UsageError` for what is no day.
    """
    if not text:
        return None
    try:
        return datetime.combine(date.fromisoformat(text), at).astimezone()
    except ValueError as wrong:
        raise click.UsageError(f"{text!r} is no day like 2026-12-24.") from wrong
