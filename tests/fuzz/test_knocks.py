"""Whatever strangers and servers of chat networks write: it is read, cut or set aside, and never raises."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st
from slixmpp.stanza import Message, Presence

from anlass.channels.networks.mastodon_reading import follow_in, mention_in, number_in
from anlass.channels.networks.matrix_reading import invitation_in, member_changes, message_in
from anlass.channels.networks.parts import in_parts
from anlass.channels.networks.xmpp_reading import Archived, archived, asked
from anlass.channels.networks.xmpp_reading import message_in as xmpp_message_in
from anlass.intake import Channel, Recipient
from anlass.intake.knock import LONGEST_NAME, LONGEST_TEXT, Knock, KnockKind, request_in
from anlass.intake.message import SetAside
from anlass.people import Address, AddressKind
from anlass.people.handles import mastodon_address, matrix_address, server_of, xmpp_address

HOSTILE = (
    "\u202e\u2066gnp.exe\u2069",
    "\x00\x1b[31m\ud800",
    "A" * 1_000_000,
    "\n" * 100_000,
    "<script>alert(1)</script>" * 1_000,
    "@" * 5_000,
    "Z\u0336\u0351" * 50_000,
)
_WORDS = st.one_of(st.text(max_size=200), st.sampled_from(HOSTILE))
_ANY: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), _WORDS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=12), inner, max_size=4)
    ),
    max_leaves=8,
)
ADDRESS = Address(AddressKind.XMPP, "max@ag.example")


@given(_WORDS)
def test_an_address_is_in_normal_form_or_none(text: str) -> None:
    """Reading a normal form again changes nothing; an address is short, one line, and names a server."""
    for read in (xmpp_address, matrix_address, mastodon_address):
        found = read(text)
        if found is not None:
            assert read(found.value) == found
            assert found.value.isprintable()
            assert len(found.value) <= 700
            assert server_of(found.value)


def test_what_is_no_address_is_none() -> None:
    """Servers, rooms, broken ones and such with signs that nobody sees."""
    xmpp = [
        "",
        "ag.example",
        "@ag.example",
        "max@",
        "a b@c.example",
        "max@ag.example\u202e",
        "max@@ag.example",
    ]
    assert [xmpp_address(one) for one in xmpp] == [None] * len(xmpp)
    matrix = [
        "",
        "max",
        "@max",
        "@max:",
        "!room:x.example",
        "@m ax:x.example",
        "@max:x\u2066.example",
        "@" * 600,
    ]
    assert [matrix_address(one) for one in matrix] == [None] * len(matrix)
    mastodon = ["", "@", "max@", "max@a b", "ma\u202ex@x.example", "max"]
    assert [mastodon_address(one) for one in mastodon] == [None] * len(mastodon)
    assert xmpp_address("Max@AG.example/phone") == ADDRESS


@given(_WORDS, _WORDS, _WORDS, st.sampled_from(list(KnockKind)))
def test_a_knock_of_any_words_becomes_a_request(name: str, text: str, subject: str, kind: KnockKind) -> None:
    """Name and subject are one short line, the text is bounded and storable."""
    knock = Knock(Channel.XMPP, kind, "key", ADDRESS, name, text, subject)
    request = request_in(knock, Recipient(), account="xmpp")
    assert len(request.requester.name) <= LONGEST_NAME
    assert request.requester.name.isprintable()
    assert len(request.text) <= LONGEST_TEXT
    json.dumps(request.text).encode()
    request.text.encode()
    assert "\x00" not in request.text
    assert request.id == request_in(knock, Recipient(), account="xmpp").id


@given(_ANY)
def test_any_answer_of_mastodon_is_read_or_set_aside(row: Any) -> None:
    """Whatever stands where an account or a notice should be."""
    assert isinstance(follow_in(row, "here.example"), Knock | SetAside)
    assert isinstance(mention_in(row, "here.example"), Knock | SetAside | None)
    assert number_in(row) >= 0


@given(st.fixed_dictionaries({"acct": _WORDS, "id": _ANY, "display_name": _ANY, "created_at": _ANY}), _ANY)
def test_any_account_of_mastodon_is_read_or_set_aside(account: dict[str, Any], content: Any) -> None:
    """Names, dates and posts of every shape."""
    post = {"visibility": "direct", "account": account, "id": "1", "content": content, "created_at": None}
    assert isinstance(follow_in(account, "here.example"), Knock | SetAside)
    assert isinstance(mention_in({"type": "mention", "status": post}, "here.example"), Knock | SetAside)


@given(_ANY, _ANY, _WORDS, _ANY)
def test_any_event_of_matrix_is_read_or_set_aside(source: Any, content: Any, sender: str, stamp: Any) -> None:
    """Events without parts, with parts of other shapes, of senders that are none."""
    shaped = {"type": "m.room.message", "sender": sender, "content": content, "origin_server_ts": stamp}
    member = SimpleNamespace(
        state_key="@o:x.example", membership="invite", sender=sender, content=content, source=shaped
    )
    for event in (SimpleNamespace(source=source), SimpleNamespace(source={**shaped, "event_id": stamp})):
        message_in("!r:x.example", event, "", is_known=False)
        list(member_changes("!r:x.example", [event]))
        invitation_in("!r:x.example", [event, member], "@o:x.example")


@given(_WORDS, _WORDS, st.sampled_from(["subscribe", "chat", "groupchat", ""]))
def test_any_stanza_of_xmpp_is_read_or_set_aside(sender: str, words: str, kind: str) -> None:
    """Senders that are no addresses, and words of every kind."""
    clean = "".join(sign for sign in words[:5_000] if sign.isprintable())
    presence, message = Presence(), cast("Any", Message)()
    presence.xml.set("from", sender[:300])
    message.xml.set("from", sender[:300])
    message.xml.set("type", kind)
    message["body"] = clean
    presence["status"] = clean
    asked(presence)
    assert isinstance(
        xmpp_message_in(Archived("1", message, None), is_stranger=True), Knock | SetAside | None
    )
    assert len(archived([message])) == 1


@given(_WORDS, st.integers(min_value=1, max_value=500))
def test_a_letter_in_parts_loses_no_word(text: str, room: int) -> None:
    """Every part has room, none is empty, and together they hold every sign that is no blank."""
    text = text[:5_000]
    parts = in_parts(text, room)
    assert all(part and len(part) <= room for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
