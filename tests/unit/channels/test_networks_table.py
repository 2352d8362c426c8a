"""The table of chat networks: whole, and strict about whom it would talk to in the open."""

from __future__ import annotations

import pytest

from anlass.channels.networks.table import DOORS
from anlass.desk.accounts.networks import account_for, with_porch
from anlass.errors import ConfigError
from anlass.intake import Channel
from anlass.intake.knock import NETWORKS
from anlass.people.handles import server_of

OWN = {
    Channel.XMPP: ("Olga@Wend.example", "olga@wend.example"),
    Channel.MATRIX: ("@olga:Wend.example", "@olga:wend.example"),
    Channel.MASTODON: ("@Olga@wend.example", "@olga@wend.example"),
}
SOMEWHERE = {
    Channel.XMPP: ("chat.wend.example:5222", "127.0.0.1:5222"),
    Channel.MATRIX: ("http://chat.wend.example", "http://127.0.0.1:8008"),
    Channel.MASTODON: ("http://chat.wend.example", "http://127.0.0.1:3000"),
}


def test_every_channel_with_a_door_stands_in_the_table() -> None:
    """And no other: rooms ask the one, the house the other."""
    assert set(DOORS) == NETWORKS


@pytest.mark.parametrize("channel", DOORS, ids=lambda one: one.value)
def test_an_address_is_read_as_its_network_writes_it(channel: Channel) -> None:
    """In normal form; an address of another kind is none."""
    text, normal = OWN[channel]
    assert account_for(channel, text).address == normal
    with pytest.raises(ConfigError):
        account_for(channel, "olga")


@pytest.mark.parametrize("channel", DOORS, ids=lambda one: one.value)
def test_nothing_leaves_this_machine_in_the_open(channel: Channel) -> None:
    """A server elsewhere is reached with encryption only, one on this machine as the owner likes."""
    far, here = SOMEWHERE[channel]
    with pytest.raises(ConfigError, match="without encryption"):
        account_for(channel, OWN[channel][0], f"none {far}")
    assert account_for(channel, OWN[channel][0], f"none {here}").server == here


@pytest.mark.parametrize("channel", DOORS, ids=lambda one: one.value)
def test_the_owner_is_asked_for_a_secret_by_address(channel: Channel) -> None:
    """In both languages."""
    for lang in ("de", "en"):
        question = DOORS[channel].secret
        assert question is not None
        assert OWN[channel][1] in question.in_(lang).format(address=OWN[channel][1])


def test_only_a_network_with_rooms_has_one_for_callers() -> None:
    """On the others there is a clear word."""
    account = account_for(Channel.XMPP, OWN[Channel.XMPP][0])
    with pytest.raises(ConfigError, match="Only Matrix"):
        with_porch(account, "secret", "porch")


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("olga@wend.example", "wend.example"),
        ("@olga:wend.example", "wend.example"),
        ("@olga:wend.example:8448", "wend.example:8448"),
        ("@olga@wend.example", "wend.example"),
        ("@olga@wend.example:3000", "wend.example:3000"),
        ("olga", "olga"),
    ],
)
def test_the_server_of_an_address_keeps_its_port(address: str, server: str) -> None:
    """On every network, as it stands in the address."""
    assert server_of(address) == server
