"""At real doors: for each chat network an owner's account, and a requester with a client of their own.

What the requester sees is read from their own side, by their own client: everything that arrived there since,
and how their request stands. A test of silence compares that before and after.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any, Protocol

import mastodon
import nio
import slixmpp
from slixmpp.stanza import Presence

from anlass.channels.networks.account import NetworkAccount
from anlass.channels.networks.door import Door
from anlass.channels.networks.loop import Loop
from anlass.channels.networks.mastodon import MastodonDoor
from anlass.channels.networks.matrix import MatrixDoor
from anlass.channels.networks.matrix_wire import token_for
from anlass.channels.networks.xmpp import XmppDoor
from anlass.intake import Channel
from anlass.intake.knock import KnockKind
from tests.network_servers import DOMAIN, MastodonMock, Prosody, Synapse
from tests.servers import HOST, PASSWORD

_NUMBERS = count(1)
_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Sight:
    """What a requester sees: how the request stands there, and everything that came since the last look.

    Each thing that came begins with what it is; words are a `message` or a `mention`.
    """

    stands: str
    arrived: tuple[str, ...] = ()


class Requester(Protocol):
    """Somebody who asks, with a real client."""

    address: str

    def ask(self, words: str = "") -> None:
        """Ask at the owner's door, with words where the network leaves room for them."""

    def write(self, words: str) -> None:
        """Write to the owner where that can be done without asking first."""

    def withdraw(self) -> None:
        """Ask no more."""

    def sees(self) -> Sight:
        """Return what there is to see, and what came since it was looked at last."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One door with somebody before it. `asks` is what the requester's asking is on this network.

    `says` lets the owner write to the requester, with a program of their own.
    """

    account: NetworkAccount
    secret: str
    requester: Requester
    asks: KnockKind
    has_words: bool
    open: Callable[[], Door]
    says: Callable[[str], None]

    @contextmanager
    def door(self) -> Iterator[Door]:
        """Open the owner's door."""
        door = self.open()
        try:
            yield door
        finally:
            door.close()


# --- XMPP ---


class _Client(slixmpp.ClientXMPP):
    def __init__(self, jid: str) -> None:
        super().__init__(jid, PASSWORD, plugin_config={"feature_mechanisms": {"unencrypted_plain": True}})
        self.loop = asyncio.get_running_loop()
        self.auto_authorize, self.auto_subscribe = None, False
        self.enable_starttls, self.enable_direct_tls, self.enable_plaintext = False, False, True
        self.register_plugin("xep_0199")
        self.there = asyncio.Event()
        self.arrived: list[str] = []
        self.add_event_handler("session_start", lambda _: self.there.set())
        self.add_filter("in", self._note)

    def _note(self, stanza: Any) -> Any:
        if isinstance(stanza, Presence | slixmpp.Message):
            told = f"{stanza.name} {stanza['type']} {stanza['from'].bare}"
            self.arrived.append(f"{told} {stanza['body']}" if isinstance(stanza, slixmpp.Message) else told)
        return stanza


@dataclass
class XmppRequester:
    """Somebody with a client on XMPP."""

    address: str
    owner: str
    port: int
    loop: Loop = field(init=False)

    def __post_init__(self) -> None:
        self.loop = Loop("requester")
        self.client = self.loop.call(self._start(), _SECONDS)
        self.sees()

    async def _start(self) -> _Client:
        client = _Client(self.address)
        client.connect(HOST, self.port)
        await client.there.wait()
        await client.get_roster()
        client.send_presence()
        return client

    def ask(self, words: str = "") -> None:
        """Ask to see when the owner is there."""
        self._do(lambda: self.client.send_presence(pto=self.owner, ptype="subscribe", pstatus=words or None))

    def write(self, words: str) -> None:
        """Write a message."""
        self._do(lambda: self.client.send_message(mto=slixmpp.JID(self.owner), mbody=words, mtype="chat"))

    def withdraw(self) -> None:
        """Take the request back."""
        self._do(lambda: self.client.send_presence(pto=self.owner, ptype="unsubscribe"))

    def sees(self) -> Sight:
        """Return how the list of the requester's names the owner, and what stanzas came of the owner."""
        self._do(lambda: None)
        item = self.client.client_roster[self.owner]
        stands = f"subscription {item['subscription']}, {'asked' if item['pending_out'] else 'not asked'}"
        came = tuple(one for one in self.client.arrived if self.owner in one)
        self.client.arrived.clear()
        return Sight(stands, came)

    def close(self) -> None:
        """Leave."""
        self.loop.call(self._leave(), _SECONDS)
        self.loop.close()

    async def _leave(self) -> None:
        await self.client.disconnect(wait=1)

    def _do(self, act: Callable[[], object]) -> None:
        async def done() -> None:
            act()
            await self.client.plugin["xep_0199"].ping(slixmpp.JID(DOMAIN), timeout=_SECONDS)

        self.loop.call(done(), _SECONDS)


