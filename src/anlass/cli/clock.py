"""The one place of the command line that reads the clock."""

from __future__ import annotations

from datetime import UTC, datetime


def moment() -> datetime:
    """Return the moment a command was called, in UTC and whole seconds.

    So the book keeps it, and a case that is considered again as of then comes out the same.
    """
    return datetime.now(UTC).replace(microsecond=0)


def here() -> datetime:
    """Return the same moment as the owner's clock shows it."""
    return moment().astimezone()
