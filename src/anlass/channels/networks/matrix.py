"""Matrix: knocks at the owner's porch, invitations of strangers, and what is said in rooms for two.

The house syncs as a device of its own that is never online, and reads nothing for anybody: no receipt leaves.
Rooms are told by their state; encrypted messages stay closed to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import aiohttp
import nio

from anlass.channels.mail.sending import Fate, Result, Why
from anlass.channels.networks.account import NetworkAccount, page_of
from anlass.channels.networks.door import MOST_KNOCKS, Contacts, HandOver, Looked, OwnWord
from anlass.channels.networks.lists import on_matrix
from anlass.channels.networks.loop import Loop
from anlass.channels.networks.matrix_reading import (
    invitation_in,
    knock_key,
    member_changes,
    message_in,
    other_in,
    own_word_in,
)
from anlass.channels.networks.matrix_wire import (
    GARBLED,
    OFFLINE,
    SECONDS,
    answered,
    logged_in,
    speaking,
)
from anlass.intake.knock import Knock, KnockKind
from anlass.intake.message import SetAside
from anlass.people import Address
from anlass.people.handles import matrix_address
from anlass.replies.outgoing import Deed, Outgoing

_MOST_OF_A_ROOM = 50
"""Newest messages of a room that one look takes in; a talk for two has fewer between two looks."""
_FILTER: dict[str, Any] = {
    "presence": {"types": []},
    "room": {
        "ephemeral": {"types": []},
        "timeline": {
            "types": ["m.room.message", "m.room.encrypted", "m.room.member"],
            "limit": _MOST_OF_A_ROOM,
        },
        "state": {"types": ["m.room.member", "m.room.name"]},
    },
}


class MatrixDoor:
    """An open door on Matrix; `secret` is the access token of the house's own device."""

    def __init__(self, account: NetworkAccount, secret: str) -> None:
        self.account = account
        self._page = page_of(account)
        self._loop = Loop(f"anlass matrix {account.name}")
        self._held: list[nio.SyncResponse] = []
        self._next = ""
        self._two: dict[str, Address | None] = {}
        with ExitStack() as half_open:
            half_open.callback(self._end)
            with speaking(self.account):
                self._client = self._loop.call(logged_in(account, secret, self._page), SECONDS)
                answered(self._call(self._client.whoami()))
            half_open.pop_all()

    def look(self, mark: str) -> Looked:
        """Return what asks; see `Door`."""
        with speaking(self.account):
            is_first = not mark
            if mark != self._next or not self._held:
                self._held = [] if mark != self._next else self._held
                self._held.append(self._call(self._sync(mark, 0)))
            told = [one for answer in self._held for one in self._told(answer, is_first=is_first)]
            self._next, self._held = str(self._held[-1].next_batch), []
        return Looked(
            self._next,
            tuple(one for one in told if isinstance(one, Knock))[:MOST_KNOCKS],
            tuple(one for one in told if isinstance(one, str)),
            set_aside=tuple(one for one in told if isinstance(one, SetAside)),
            own=tuple(one for one in told if isinstance(one, OwnWord)),
        )

    def wait(self, seconds: float) -> None:
        """Stay until the server tells of something; see `Door`."""
        if self._held or not self._next:
            return
        with speaking(self.account):
            answer = self._loop.wait(lambda: self._sync(self._next, seconds), seconds + SECONDS)
        if answer is not None:
            self._held.append(answer)

    def wake(self) -> None:
        """End a wait."""
        self._loop.wake()

    def hand(self, letter: Outgoing, hand_over: HandOver) -> Result:
        """Do what a letter says; see `Door`. A message bears a number by which the server knows it again."""
        address = matrix_address(letter.to)
        if address is None:
            return Result(Fate.NEVER, Why.ADDRESS)
        if not hand_over():
            return Result(Fate.HELD)
        try:
            refused = self._loop.call(self._do(letter, address.value), 3 * SECONDS)
        except (*OFFLINE, *GARBLED) as error:
            return Result(Fate.UNKNOWN, Why.BROKE_OFF, type(error).__name__)
        if refused is None:
            return Result(Fate.TAKEN)
        fate = Fate.NOT_NOW if refused.status_code == "M_LIMIT_EXCEEDED" else Fate.NEVER
        return Result(fate, Why.REFUSED, str(refused.status_code or "")[:100])

    def porch(self, alias: str) -> str:
        """Make the owner's room in which people knock, open to nobody else; return it. Raises `WireError`."""
        with speaking(self.account):
            rules = ({"type": "m.room.join_rules", "state_key": "", "content": {"join_rule": "knock"}},)
            history = ({"type": "m.room.history_visibility", "content": {"history_visibility": "invited"}},)
            made = self._client.room_create(
                alias=alias or None, room_version="10", initial_state=(*rules, *history)
            )
            return str(answered(self._call(made)).room_id)

    def contacts(self) -> Contacts:
        """Yield with whom the owner is in a room for two; see `Door`."""
        with speaking(self.account):
            direct = self._call(self._client.list_direct_rooms())
            joined = answered(self._call(self._client.joined_rooms())).rooms
        yield from on_matrix(self.account.address, getattr(direct, "rooms", None) or {}, joined)

    def close(self) -> None:
        """Leave; the device stays."""
        self._end()

    # --- looking ---

    async def _sync(self, since: str, seconds: float) -> Any:
        client = self._client
        client.next_batch = since
        milliseconds = int(1000 * seconds)
        answer = await client.sync(
            timeout=milliseconds, sync_filter=_FILTER, since=since or None, set_presence="offline"
        )
        return answered(answer)

    def _told(self, answer: Any, *, is_first: bool) -> Iterator[Knock | SetAside | OwnWord | str]:
        """Yield asks, what the owner said, what cannot be read, and the keys of what is over."""
        for room, info in answer.rooms.invite.items():
            found = invitation_in(room, info.invite_state, self.account.address)
            if found is not None:
                self._two.pop(room, None)
                yield found
        for room in (*answer.rooms.leave, *answer.rooms.join):
            yield room
        for room, info in answer.rooms.join.items():
            events = [*info.state, *info.timeline.events]
            if any(isinstance(one, nio.RoomMemberEvent) for one in events):
                self._two.pop(room, None)
            if room == self.account.porch:
                yield from self._knocks(room, events)
            elif not is_first:
                yield from self._messages(room, info.timeline.events)

    def _knocks(self, room: str, events: list[Any]) -> Iterator[Knock | SetAside | str]:
        for one in member_changes(room, events):
            yield one if isinstance(one, SetAside) else one[1] or knock_key(room, one[0])

    def _messages(self, room: str, events: list[Any]) -> Iterator[Knock | SetAside | OwnWord]:
        """Yield what is said in rooms for two: the owner went in, so others are no strangers there."""
        for event in events:
            other = self._other_in(room)
            if other is None:
                return
            is_own = event.sender == self.account.address
            found = own_word_in(event, other) if is_own else message_in(room, event, "", is_known=True)
            if found is not None:
                yield found

    def _other_in(self, room: str) -> Address | None:
        """Return the other one in a room for two, who may not have come in yet; `None` for other rooms."""
        if room not in self._two:
            answer = self._call(self._client.room_get_state(room))
            self._two[room] = other_in(getattr(answer, "events", ()), self.account.address)
        return self._two[room]

    # --- doing ---

    async def _do(self, letter: Outgoing, mxid: str) -> Any:
        """Do the deed, say the words; return the server's refusal, if it refused."""
        answer = await self._deed(letter, mxid)
        if not isinstance(answer, nio.ErrorResponse) and letter.text:
            answer = await self._say(letter, mxid)
        return answer if isinstance(answer, nio.ErrorResponse) else None

    async def _deed(self, letter: Outgoing, mxid: str) -> Any:
        client, room = self._client, letter.place
        match letter.knock, letter.deed:
            case KnockKind.INVITATION, Deed.ACCEPT:
                return await client.join(room)
            case KnockKind.INVITATION, Deed.DECLINE:
                return await client.room_leave(room)
            case KnockKind.KNOCK, Deed.ACCEPT:
                return await client.room_invite(room, mxid)
            case KnockKind.KNOCK, Deed.DECLINE:
                return await client.room_kick(room, mxid)
        return None

    async def _say(self, letter: Outgoing, mxid: str) -> Any:
        """Say the words in the room that the two are in, else in a new one for the two."""
        is_inside = letter.knock == KnockKind.MESSAGE or (
            letter.knock == KnockKind.INVITATION and letter.deed is Deed.ACCEPT
        )
        room = letter.place if is_inside else await self._room_with(mxid)
        if isinstance(room, nio.ErrorResponse):
            return room
        content = {"msgtype": "m.text", "body": letter.text}
        return await self._client.room_send(room, "m.room.message", content, tx_id=letter.message_id)

    async def _room_with(self, mxid: str) -> Any:
        """Return the room for the two, by the owner's own list of such rooms; make one where none is."""
        known = await self._client.list_direct_rooms()
        rooms = dict(getattr(known, "rooms", None) or {})
        mine = await self._client.joined_rooms()
        joined = set(getattr(mine, "rooms", ()))
        for room in rooms.get(mxid, ()):
            if room in joined:
                return room
        preset = nio.RoomPreset.trusted_private_chat
        made = await self._client.room_create(is_direct=True, invite=(mxid,), preset=preset)
        if isinstance(made, nio.ErrorResponse):
            return made
        rooms[mxid] = [*rooms.get(mxid, ()), made.room_id]
        await self._remember(rooms)
        return made.room_id

    async def _remember(self, rooms: dict[str, list[str]]) -> None:
        """Write the room into the owner's list, so that every program of theirs finds it."""
        path = f"/_matrix/client/v3/user/{self.account.address}/account_data/m.direct"
        headers = {"Authorization": f"Bearer {self._client.access_token}"}
        async with (
            aiohttp.ClientSession(self._page, headers=headers) as session,
            session.put(path, json=rooms) as answer,
        ):
            await answer.read()

    # --- the wire ---

    def _call(self, work: Any) -> Any:
        return self._loop.call(work, 2 * SECONDS)

    def _end(self) -> None:
        try:
            client = getattr(self, "_client", None)
            if client is not None:
                self._loop.call(client.close(), 5)
        except (*OFFLINE, *GARBLED):
            pass  # whoever does not say good-bye is gone all the same
        finally:
            self._loop.close()
