"""What a mail that a source found is to the ledger: a letter, or why it is none; judged by its beginning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from anlass.desk.evidence.copies import body_print
from anlass.intake import Message, Origin, Ruling, SetAside, header_rule, parse, parse_headers
from anlass.intake.gate.signs import bulk_marks
from anlass.intake.gate.table import text_rule
from anlass.ledger.letter import Letter, letter_of
from anlass.sources import HEADS, FolderUse, Found, folder_uses, read_letter
from anlass.wires.trouble import attempted

T = TypeVar("T")
CALENDAR = b"text/calendar"
"""What stands in a mail that brings news of an appointment."""


LEFT_ALONE = frozenset({FolderUse.DRAFTS, FolderUse.JUNK})
"""What mails are for that are no letters, whatever stands in them."""
_APPOINTMENTS = frozenset({"N16", "N22"})
"""The rules of letters that may tell of an appointment."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen in one mail: what it is kept for, its letter or why it is none.

    `letter` is `None` for a mail that is left alone. `has_calendar`: it may tell of an appointment.
    """

    origin: Origin
    use: FolderUse
    letter: Letter | SetAside | None
    has_calendar: bool = False


def look_at(found: Found, owner: frozenset[str]) -> Looked | SetAside:
    """Look at a mail, after opening it where it is unopened; return why where that cannot be."""
    mail = opened(found)
    if isinstance(mail, SetAside):
        return mail
    use = folder_uses(mail.folder, mail.labels)
    if use in LEFT_ALONE:
        return Looked(mail.origin, use, None)
    letter = letter_in(mail, owner, is_sent=use is FolderUse.SENT)
    may_tell = isinstance(letter, Letter) and letter.rule in _APPOINTMENTS
    return Looked(mail.origin, use, letter, may_tell and CALENDAR in mail.raw)


def opened(found: Found) -> Found | SetAside:
    """Return a mail with its bytes."""
    return found if found.raw or found.file is None else read_letter(found.file, found.labels, HEADS)


def letter_in(found: Found, owner: frozenset[str], *, is_sent: bool) -> Letter | SetAside:
    """Return the letter that a mail is; one on which the reader breaks is set aside, and the rest goes on."""

    def read() -> Letter | SetAside:
        message = _message(found)
        if isinstance(message, SetAside):
            return message
        ruling = _closer(found, message, owner)
        return letter_of(message, ruling, owner=owner, is_sent=is_sent, body=body_print(found.raw))

    return unbroken(found.origin, read)


def unbroken(origin: Origin, work: Callable[[], T]) -> T | SetAside:
    """Do what may break on one piece of mail or one ask; where it does, that piece alone is set aside."""
    done = attempted(work)
    return broke_on(origin, done) if isinstance(done, Exception) else done


def broke_on(origin: Origin, error: Exception) -> SetAside:
    """Return the value for a mail on which the program itself failed: a mistake of ours, and said so."""
    says = f"Anlass failed on this mail and left it alone ({type(error).__name__})."
    return SetAside(origin, "broken", says)


def _message(found: Found) -> Message | SetAside:
    """Return the mail's header as a message; bytes without any header may be no mail at all."""
    message = parse_headers(found.raw, found.origin)
    if message.headers:
        return message
    return parse(found.raw, found.origin)


def _closer(found: Found, message: Message, owner: frozenset[str]) -> Ruling | None:
    """Return the rule that makes a mail no letter.

    Its text is looked at where it went to many, and where it may be news of an appointment.
    """
    ruling = header_rule(message, owner)
    if ruling is not None and ruling.rule != "N22":
        return ruling
    has_calendar = CALENDAR in found.raw
    if ruling is not None and not has_calendar:
        return ruling
    if not (has_calendar or bulk_marks(message)):
        return ruling or text_rule(message)
    whole = parse(found.raw, found.origin, is_searched=False)
    read = message if isinstance(whole, SetAside) else whole
    return (header_rule(read, frozenset()) if has_calendar else None) or ruling or text_rule(read)


def reads_on(beginning: bytes) -> bool:
    """Tell whether more than its head must be read of a mail: where it went to many, its words decide."""
    return bulk_marks(parse_headers(beginning, Origin(""))) is not None
