"""The settings of whoever runs a house: where its backups lie, and who may read its figures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BackupSettings:
    """Backups, which `anlass backup` writes. Nothing writes them by itself: a timer of yours calls it."""

    folder: str = ""
    """The folder of your backups; relative to the data folder. Then `anlass backup` needs no FILE, and
    `anlass doctor` says when the newest is too old."""
    days: int = 2
    """How many days old the newest may be."""


@dataclass(frozen=True, slots=True)
class MetricsSettings:
    """Figures for Prometheus at `/metrics`: numbers alone, nobody's name or address."""

    on: bool = False
    """Whether there is such a page. Without a token it answers programs of this machine alone."""
    token_file: str = ""
    """A file of mode 600 with a token; then whoever brings it (`Authorization: Bearer`) may read, from
    wherever. Relative to the data folder."""


NO_BACKUPS = BackupSettings()
NO_METRICS = MetricsSettings()
