"""What stanzas of XMPP say of who asks; whatever stands in them, nothing is raised."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from slixmpp.jid import InvalidJID
from slixmpp.stanza import Message, Presence

from anlass.channels.networks.door import OwnWord
from anlass.intake import Channel
from anlass.intake.contact_request import Origin
from anlass.intake.knock import LONGEST_NAME, LONGEST_TEXT, Knock, KnockKind
from anlass.intake.message import SetAside
from anlass.people.handles import xmpp_address

_NICK = "{http://jabber.org/protocol/nick}nick"
_DELAY = "{urn:xmpp:delay}delay"
_TALKS = ("chat", "normal")
_GARBLED = (InvalidJID, ValueError, KeyError, TypeError, AttributeError, LookupError)
"""What reading a stanza raises that keeps to no form."""


@dataclass(frozen=True, slots=True)
class Archived:
    """One message, its number in the archive, and when it came there."""

    number: str
    message: Message
    when: datetime | None


def asked(presence: Presence) -> Knock | None:
    """Return the knock that a subscription request is; `None` where it names nobody."""
    try:
        address = xmpp_address(str(presence["from"]))
        if address is None:
            return None
        return Knock(
            Channel.XMPP,
            KnockKind.SUBSCRIPTION,
            key=address.value,
            address=address,
            name=(presence.xml.findtext(_NICK) or "")[: 4 * LONGEST_NAME],
            text=(presence["status"] or "")[: 2 * LONGEST_TEXT],
            arrived=_stamp(presence),
        )
    except _GARBLED:
        return None


def archived(results: Iterable[Message]) -> list[Archived]:
    """Return the messages of a page of the archive; what cannot be unpacked keeps its number."""
    found = []
    for one in results:
        try:
            result = one["mam_result"]
            inner = result["forwarded"]
            found.append(Archived(str(result["id"]), inner["stanza"], inner["delay"]["stamp"]))
        except _GARBLED:
            found.append(Archived("", one, None))
    return found


def message_in(one: Archived, is_stranger: bool) -> Knock | SetAside | None:  # noqa: FBT001 - one fact about it
    """Return the knock that a message is; `None` where it is no message of a person's to the owner."""
    try:
        message = one.message
        body = message["body"]
        address = xmpp_address(str(message["from"]))
        is_talk = message["type"] in _TALKS and bool(body.strip())
        if address is None or not is_talk or address.value == xmpp_owner(message):
            return None
        number = one.number or str(message["id"])
        return Knock(
            Channel.XMPP,
            KnockKind.MESSAGE,
            key=f"{address.value} {number}"[:500],
            address=address,
            name=(message.xml.findtext(_NICK) or "")[: 4 * LONGEST_NAME],
            text=body[: 2 * LONGEST_TEXT],
            arrived=_utc(one.when),
            is_known=not is_stranger,
        )
    except _GARBLED as error:
        says = f"A message could not be read ({type(error).__name__})."
        return SetAside(Origin(f"xmpp:{one.number[:100]}"), "misshapen", says)


def own_word_in(one: Archived, owner: str) -> OwnWord | None:
    """Return what the owner said to somebody else, from whatever program; `None` for all else."""
    try:
        message = one.message
        body = message["body"].strip()
        to = xmpp_address(str(message["to"]))
        is_own = str(message["from"].bare) == owner and message["type"] in _TALKS and bool(body)
        if to is None or to.value == owner or not is_own:
            return None
        return OwnWord(to, str(message["id"])[:500], body[: 2 * LONGEST_TEXT], _utc(one.when))
    except _GARBLED:
        return None  # what goes wrong in it is told by `message_in`


def xmpp_owner(message: Message) -> str:
    """Return whom a message goes to, where it is of that same person: an own copy; else ""."""
    sender, to = str(message["from"].bare), str(message["to"].bare)
    return sender if sender == to else ""


def _stamp(presence: Presence) -> datetime | None:
    delay = presence.xml.find(_DELAY)
    return _utc(datetime.fromisoformat(delay.get("stamp", ""))) if delay is not None else None


def _utc(when: datetime | None) -> datetime | None:
    if when is None:
        return None
    return (
        when.astimezone(UTC).replace(microsecond=0)
        if when.tzinfo
        else when.replace(tzinfo=UTC, microsecond=0)
    )
