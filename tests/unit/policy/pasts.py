"""Past cases made by hand: a stranger's letter of one day, and what became of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from anlass.intake import ContactRequest
from anlass.ledger import Encounter, EncounterKind
from anlass.litmus import Reading
from anlass.people import Address, AddressKind, person_at
from anlass.policy import Action, Known
from anlass.policy.past import Became, Past, Told
from anlass.policy.situation import STRANGER as NOBODY
from tests.unit.policy.builders import NOW, STRANGER, reading, request

LONG_BEFORE = NOW - timedelta(days=100)


def past(
    id_: str = "a",
    *,
    came: datetime = LONG_BEFORE,
    read: Reading | None = None,
    asked: ContactRequest | None = None,
    known: Known = NOBODY,
    encounters: tuple[Encounter, ...] = (),
    answered: bool = False,
    in_letters: bool = False,
) -> Past:
    """Return one past case of Martina Vogel."""
    told = Told(
        replace(asked or request(), id=id_, arrived=came),
        person_at(Address(AddressKind.MAIL, "vogel@example.org"), "Martina Vogel"),
        read or reading(),
        STRANGER,
        known,
    )
    return Past(id_, came, told, encounters, Action.HOLD, Became(answered, in_letters))


def letter(when: datetime, *, out: bool = False, turn: bool = False, thread: str = "t") -> Encounter:
    """Return one proven letter."""
    kind = EncounterKind.MAIL_OUT if out else EncounterKind.MAIL_IN
    return Encounter(kind, when, thread, is_turn=turn, is_proven=True)