def _xmpp_says(owner: str, to: str, port: int, words: str) -> None:
    """Let the owner write with another program, which is gone again afterwards."""
    other = XmppRequester(owner, to, port)
    other.write(words)
    other.close()


@contextmanager
def xmpp_scene(server: Prosody) -> Iterator[Scene]:
    """Yield a door on XMPP."""
    number = next(_NUMBERS)
    owner, other = f"olga{number}", f"max{number}"
    server.register(owner, other)
    account = NetworkAccount(
        f"xmpp{number}", Channel.XMPP, f"{owner}@{DOMAIN}", f"{HOST}:{server.port}", "none"
    )
    requester = XmppRequester(f"{other}@{DOMAIN}", account.address, server.port)
    try:
        yield Scene(
            *(account, PASSWORD, requester, KnockKind.SUBSCRIPTION),
            has_words=True,
            open=lambda: XmppDoor(account, PASSWORD),
            says=lambda words: _xmpp_says(account.address, requester.address, server.port, words),
        )
    finally:
        requester.close()


# --- Matrix ---


@dataclass
class MatrixRequester:
    """Somebody with a client on Matrix, who knocks at the porch or invites the owner into a room."""

    address: str
    owner: str
    url: str
    porch: str = ""
    room: str = ""

    def __post_init__(self) -> None:
        self.loop = Loop("requester")
        self.client = self.loop.call(self._start(), _SECONDS)
        self.sees()

    async def _start(self) -> nio.AsyncClient:
        client = nio.AsyncClient(self.url, self.address)
        await client.login(PASSWORD)
        return client

    def ask(self, words: str = "") -> None:
        """Knock, where there is a porch; else invite the owner into a room of one's own."""
        if self.porch:
            self.room = self.porch
            done = self._call(self.client.room_knock(self.porch, reason=words or None))
        else:
            done = self._call(self.client.room_create(is_direct=True, preset=nio.RoomPreset.private_chat))
            self.room = done.room_id
            content = {"membership": "invite", "is_direct": True, **({"reason": words} if words else {})}
            done = self._call(
                self.client.room_put_state(self.room, "m.room.member", content, state_key=self.owner)
            )
        assert not isinstance(done, nio.ErrorResponse), done
        self.sees()

    def write(self, words: str) -> None:
        """Write into the room that one is in."""
        self._call(self.client.room_send(self.room, "m.room.message", {"msgtype": "m.text", "body": words}))

    def withdraw(self) -> None:
        """Take the knock or the invitation back."""
        act = (
            self.client.room_leave(self.room) if self.porch else self.client.room_kick(self.room, self.owner)
        )
        self._call(act)
        self.sees()

    def sees(self) -> Sight:
        """Return how the membership stands, and every event and invitation that came of the owner."""
        answer = self._call(self.client.sync(timeout=0))
        assert isinstance(answer, nio.SyncResponse), answer
        came = []
        for room, info in (*answer.rooms.join.items(), *answer.rooms.leave.items()):
            events = [*info.timeline.events]
            came += [f"{one.source['type']} {self._told(one)}" for one in events if one.sender == self.owner]
            came += [f"gone from {room}" for _ in (room,) if room in answer.rooms.leave and room == self.room]
        came += ["invitation" for _ in answer.rooms.invite]
        return Sight(self._stands(), tuple(came))

    def _stands(self) -> str:
        """Return how the request stands: of a knock one's own membership, of an invitation the owner's."""
        if not self.room:
            return "nothing"
        path = f"/_matrix/client/v3/rooms/{self.room}/state/m.room.member/{self.owner}"
        if not self.porch:
            told = self._call(self.client.room_get_state_event(self.room, "m.room.member", self.owner))
            return str(getattr(told, "content", {}).get("membership", path))
        return str(self._call(self._knock()))

    async def _knock(self) -> str:
        """Return whether the server still holds the knock, as a new device of the requester's is told."""
        other = nio.AsyncClient(self.url, self.address)
        await other.login(PASSWORD)
        try:
            headers = {"Authorization": f"Bearer {other.access_token}"}
            async with other.client_session.get(
                f"{self.url}/_matrix/client/v3/sync", headers=headers
            ) as answer:
                rooms = (await answer.json()).get("rooms", {})
        finally:
            await other.close()
        return next((kind for kind, found in rooms.items() if self.room in found), "none")

    @staticmethod
    def _told(event: Any) -> str:
        content = event.source["content"]
        return str(content.get("membership") or content.get("body") or "")

    def close(self) -> None:
        """Leave."""
        self._call(self.client.close())
        self.loop.close()

    def _call(self, work: Any) -> Any:
        return self.loop.call(work, _SECONDS)


