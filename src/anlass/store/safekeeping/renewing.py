"""An old memory becomes a new one: first it is kept as a backup, then the steps that are missing are taken.

Of several programs that open it at once, one does it and the others wait.
"""

from __future__ import annotations

import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

import anlass
from anlass.errors import StoreError
from anlass.store.safekeeping.archive import MEMORY, Member, write_archive
from anlass.store.safekeeping.snapshot import snapshot
from anlass.store.safekeeping.steps import taken_steps

LOG = logging.getLogger("anlass.store")
LOCK = "upgrade.lock"
_KEY = 5_317_426_880_117
"""The number of PostgreSQL's lock for this; any that nobody else takes."""


def renew(alias: str, taken: frozenset[str], keep: Path | None) -> bool:
    """Take the steps that a memory lacks; return whether there were any.

    `keep` is the folder for the backup; where there is none, or nothing is in the memory yet, none is made.
    Raises `StoreError` where it cannot be written: then nothing is renewed.
    """
    if not _lacking(alias):
        return False
    if connections[alias].settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
        raise StoreError("The memory is old, and is not renewed through a pooler: start `anlass work` first.")
    with _alone(alias):
        if not _lacking(alias):
            return True  # another one took them while we waited
        if taken and keep is not None:
            LOG.warning(
                "The memory is of an older Anlass (step %s). It is kept first: %s", *_kept(alias, keep)
            )
        call_command("migrate", database=alias, interactive=False, verbosity=0)
        if taken:
            LOG.warning("The memory is renewed (step %s).", max(taken_steps(alias))[:4])
    return True


def _lacking(alias: str) -> bool:
    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _kept(alias: str, keep: Path) -> tuple[str, Path]:
    """Write a backup of the memory alone; return how far it was, and the file."""
    step = max(taken_steps(alias))[:4]
    path = keep / f"before-upgrade-{step}.tar"
    try:
        with TemporaryDirectory(dir=keep, prefix=".upgrade-") as aside:
            about = snapshot(alias, Path(aside))
            members = [Member(f"{MEMORY}/{one.name}", one) for one in sorted(Path(aside).iterdir())]
            write_archive(path, members, {"version": anlass.__version__, **about})
    except OSError as error:
        says = f"The memory is not renewed, for it cannot be kept first: {error.strerror}"
        raise StoreError(says, where=str(keep)) from error
    return step, path


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
