"""Checks of the house itself: its memory, the disk, the clock, whose word on senders is believed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from anlass.desk.doctor.results import Patient, Result
from anlass.desk.doctor.voice import says

_ROOM = 200 * 1024 * 1024
"""Free bytes below which the house runs out of disk before anybody notices."""
_BUILT = datetime(2026, 11, 1, tzinfo=UTC)
_AHEAD = timedelta(minutes=10)


def memory(patient: Patient) -> Iterator[Result]:
    """Is the memory whole, and can it be written to?"""
    fault = patient.book.checkup()
    key = "memory_broken" if fault else "memory_well"
    yield Result("memory", is_well=not fault, says=says(patient.lang, key, fault=fault))


def disk(patient: Patient) -> Iterator[Result]:
    """Is there room on the disk of the data folder?"""
    free = shutil.disk_usage(patient.settings.data).free
    key = "disk_well" if free >= _ROOM else "disk_full"
    told = says(patient.lang, key, free=free // (1024 * 1024), place=patient.settings.data)
    yield Result("disk", is_well=free >= _ROOM, says=told, about=str(patient.settings.data))


def clock(patient: Patient) -> Iterator[Result]:
    """Is the clock later than all that was written down, and than the program itself?"""
    seen = [state.seen_at for state in patient.book.mail.states()]
    latest = max([*seen, _BUILT])
    is_well = patient.now + _AHEAD >= latest
    key = "clock_well" if is_well else "clock_behind"
    told = says(
        patient.lang, key, now=f"{patient.now:%Y-%m-%d %H:%M} UTC", latest=f"{latest:%Y-%m-%d %H:%M} UTC"
    )
    yield Result("clock", is_well=is_well, says=told)


def trust(patient: Patient) -> Iterator[Result]:
    """Is somebody's word on senders believed, and does that name stand on the letters that come?"""
    believed, named = patient.book.trusted(), frozenset(patient.settings.mail.trusted_servers)
    seen = patient.book.servers()
    if unseen := sorted(named - seen.keys()) if seen else []:
        told = says(patient.lang, "trust_unseen", names=", ".join(unseen), seen=", ".join(sorted(seen)[:5]))
        yield Result("trust", is_well=False, says=told)
    elif believed:
        yield Result(
            "trust", is_well=True, says=says(patient.lang, "trust_well", names=", ".join(sorted(believed)))
        )
    else:
        yield Result("trust", is_well=None, says=says(patient.lang, "trust_none"))
