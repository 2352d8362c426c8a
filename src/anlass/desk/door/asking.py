"""A letter at the door: taken in, confirmed by a link, and shown the same page for ever.

Nothing here looks at persons, rules or cases, so nothing that is shown or done here can tell of them: not
by its bytes, not by its time, not later.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from anlass.channels.mail.writing import wire_address
from anlass.desk.door.own import key_of
from anlass.intake.form import FormLetter, too_long
from anlass.people import mail_address
from anlass.replies.door_token import Sheet, handed_out_again, id_in_link, link_of, new_sheet, sheet_in
from anlass.store.book import Book
from anlass.store.door.letters import Asked, Waits

SOONEST, LATEST = timedelta(seconds=3), timedelta(hours=24)
"""How long somebody has a sheet before sending it: less is a machine's pace, more is an old sheet."""
LINK = "k"
"""What stands before the link of a letter in its address."""


class Fault(StrEnum):
    """Why a letter was not taken; each has its kind words (`fault_...`)."""

    MATTER = "matter"
    NAME = "name"
    ADDRESS = "address"
    LONG = "long"
    SOON = "soon"
    OLD = "old"
    TRAP = "trap"


class Page(StrEnum):
    """What a link shows."""

    CONFIRM = "confirm"
    ARRIVED = "arrived"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a link shows, in the language of its letter."""

    page: Page
    lang: str = ""


def hand_out(book: Book, *, now: datetime) -> str:
    """Return the token of a new sheet to write on."""
    return new_sheet(key_of(book), secrets.token_bytes(10), now=now)


def sheet_of(book: Book, token: str) -> Sheet | None:
    """Return the sheet of a token; `None` where this house did not hand it out."""
    return sheet_in(key_of(book), token)


def is_stale(sheet: Sheet, *, now: datetime) -> bool:
    """Tell whether a sheet lay too long, or was handed out before the clock was set back."""
    return not timedelta(0) <= now - sheet.since <= LATEST


def hand_out_again(book: Book, sheet: Sheet, *, now: datetime) -> str:
    """Return the token of a sheet that became stale, so that it can be sent after all."""
    return handed_out_again(key_of(book), sheet, now=now)


def faults(letter: FormLetter, sheet: Sheet | None, *, trap: str, now: datetime) -> tuple[Fault, ...]:
    """Return what keeps a letter from being taken, in the order of the form."""
    found = {
        Fault.NAME: not letter.name.strip(),
        Fault.ADDRESS: not can_be_written_to(letter.address),
        Fault.MATTER: not letter.matter.strip(),
        Fault.LONG: bool(too_long(letter)),
        Fault.TRAP: bool(trap.strip()),
        Fault.OLD: sheet is None or is_stale(sheet, now=now),
        Fault.SOON: sheet is not None and timedelta(0) <= now - sheet.since < SOONEST,
    }
    return tuple(fault for fault, is_so in found.items() if is_so)


def can_be_written_to(address: str) -> bool:
    """Tell whether a mail can go to an address; whose it is makes no difference."""
    found = mail_address(address)
    domain = found.value.rpartition("@")[2] if found else ""
    try:
        return found is not None and "." in domain and bool(wire_address(found.value))
    except ValueError:
        return False


def receive(book: Book, sheet: Sheet, asked: Asked, *, lang: str, now: datetime) -> str | None:
    """Keep a letter until its address is confirmed; return its id, `None` where too many wait."""
    return book.door.put(sheet.id, asked, lang=lang, now=now)


def path_of(book: Book, id_: str, door: str) -> str:
    """Return the path of the link that confirms a letter."""
    return f"/{door}/{LINK}/{link_of(key_of(book), id_)}"


def seen(book: Book, link: str, *, now: datetime) -> Seen:
    """Return what a link shows now; every link costs the same two looks."""
    id_, is_signed = id_in_link(key_of(book), link)
    found = book.door.find(id_)
    if found is None or not is_signed:
        return Seen(Page.DEAD)
    if found.state in {Waits.CONFIRMED, Waits.TAKEN}:
        return Seen(Page.ARRIVED, found.lang)
    is_open = found.state is Waits.PENDING and now < found.expires_at
    return Seen(Page.CONFIRM, found.lang) if is_open else Seen(Page.DEAD)


def confirm(book: Book, link: str, *, now: datetime) -> bool:
    """Write down that whoever has the link owns the address; return whether that is new."""
    id_, is_signed = id_in_link(key_of(book), link)
    return is_signed and book.door.confirm(id_, now=now)
