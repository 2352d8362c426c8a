"""The one place of the command line that reads the clock."""

from __future__ import annotations

from datetime import UTC, datetime


def moment() -> datetime:
    """Return the moment a command was called, in UTC."""
    return datetime.now(UTC)
