"""A check of the door: is it open, and does anything keep strangers from using it?"""

from __future__ import annotations

from collections.abc import Iterator

from anlass.desk.doctor.results import Patient, Result
from anlass.desk.door.own import door_of, missing
from anlass.desk.door.voice import missing_says, state_says


def door(patient: Patient) -> Iterator[Result]:
    """Is the door open with all that it needs? One that nobody began to build is not spoken of."""
    own = door_of(patient.book)
    if not own.name:
        return
    lacks = missing(patient.book, patient.settings.public_address)
    for one in lacks:
        is_well = False if own.is_open else None
        yield Result("door", is_well=is_well, says=missing_says(one, patient.lang), about=own.name)
    if not own.is_open:
        yield Result("door", is_well=None, says=state_says("closed", patient.lang), about=own.name)
    elif not lacks:
        yield Result("door", is_well=True, says=state_says("well", patient.lang), about=own.name)
