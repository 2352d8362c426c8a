"""The doctor: is everything in this house as it must be? One function per check, in a list to add to.

A check looks and changes nothing. It yields a `Result` for each thing it looked at: well, not well, or
not to be told; whatever breaks in a check is a result too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from anlass.desk.doctor.certificates import certificates
from anlass.desk.doctor.door import door
from anlass.desk.doctor.house import clock, disk, memory, trust
from anlass.desk.doctor.mail import connections, secret_files, worker
from anlass.desk.doctor.networks import doors, doors_watched
from anlass.desk.doctor.results import Patient, Result
from anlass.desk.doctor.running import backups, heartbeat, outbox, permissions, rules, schema, version
from anlass.desk.doctor.voice import says
from anlass.errors import AnlassError

Check = Callable[[Patient], Iterable[Result]]

CHECKS: dict[str, Check] = {
    "version": version,
    "memory": memory,
    "schema": schema,
    "disk": disk,
    "permissions": permissions,
    "clock": clock,
    "backups": backups,
    "rules": rules,
    "secrets": secret_files,
    "connection": connections,
    "certificates": certificates,
    "heartbeat": heartbeat,
    "worker": worker,
    "outbox": outbox,
    "doors": doors,
    "doors watched": doors_watched,
    "trust": trust,
    "door": door,
}
"""Every check by its name, in the order they are made."""

__all__ = ["CHECKS", "Check", "Patient", "Result", "examine"]


def examine(patient: Patient) -> Iterator[Result]:
    """Make all checks, one after the other."""
    for name, check in CHECKS.items():
        try:
            yield from check(patient)
        except (AnlassError, OSError) as error:
            yield Result(name, is_well=False, says=says(patient.lang, "broken", kind=type(error).__name__))
