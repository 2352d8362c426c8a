"""A message becomes a contact request, or the rule that makes it none."""

from __future__ import annotations

from dataclasses import replace

from anlass.intake.authenticity import Authenticity, authenticity
from anlass.intake.contact_request import Channel, ContactRequest, Mark, Requester
from anlass.intake.gate.forms import Form, read_form
from anlass.intake.gate.marks import is_introduction, marks_of, strangers
from anlass.intake.gate.networks import Notice, read_notice
from anlass.intake.gate.ruling import NoRequest, Surroundings, ruling
from anlass.intake.gate.table import header_rule, text_rule
from anlass.intake.gate.taught import read_taught
from anlass.intake.identity import identity, short_name
from anlass.intake.message import Message
from anlass.intake.own_words import own_words
from anlass.intake.systems import is_system_name
from anlass.intake.writer import writer
from anlass.people import Address, AddressKind


def normalise(message: Message, surroundings: Surroundings) -> ContactRequest | NoRequest:
    """Return the request in `message`, or the first rule that makes it none.

    A sender whom the owner's own provider calls forged is nobody the owner knows:
    neither the owner's own letter (N22) nor a thread (N12, N14) nor a tie (N25) counts then.
    """
    said = authenticity(message, surroundings.trusted)
    is_forged = said is Authenticity.FAIL
    if surroundings.in_junk:
        return ruling("N24", "Junk")
    against = header_rule(message, frozenset() if is_forged else surroundings.owner)
    notice = None if is_forged else _notice(message, against, surroundings)
    if notice is not None:
        return _from_notice(message, notice, surroundings, is_proven=said is Authenticity.PASS)
    if against is not None and not (against.rule == "N18" or _is_owners_form(message, against)):
        return against
    return (
        text_rule(message)
        or (None if is_forged else _by_acquaintance(message, surroundings))
        or _from_letter(message, surroundings, said)
    )


def _notice(message: Message, against: NoRequest | None, around: Surroundings) -> Notice | None:
    """Return what a network's notice says, as the owner taught it, else as it is known here."""
    if against is not None and against.rule in {"N22", "N24"}:
        return None
    return read_taught(message, around.recipes) or read_notice(message)


def _by_acquaintance(message: Message, around: Surroundings) -> NoRequest | None:
    """N12, N14, N25: a thread of the owner's, or a known person - who introduces no stranger."""
    if around.answers_owner:
        return ruling("N12", (message.in_reply_to or message.references or ("",))[-1])
    if around.in_owners_thread:
        return ruling("N14", (message.references or message.in_reply_to or ("",))[0])
    if around.is_known and not is_introduction(message, own_words(message.text), around):
        return ruling("N25", message.sender.address if message.sender else "")
    return None


def _is_owners_form(message: Message, against: NoRequest) -> bool:
    """Tell whether this is a web form that writes as no-reply, with the visitor in Reply-To.

    Only a house of the visitor's own makes it one: a service that answers itself stays a service.
    """
    if against.rule != "N11" or message.sender is None or len(message.reply_to) != 1:
        return False
    house = message.sender.address.rpartition("@")[2]
    local, _, visitors = message.reply_to[0].address.rpartition("@")
    return visitors != house and not is_system_name(local) and not message.headers.get("list-unsubscribe")


def _from_letter(message: Message, around: Surroundings, said: Authenticity) -> ContactRequest:
    text = _text(message)
    form = read_form(message, text)
    if form is not None:
        text = form.words
    marks = marks_of(message, text, around, said)
    return ContactRequest(
        id=identity(message),
        channel=Channel.FORM if form else Channel.MAIL,
        text=text,
        subject=message.subject,
        requester=_requester(message, around, marks, form),
        recipient=around.recipient,
        arrived=message.date,
        message_id=message.message_id,
        marks=marks,
        origin=message.origin,
        oddities=message.oddities,
    )


def _text(message: Message) -> str:
    """Return the own words, and what a calendar part asks where it says more."""
    if message.is_encrypted:
        return ""
    text, invitation = own_words(message.text), message.invitation
    if text in invitation:
        return invitation
    return text if invitation in text else f"{text}\n\n{invitation}"


def _requester(
    message: Message, around: Surroundings, marks: frozenset[Mark], form: Form | None
) -> Requester:
    """Return the person asking: the writer, or the stranger whom a known person introduces."""
    if Mark.INTRODUCTION in marks:
        name, address = strangers(message, around)[0]
        return Requester(name, Address(AddressKind.MAIL, address))
    box = form.visitor if form else writer(message)
    if form is None and message.reply_to and _is_program(message):
        box = message.reply_to[0]
    return Requester("") if box is None else Requester(box.name, Address(AddressKind.MAIL, box.address))


def _is_program(message: Message) -> bool:
    against = header_rule(message, frozenset())
    return against is not None and against.rule == "N11"


def _from_notice(
    message: Message, notice: Notice, around: Surroundings, *, is_proven: bool
) -> ContactRequest:
    """N18: the requester asks through a network; one invitation and its reminders are one request.

    Where the owner's own provider does not say that the network sent it, anybody may have written it:
    then its profile is nobody's address, and its number joins it to no request of the network's.
    """
    plain = replace(message, headers={})
    marks = marks_of(plain, notice.words, around, Authenticity.NONE) - {Mark.FAKE_REPLY, Mark.NOT_ADDRESSED}
    said = {
        Mark.NOTICE: True,
        Mark.DEFAULT_TEXT: notice.is_default,
        Mark.REMINDER: notice.is_reminder,
        Mark.UNPROVEN: not is_proven,
    }
    number = (notice.number,) if is_proven else ("unproven", notice.number)
    return ContactRequest(
        id=short_name(notice.channel, *number) if notice.number else identity(message),
        channel=notice.channel,
        text=notice.words,
        subject=None,
        requester=notice.requester if is_proven else Requester(notice.requester.name),
        recipient=around.recipient,
        arrived=message.date,
        message_id=message.message_id,
        marks=marks | {mark for mark, is_so in said.items() if is_so},
        origin=message.origin,
    )
