"""What Matrix's answers say of who asks; whatever stands in them, nothing is raised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from anlass.channels.networks.door import OwnWord
from anlass.intake import Channel
from anlass.intake.contact_request import Origin
from anlass.intake.knock import LONGEST_NAME, LONGEST_TEXT, Knock, KnockKind
from anlass.intake.message import SetAside
from anlass.people import Address
from anlass.people.handles import matrix_address

_GARBLED = (ValueError, TypeError, KeyError, AttributeError, LookupError, OverflowError)
_TEXTS = ("m.text", "m.notice", "m.emote")


def invitation_in(room: str, events: Iterable[Any], owner: str) -> Knock | SetAside | None:
    """Return the knock that an invitation into a room is; `None` where it names no inviter."""
    try:
        states = list(events)
        members = {one.state_key: one for one in states if hasattr(one, "membership")}
        mine = members[owner]
        address = matrix_address(str(mine.sender))
        if address is None:
            return None
        content = mine.content
        names = [one.name for one in states if hasattr(one, "name")]
        room_name = "" if content.get("is_direct") or not names else names[0]
        inviter = members.get(mine.sender)
        return Knock(
            Channel.MATRIX,
            KnockKind.INVITATION,
            key=f"{room} {address.value}"[:500],
            address=address,
            name=_text(inviter.content.get("displayname") if inviter else "", LONGEST_NAME),
            text=_text(content.get("reason"), LONGEST_TEXT),
            subject=_text(room_name, LONGEST_NAME),
            arrived=_moment(mine.source.get("origin_server_ts")),
            place=room[:300],
        )
    except _GARBLED as error:
        return aside(room, error)


def member_changes(room: str, events: Iterable[Any]) -> Iterator[tuple[Address, Knock | None] | SetAside]:
    """Yield who knocks at a room, and who does so no more (with `None`), in the order it happened."""
    for event in events:
        try:
            source = event.source
            if source.get("type") != "m.room.member":
                continue
            address = matrix_address(str(source["state_key"]))
            if address is None:
                continue
            content = source["content"]
            is_open = content.get("membership") == "knock"
            yield address, _knock(room, address, source, content) if is_open else None
        except _GARBLED as error:
            yield aside(room, error)


def knock_key(room: str, address: Address) -> str:
    """Return what names somebody's knock at a room."""
    return f"{room} {address.value}"[:500]


def message_in(room: str, event: Any, name: str, *, is_known: bool) -> Knock | SetAside | None:
    """Return the knock that a message in a room for two is; `None` for what is no text."""
    try:
        source = event.source
        content = source["content"]
        address = matrix_address(str(source["sender"]))
        is_text = source.get("type") == "m.room.message" and content.get("msgtype") in _TEXTS
        if address is None or not is_text:
            return None
        return Knock(
            Channel.MATRIX,
            KnockKind.MESSAGE,
            key=str(source["event_id"])[:500],
            address=address,
            name=_text(name, LONGEST_NAME),
            text=_text(content.get("body"), LONGEST_TEXT),
            arrived=_moment(source.get("origin_server_ts")),
            place=room[:300],
            is_known=is_known,
        )
    except _GARBLED as error:
        return aside(room, error)


def other_in(state: Iterable[Any], owner: str) -> Address | None:
    """Return the other one in a room for two, who may not have come in yet; `None` for other rooms."""
    others = set[str]()
    for one in state:
        with suppress(*_GARBLED):
            is_there = one["content"]["membership"] in {"join", "invite"}
            if one["type"] == "m.room.member" and is_there and one["state_key"] != owner:
                others.add(str(one["state_key"]))
    return matrix_address(others.pop()) if len(others) == 1 else None


def own_word_in(event: Any, to: Address) -> OwnWord | SetAside | None:
    """Return what the owner said to somebody, from whatever program; `None` for what is no text.

    A server gives the number of a letter back to the device that sent it. What is encrypted has no words
    here, and was said all the same.
    """
    try:
        source = event.source
        content = source["content"]
        body = _text(content.get("body"), LONGEST_TEXT).strip()
        is_text = source.get("type") == "m.room.message" and content.get("msgtype") in _TEXTS and bool(body)
        if not is_text and source.get("type") != "m.room.encrypted":
            return None
        unsigned = source.get("unsigned")
        number = unsigned.get("transaction_id") if isinstance(unsigned, dict) else None
        return OwnWord(to, str(number or ""), body, _moment(source.get("origin_server_ts")))
    except _GARBLED as error:
        return aside(str(getattr(event, "event_id", "")), error)


def aside(room: str, error: Exception) -> SetAside:
    """Return the value for what cannot be read in a room."""
    says = f"Something in a room could not be read ({type(error).__name__})."
    return SetAside(Origin(f"matrix:{room[:200]}"), "misshapen", says)


def _knock(room: str, address: Address, source: Mapping[str, Any], content: Mapping[str, Any]) -> Knock:
    return Knock(
        Channel.MATRIX,
        KnockKind.KNOCK,
        key=knock_key(room, address),
        address=address,
        name=_text(content.get("displayname"), LONGEST_NAME),
        text=_text(content.get("reason"), LONGEST_TEXT),
        arrived=_moment(source.get("origin_server_ts")),
        place=room[:300],
    )


def _text(value: object, longest: int) -> str:
    return value[: 2 * longest] if isinstance(value, str) else ""


def _moment(count: object) -> datetime | None:
    if not isinstance(count, int) or isinstance(count, bool) or not 0 < count < 1 << 44:
        return None
    return datetime.fromtimestamp(count // 1000, UTC)
