"""An old memory becomes a new one: first it is kept as a backup, then the steps that are missing are taken.

Of several programs that open it at once, one does it and the others wait.
"""

from __future__ import annotations

import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import disk_usage
from tempfile import TemporaryDirectory

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

import anlass
from anlass.errors import StoreError
from anlass.store.ground.sql import Tables
from anlass.store.safekeeping.archive import MEMORY, Member, write_archive
from anlass.store.safekeeping.snapshot import SnapshotTables, snapshot
from anlass.store.safekeeping.steps import taken_steps

LOG = logging.getLogger("anlass.store")
LOCK = "upgrade.lock"
_KEY = 5_317_426_880_117
"""The number of PostgreSQL's lock for this; any that nobody else takes."""


def renew(alias: str, taken: frozenset[str], keep: Path | None, own_backup: str) -> bool:
    """Take the steps that a memory lacks; return whether there were any.

    `keep` is the folder for the backup; where there is none, or nothing is in the memory yet, none is made.
    Nor is one where the memory is just of the step `own_backup`: so a word that was left standing is nothing
    the next time. Raises `StoreError` where it cannot be written: then nothing is renewed.
    """
    if not _lacking(alias):
        return False
    if connections[alias].settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
        raise StoreError("The memory is old, and is not renewed through a pooler: start `anlass work` first.")
    with _alone(alias):
        if not _lacking(alias):
            return True  # another one took them while we waited
        if taken and keep is not None:
            _keep_first(alias, keep, own_backup)
        call_command("migrate", database=alias, interactive=False, verbosity=0)
        if taken:
            LOG.warning("The memory is renewed (step %s).", max(taken_steps(alias))[:4])
    return True


def _lacking(alias: str) -> bool:
    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _keep_first(alias: str, keep: Path, own_backup: str) -> None:
    """Write a backup of the memory alone, where there is room for it; say so before, for it may take long."""
    step = max(taken_steps(alias))[:4]
    if own_backup == step:
        LOG.warning("The memory is of an older Anlass (step %s). You keep a backup of your own.", step)
        return
    path, room = keep / f"before-upgrade-{step}.tar", room_to_keep(alias)
    try:
        free = disk_usage(keep).free
        if free < room:
            says = _NO_ROOM.format(step=step, room=_megabytes(room), free=_megabytes(free))
            raise StoreError(says, where=str(keep))
        LOG.warning("The memory is of an older Anlass (step %s). It is kept first: %s", step, path)
        with TemporaryDirectory(dir=keep, prefix=".upgrade-") as aside:
            about = snapshot(alias, Path(aside))
            write_archive(path, _each_once(Path(aside)), {"version": anlass.__version__, **about})
    except OSError as error:
        says = f"The memory is not renewed, for it cannot be kept first: {error.strerror}"
        raise StoreError(says, where=str(keep)) from error


_NO_ROOM = (
    "The memory (step {step}) is not renewed, for it is kept first: that takes up to {room} MB, and {free} MB"
    " are free. Make room, or take a backup by the database's own means and start with"
    " ANLASS_STORE_OWN_BACKUP={step}."
)


def room_to_keep(alias: str) -> int:
    """Return how many bytes keeping a memory takes at most: what is written, and once more its biggest file.

    SQLite is one file. The rows of PostgreSQL are less than its tables with their indexes.
    """
    size = SnapshotTables(Tables("", alias)).size()
    return 2 * size if connections[alias].vendor == "sqlite" else size


def _megabytes(size: int) -> int:
    return -(-size // 1_000_000)


def _each_once(folder: Path) -> Iterator[Member]:
    """Yield the files of a folder; each goes as soon as the next one is asked for, so that room is left."""
    for one in sorted(folder.iterdir()):
        yield Member(f"{MEMORY}/{one.name}", one)
        one.unlink()


@contextmanager
def _alone(alias: str) -> Iterator[None]:
    """Let one program in at a time, on this machine or on all that share a PostgreSQL."""
    link = connections[alias]
    if link.vendor != "sqlite":
        with link.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_KEY])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_KEY])
        return
    with (Path(str(link.settings_dict["NAME"])).parent / LOCK).open("a", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
