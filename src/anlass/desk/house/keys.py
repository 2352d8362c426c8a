"""The owner's keys: who else may enter, who is asked to, and what nobody else sees.

Every act is written into the owner's journal. Whoever loses a key or gets another is out at once, in
every browser, and comes in anew; no invitation from before brings them back. Who is no owner any more takes
along the programs they let in.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from anlass.desk.house.entering import digest
from anlass.desk.programs.leaving import end_programs_of
from anlass.errors import NotFound, Refused, UserError
from anlass.people import mail_address, person_id
from anlass.people.ids import called
from anlass.store.book import Book
from anlass.store.gate.keys import GateTables, Invitation, Keyholder, Role

INVITATION_LASTS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Asked:
    """An invitation that was made: `secret` stands in the link, and nowhere else."""

    invitation: Invitation
    secret: str


@dataclass(frozen=True, slots=True)
class KeyTo:
    """One key to a house: whose, and as what."""

    keyholder: Keyholder
    role: Role


def invite(book: Book, address: str, role: Role, *, now: datetime) -> Asked:
    """Ask somebody to come in; raises `UserError` for what is no mail address."""
    normal = mail_address(address)
    if normal is None:
        raise UserError(f"{address!r} is no mail address.")
    secret = secrets.token_urlsafe(32)
    asked = Invitation(digest(secret), book.owner, normal.value, role, now, now + INVITATION_LASTS)
    with book.together():
        book.gate.invite(asked)
        book.note("invite", about=asked.id[:12], content={"address": normal.value, "role": role}, now=now)
    return Asked(asked, secret)


def take_back(book: Book, id_: str, *, now: datetime) -> None:
    """Take an invitation back; raises `NotFound`."""
    found = called(id_, book.gate.invitations(book.owner))
    if len(found) != 1:
        raise NotFound("There is no such invitation.")
    asked = found[0]
    with book.together():
        book.gate.take_back(book.owner, asked.id)
        book.note("uninvite", about=asked.id[:12], content={"address": asked.address}, now=now)


def invitation_behind(gate: GateTables, secret: str, *, now: datetime) -> Invitation | None:
    """Return what somebody was asked to; `None` where it is over, taken back or was never made."""
    found = gate.invitation(digest(secret))
    return found if found and found.ends_at > now else None


def accept(book: Book, invitation: Invitation, *, now: datetime) -> Keyholder | None:
    """Give the key that was promised and return who has it; `None` where somebody was quicker.

    `book` is that of the owner who asked. Whoever has the link has read the mail. Nobody is less for having
    been asked in: an owner stays one.
    """
    gate, role = book.gate, invitation.role
    with gate.by_turns(book.owner):
        if not gate.take_back(book.owner, invitation.id):
            return None
        gate.add_keyholder(secrets.token_hex(12), invitation.address, now=now)
        keyholder = gate.keyholder_at(invitation.address)
        if keyholder is None:
            return None
        if role is Role.HOST:
            gate.make_host(keyholder.id, is_host=True)
        else:
            role = Role.OWNER if gate.role_of(book.owner, keyholder.id) is Role.OWNER else role
            gate.give_key(book.owner, keyholder.id, role, now=now)
        gate.end_all(keyholder.id)
        content = {"address": invitation.address, "role": role}
        book.note("come_in", about=keyholder.id, content=content, now=now)
        return gate.keyholder(keyholder.id)


def keys(book: Book) -> tuple[KeyTo, ...]:
    """Return everybody who has a key to this house."""
    everybody = book.gate.keyholders()
    return tuple(KeyTo(one, one.keys[book.owner]) for one in everybody if one.keys and book.owner in one.keys)


def change_role(book: Book, keyholder: str, role: Role, *, now: datetime) -> None:
    """Let somebody be something else in this house; raises `NotFound` and `Refused`."""
    with book.gate.by_turns(book.owner):
        found = _key(book, keyholder)
        _leave_an_owner(book, found, role)
        book.gate.give_key(book.owner, keyholder, role, now=now)
        _end_what_was_before(book, found, role, now)
        content = {"address": found.keyholder.address, "role": role, "before": found.role}
        book.note("change_role", about=keyholder, content=content, now=now)


def dismiss(book: Book, keyholder: str, *, now: datetime) -> None:
    """Take a key away; raises `NotFound` and `Refused`."""
    with book.gate.by_turns(book.owner):
        found = _key(book, keyholder)
        _leave_an_owner(book, found, None)
        book.gate.take_key(book.owner, keyholder)
        _end_what_was_before(book, found, None, now)
        book.note("dismiss", about=keyholder, content={"address": found.keyholder.address}, now=now)


def _key(book: Book, keyholder: str) -> KeyTo:
    found = next((one for one in keys(book) if one.keyholder.id == keyholder), None)
    if found is None:
        raise NotFound("Nobody of that name has a key.")
    return found


def _end_what_was_before(book: Book, found: KeyTo, becomes: Role | None, now: datetime) -> None:
    """End log-ins and open invitations of somebody, and the programs of an owner who is none any more."""
    book.gate.end_all(found.keyholder.id)
    book.gate.take_all_back(book.owner, found.keyholder.address)
    if found.role is Role.OWNER and becomes is not Role.OWNER:
        end_programs_of(book, found.keyholder.address, now=now)


def _leave_an_owner(book: Book, found: KeyTo, becomes: Role | None) -> None:
    owners = [one for one in keys(book) if one.role is Role.OWNER]
    if becomes is not Role.OWNER and owners == [found]:
        raise Refused("The last key of an owner stays: nobody could give another.")


# --- what nobody else sees ---


def keep_private(book: Book, case: str = "", person: str = "", *, now: datetime) -> None:
    """Keep a case or a person to the owner: no assistant sees it anywhere. Raises `NotFound`."""
    kind, ids, about = _private(book, case, person)
    with book.together():
        book.private.put(kind, ids, now=now)
        book.note("keep_private", about=about, now=now)


def share_again(book: Book, case: str = "", person: str = "", *, now: datetime) -> None:
    """Let assistants see a case or a person again. Raises `NotFound`."""
    kind, ids, about = _private(book, case, person)
    with book.together():
        book.private.free(kind, ids)
        book.note("share_again", about=about, now=now)


def is_private(book: Book, case: str = "", person: str = "") -> bool:
    """Tell whether the owner keeps this to herself. Raises `NotFound`."""
    kind, ids, _ = _private(book, case, person)
    return book.private.has(kind, ids)


def _private(book: Book, case: str, person: str) -> tuple[str, tuple[str, ...], str]:
    if case:
        id_ = book.case(case).id
        return "case", (id_,), id_
    found = book.person(person)
    if found is None:
        raise NotFound("There is no such person.")
    return "address", tuple(person_id(one) for one in found.addresses), found.id
