"""Checks of how the house is run: its version and tables, who may read its files, its worker, its backups."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import anlass
from anlass.bootstrap import last_good, load_policy
from anlass.desk.accounts.mail import accounts
from anlass.desk.accounts.networks import network_accounts
from anlass.desk.doctor.results import Patient, Result
from anlass.desk.doctor.voice_of_running import says
from anlass.desk.doctor.watched import last_sign, to_start, watches_here
from anlass.desk.safekeeping.scope import backup_folder
from anlass.desk.voice.common import spoken
from anlass.errors import PolicyError
from anlass.store.outgoing.outbox import OutboxState
from anlass.store.settings import FILE

_STUCK = timedelta(hours=1)
_OF_THE_OWNER = (FILE, f"{FILE}-wal", "anlass.toml", "cards.toml", "secrets", "wish-keys", "wishes", "packed")


def version(patient: Patient) -> Iterator[Result]:
    """Which Anlass is this, and on which Python?"""
    told = says(patient.lang, "version", version=anlass.__version__, python=platform.python_version())
    yield Result("version", is_well=True, says=told)


def schema(patient: Patient) -> Iterator[Result]:
    """Have the tables the shape that this program knows?"""
    lacking, unknown = patient.book.shape.steps()
    key = "schema_newer" if unknown else "schema_older" if lacking else "schema_well"
    told = says(patient.lang, key, n=unknown or lacking)
    yield Result("schema", is_well=not (lacking or unknown), says=told)


def permissions(patient: Patient) -> Iterator[Result]:
    """Can others of this machine read the data folder, or what in it must be the owner's alone?"""
    data = patient.settings.data
    is_open = bool(data.stat().st_mode & 0o077)
    there = [data / name for name in _OF_THE_OWNER if (data / name).exists()]
    wide = [path.name for path in there if is_open and path.stat().st_mode & 0o077]
    if not wide:
        yield Result("permissions", is_well=True, says=says(patient.lang, "folder_well"), about=str(data))
    for name in wide:
        told = says(patient.lang, "folder_open", file=data / name, folder=data)
        yield Result("permissions", is_well=False, says=told, about=name)


def rules(patient: Patient) -> Iterator[Result]:
    """Can the house rules be used as they are written?"""
    try:
        policy = load_policy(patient.settings, patient.lang)
    except PolicyError as error:
        key = "rules_broken" if last_good(patient.settings, patient.book) else "rules_none"
        for problem in error.problems:
            wrong = problem.says_in(patient.lang).partition("\n")[0].rstrip(".")  # without the line it shows
            told = says(patient.lang, key, problem=wrong, line=problem.line or "?")
            yield Result("rules", is_well=False, says=told, about=problem.where)
        return
    yield Result("rules", is_well=True, says=says(patient.lang, "rules_well", n=len(policy.rules)))


def heartbeat(patient: Patient) -> Iterator[Result]:
    """Does whoever watches give signs of life?"""
    at, start = last_sign(patient), to_start(patient)
    if at is None:
        # It may work on another machine: whether each mailbox is watched is told by another check.
        is_needed = bool(accounts(patient.book) or network_accounts(patient.book))
        key = "beat_none" if is_needed else "beat_unneeded"
        yield Result("heartbeat", is_well=None, says=says(patient.lang, key, start=start))
        return
    is_alive = watches_here(patient)
    key, when = ("beat_well" if is_alive else "beat_late"), spoken(at, patient.now, patient.lang)
    yield Result("heartbeat", is_well=is_alive, says=says(patient.lang, key, when=when, start=start))


def outbox(patient: Patient) -> Iterator[Result]:
    """Does everything leave that shall, and is it known whether it did?"""
    waiting = [one for one in patient.book.outbox.all(OutboxState.WAITING) if patient.now - one.due > _STUCK]
    found = {
        "outbox_stuck": len(waiting),
        "outbox_doubtful": len(patient.book.outbox.all(OutboxState.DOUBTFUL)),
        "outbox_stopped": len(patient.book.outbox.all(OutboxState.STOPPED)),
    }
    if not any(found.values()):
        yield Result("outbox", is_well=True, says=says(patient.lang, "outbox_well"))
    for key, count in found.items():
        if count:
            is_well = None if key == "outbox_stopped" else False
            yield Result(
                "outbox", is_well=is_well, says=says(patient.lang, key, n=count, start=to_start(patient))
            )


def backups(patient: Patient) -> Iterator[Result]:
    """Is the newest backup young enough? Where no folder is named, that cannot be told."""
    wanted = patient.settings.backup
    if not wanted.folder:
        yield Result("backups", is_well=None, says=says(patient.lang, "backup_unknown"))
        return
    folder = backup_folder(patient.settings)
    made = [path.stat().st_mtime for path in folder.glob("anlass-*.tar")] if folder.is_dir() else []
    if not made:
        told = says(patient.lang, "backup_none", folder=folder)
        yield Result("backups", is_well=False, says=told, about=str(folder))
        return
    newest = datetime.fromtimestamp(max(made), UTC)
    is_young = patient.now - newest <= timedelta(days=wanted.days)
    key, when = ("backup_well" if is_young else "backup_old"), spoken(newest, patient.now, patient.lang)
    yield Result("backups", is_well=is_young, says=says(patient.lang, key, when=when), about=str(folder))