def _matrix_says(owner: str, to: str, url: str, words: str) -> None:
    """Let the owner write with another program, into a new room for the two; without words, encrypted."""
    other = MatrixRequester(owner, to, url)
    preset = nio.RoomPreset.trusted_private_chat
    made = other._call(other.client.room_create(is_direct=True, invite=(to,), preset=preset))
    assert isinstance(made, nio.RoomCreateResponse), made
    other.room = made.room_id
    if words:
        other.write(words)
    else:
        shut = {
            "algorithm": "m.megolm.v1.aes-sha2",
            "ciphertext": "AwgA",
            "session_id": "s",
            "sender_key": "k",
        }
        other._call(other.client.room_send(other.room, "m.room.encrypted", shut))
    other.close()


@contextmanager
def matrix_scene(server: Synapse, *, knocks: bool) -> Iterator[Scene]:
    """Yield a door on Matrix; the requester knocks at a porch, or sends an invitation."""
    number = next(_NUMBERS)
    owner, other = server.register(f"olga{number}"), server.register(f"max{number}")
    account = NetworkAccount(f"matrix{number}", Channel.MATRIX, owner, server.url)
    token, device = token_for(account, PASSWORD)
    porch = ""
    if knocks:
        door = MatrixDoor(account, token)
        porch = door.porch(f"porch{number}")
        door.close()
    account = NetworkAccount(account.name, Channel.MATRIX, owner, server.url, "tls", porch, device)
    requester = MatrixRequester(other, owner, server.url, porch)
    try:
        yield Scene(
            *(account, token, requester, KnockKind.KNOCK if knocks else KnockKind.INVITATION),
            has_words=True,
            open=lambda: MatrixDoor(account, token),
            says=lambda words: _matrix_says(owner, other, server.url, words),
        )
    finally:
        requester.close()


# --- Mastodon ---


@dataclass
class MastodonRequester:
    """Somebody with a client on Mastodon."""

    address: str
    owner: str
    api: mastodon.Mastodon
    seen: int = 0

    def __post_init__(self) -> None:
        self.owners_id = self.api.account_lookup(self.owner.split("@")[1])["id"]

    def ask(self, words: str = "") -> None:
        """Ask to follow."""
        self.api.account_follow(self.owners_id)

    def write(self, words: str) -> None:
        """Write a private mention."""
        self.api.status_post(f"@{self.owner.split('@')[1]} {words}", visibility="direct")

    def withdraw(self) -> None:
        """Take the request back."""
        self.api.account_unfollow(self.owners_id)

    def sees(self) -> Sight:
        """Return what the button shows, and every notice that came."""
        (shown,) = self.api.account_relationships([self.owners_id])
        words = [name for name in ("requested", "following", "blocked_by") if shown[name]]
        notices = [one for one in self.api.notifications() if int(one["id"]) > self.seen]
        self.seen = max([self.seen, *(int(one["id"]) for one in notices)])
        told = [f"{one['type']} {one['status']['content'] if one.get('status') else ''}" for one in notices]
        return Sight(" ".join(words) or "nothing", tuple(told))

    def close(self) -> None:
        """Leave."""


def _mastodon_says(owner: str, to: str, url: str, words: str) -> None:
    """Let the owner write with another program."""
    session = _closing()
    api = mastodon.Mastodon(access_token=owner, api_base_url=url, session=session)
    api.status_post(f"{to} {words}", visibility="direct")
    session.close()


@contextmanager
def mastodon_scene(server: MastodonMock) -> Iterator[Scene]:
    """Yield a door on Mastodon."""
    owner, other = server.lend(), server.lend()
    account = NetworkAccount(f"mastodon-{owner}", Channel.MASTODON, f"@{owner}@localhost", server.url)
    session = _closing()
    api = mastodon.Mastodon(access_token=other, api_base_url=server.url, session=session)
    try:
        yield Scene(
            *(
                account,
                owner,
                MastodonRequester(f"@{other}@localhost", account.address, api),
                KnockKind.FOLLOW,
            ),
            has_words=False,
            open=lambda: MastodonDoor(account, owner),
            says=lambda words: _mastodon_says(owner, f"@{other}", server.url, words),
        )
    finally:
        session.close()


def _closing() -> Any:
    import requests  # noqa: PLC0415 - what the library speaks with

    return requests.Session()


SCENES: dict[str, tuple[str, Callable[[Any], AbstractContextManager[Scene]]]] = {
    "xmpp": ("prosody", xmpp_scene),
    "matrix-knock": ("synapse", partial(matrix_scene, knocks=True)),
    "matrix-invitation": ("synapse", partial(matrix_scene, knocks=False)),
    "mastodon": ("mastodon", mastodon_scene),
}
"""Every network, with the fixture that its scene takes. What stands here is held to the contract."""
