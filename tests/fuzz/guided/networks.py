"""What servers of chat networks tell: accounts, posts, events, stanzas."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any, cast
from xml.etree import ElementTree as ET

from slixmpp.stanza import Message, Presence

from anlass.channels.networks.lists import on_mastodon, on_matrix, on_xmpp
from anlass.channels.networks.mastodon_reading import follow_in, mention_in, number_in, own_words_in
from anlass.channels.networks.matrix_reading import (
    invitation_in,
    member_changes,
    message_in,
    other_in,
    own_word_in,
)
from anlass.channels.networks.parts import in_parts
from anlass.channels.networks.xmpp_reading import archived, asked
from anlass.channels.networks.xmpp_reading import message_in as xmpp_message_in
from anlass.channels.networks.xmpp_reading import own_word_in as xmpp_own_word_in
from anlass.intake import Recipient
from anlass.intake.knock import LONGEST_NAME, LONGEST_TEXT, Knock, request_in
from anlass.people import Address, AddressKind
from tests.fuzz.guided.target import Target

TO = Address(AddressKind.MATRIX, "@kai:x.example")


def _asks(found: object) -> None:
    """What asks becomes a request whose name is a line and whose text is bounded."""
    if isinstance(found, Knock):
        request = request_in(found, Recipient(), account="a")
        assert request.requester.name.isprintable()
        assert len(request.requester.name) <= LONGEST_NAME
        assert len(request.text) <= LONGEST_TEXT
        request.text.encode()


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def read_mastodon(data: bytes) -> None:
    """Accounts, notices and posts."""
    row = _json(data)
    _asks(follow_in(row, "here.example"))
    _asks(mention_in(row, "here.example"))
    list(own_words_in(row, "here.example"))
    assert number_in(row) >= 0
    list(on_mastodon("a", "here.example", row if isinstance(row, list) else [row], "says"))


def read_matrix(data: bytes) -> None:
    """Events of a room, its members, the owner's list."""
    row = _json(data)
    if not isinstance(row, dict):
        return
    event = SimpleNamespace(
        source=row,
        state_key=row.get("state_key"),
        membership=row.get("membership"),
        sender=row.get("sender"),
        content=row.get("content"),
    )
    _asks(message_in("!r:x.example", event, "", is_known=False))
    for change in member_changes("!r:x.example", [event]):
        _asks(change[1] if isinstance(change, tuple) else change)
    _asks(invitation_in("!r:x.example", [event, event], "@o:x.example"))
    other_in([event], "@o:x.example")
    own_word_in(event, TO)
    list(on_matrix("a", row, ["!r:x.example"]))


def read_xmpp(data: bytes) -> None:
    """Stanzas: who wants to see the owner, who writes, what the archive holds, the owner's list."""
    try:
        xml = ET.fromstring(data.decode("utf-8", "replace"))  # the library reads stanzas by the same parser
    except (ET.ParseError, ValueError):
        return
    message: Any = cast("Any", Message)(xml=xml)
    _asks(asked(Presence(xml=xml)))
    for one in archived([message]):
        _asks(xmpp_message_in(one, True))
        xmpp_own_word_in(one, "o@x.example")
    list(
        on_xmpp("a", [("".join(xml.itertext())[:300], xml.get("name") or "", xml.get("subscription") or "")])
    )


def read_long(data: bytes) -> None:
    """A text that goes out in parts: nothing is lost, no part is too long."""
    text = data.decode("utf-8", "replace")
    parts = in_parts(text, 40)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(len(one) <= 40 for one in parts)


_POST = {
    "type": "mention",
    "id": "7",
    "status": {
        "id": "1",
        "visibility": "direct",
        "content": "<p>Hallo</p>",
        "created_at": "2026-03-02T09:00:00Z",
        "account": {"acct": "kai@social.example", "id": "3", "display_name": "Kai"},
    },
}
_EVENT = {
    "type": "m.room.message",
    "sender": "@kai:x.example",
    "event_id": "$1",
    "origin_server_ts": 1772442000000,
    "state_key": "@o:x.example",
    "membership": "invite",
    "content": {"msgtype": "m.text", "body": "Hallo"},
}

_MESSAGE = (
    "<message xmlns='jabber:client' type='chat' from='kai@x.example/a' to='o@x.example' id='1'>"
    "<body>Hallo</body><delay xmlns='urn:xmpp:delay' stamp='2026-03-02T09:00:00Z'/></message>"
)
_ARCHIVED = (
    "<message xmlns='jabber:client'><result xmlns='urn:xmpp:mam:2' id='5'>"
    "<forwarded xmlns='urn:xmpp:forward:0'>"
    f"<delay xmlns='urn:xmpp:delay' stamp='x'/>{_MESSAGE}</forwarded></result></message>"
)

TARGETS = (
    Target(
        "mastodon",
        (
            "channels.networks.mastodon_reading",
            "channels.networks.mastodon",
            "channels.networks.lists",
            "intake.knock",
        ),
        read_mastodon,
        lambda: (
            json.dumps(_POST).encode(),
            json.dumps(_POST["status"]).encode(),
            b'{"acct": "kai@social.example", "id": "3"}',
        ),
    ),
    Target(
        "matrix",
        ("channels.networks.matrix_reading", "channels.networks.matrix_wire"),
        read_matrix,
        lambda: (json.dumps(_EVENT).encode(), b'{"@kai:x.example": ["!r:x.example"]}'),
    ),
    Target(
        "xmpp",
        ("channels.networks.xmpp_reading", "channels.networks.account"),
        read_xmpp,
        lambda: (
            _MESSAGE.encode(),
            b"<presence xmlns='jabber:client' type='subscribe' from='kai@x.example'><status>x</status><nick xmlns='http://jabber.org/protocol/nick'>Kai</nick></presence>",
            _ARCHIVED.encode(),
        ),
    ),
    Target(
        "parts",
        ("channels.networks.parts",),
        read_long,
        lambda: (b"Hallo Kai. Ein langer Satz, der geteilt wird.\n\nUnd noch einer, der auch geteilt wird.",),
    ),
)
