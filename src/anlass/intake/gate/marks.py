"""What is noticed beside the words: evidence for policy and owner, never a verdict."""

from __future__ import annotations

from anlass.intake.authenticity import Authenticity
from anlass.intake.contact_request import Mark
from anlass.intake.gate import signs
from anlass.intake.gate.human import human_must_read
from anlass.intake.gate.ruling import Surroundings
from anlass.intake.message import Message, Oddity
from anlass.intake.tables import tables

_LEFT_OUT = frozenset({Oddity.CUT, Oddity.BROKEN_STRUCTURE, Oddity.BAD_ENCODING})
_INVITATION = "REQUEST"


def marks_of(message: Message, text: str, around: Surroundings, said: Authenticity) -> frozenset[Mark]:
    """Return the marks of a request with the own words `text`.

    `said` is what the owner's provider says of the sender.
    """
    is_forged = said is Authenticity.FAIL
    noticed = {
        Mark.FORGED: is_forged,
        Mark.FAKE_REPLY: is_fake_reply(message, around) or (is_forged and around.answers_owner),
        Mark.MASS_OUTREACH: signs.bulk_marks(message) is not None,
        Mark.INTRODUCTION: not is_forged and is_introduction(message, text, around),
        Mark.CALENDAR: message.calendar_method == _INVITATION,
        Mark.NOT_ADDRESSED: is_not_addressed(message, around.owner),
        Mark.ENCRYPTED: message.is_encrypted,
        Mark.HUMAN_MUST_READ: human_must_read(message, text) is not None,
        Mark.UNREADABLE: bool(_LEFT_OUT & message.oddities),
        Mark.EMPTY: not text.strip(),
    }
    return frozenset(mark for mark, is_there in noticed.items() if is_there)


def is_fake_reply(message: Message, around: Surroundings) -> bool:
    """N13: tell whether the subject claims a thread that the owner never had."""
    subject = (message.subject or "").strip().lower()
    return subject.startswith(tables().gate.reply_marks) and not (
        around.answers_owner or around.in_owners_thread
    )


def is_introduction(message: Message, text: str, around: Surroundings) -> bool:
    """N15: tell whether a known person brings a stranger along, and says so."""
    if around.introducer is None or not strangers(message, around):
        return False
    words = f"{message.subject or ''}\n{text}".lower()
    return any(phrase in words for phrase in tables().gate.introductions)


def strangers(message: Message, around: Surroundings) -> tuple[tuple[str, str], ...]:
    """Return name and address of everybody addressed who is neither owner nor introducer nor writer."""
    known = set(around.owner)
    if around.introducer is not None:
        known.update(address.value for address in around.introducer.addresses)
    if message.sender is not None:
        known.add(message.sender.address)
    return tuple((box.name, box.address) for box in (*message.to, *message.cc) if box.address not in known)


def is_not_addressed(message: Message, owner: frozenset[str]) -> bool:
    """N21: tell whether the owner stands in no recipient field, or somebody sent it on."""
    if any(name.startswith("resent-") for name in message.headers):
        return True
    addressed = {box.address for box in (*message.to, *message.cc)}
    return bool(owner) and not (addressed & owner)
