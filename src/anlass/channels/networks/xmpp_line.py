"""The line to an XMPP server, as one more program of the owner's.

The house comes as one more program of the owner's, with a priority below zero: no server hands it a message
that an other program of the owner's would have got. Messages are read from the archive (XEP-0313), so what
came while nobody was there is found. What leaves passes a guard: to strangers nothing goes out but what a
letter says, not even a polite error.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Callable, Coroutine
from contextlib import ExitStack
from typing import Any, TypeVar

from slixmpp import ClientXMPP
from slixmpp.exceptions import IqError
from slixmpp.jid import JID
from slixmpp.stanza import Iq, Message, Presence
from slixmpp.xmlstream import StanzaBase
from slixmpp.xmlstream.xmlstream import NotConnectedError

from anlass.channels.networks.account import NetworkAccount, host_and_port
from anlass.channels.networks.door import MOST_KNOCKS, Looked, OwnWord
from anlass.channels.networks.lists import HELD
from anlass.channels.networks.xmpp_opening import Opening
from anlass.channels.networks.xmpp_reading import Archived, archived, asked, message_in, own_word_in
from anlass.intake.knock import Knock
from anlass.intake.message import SetAside
from anlass.people.handles import xmpp_address
from anlass.replies.outgoing import Deed, Outgoing
from anlass.wires.trouble import Trouble, WireError, trouble_of

T = TypeVar("T")
SECONDS = 30
_PAGE = 100
_PORT = 5222
_AWAY = "xa"
_PRIORITY = -1
# The library logs what it cannot read, words of strangers among it.
logging.getLogger("slixmpp").addHandler(logging.NullHandler())
logging.getLogger("slixmpp").propagate = False


async def opened(account: NetworkAccount, secret: str) -> Line:
    """Log in and be seen by the server; raises `WireError`."""
    line = Line(account, secret)
    with ExitStack() as half_open:
        half_open.callback(line.abort)
        await line.begin()
        half_open.pop_all()
    return line


class Line(ClientXMPP):
    """One program of the owner's more; everything here runs in the loop of whoever opened it."""

    def __init__(self, account: NetworkAccount, secret: str) -> None:
        super().__init__(account.address, secret, plugin_config=_config(account))
        self.loop = asyncio.get_running_loop()
        self.account = account
        self.auto_authorize, self.auto_subscribe = None, False
        self.news = asyncio.Event()
        self._gone = asyncio.Event()
        self._has_archive = False
        self._pending: dict[str, Knock] = {}
        self._ended: list[str] = []
        self._live: list[Archived] = []
        self._errors: dict[str, str] = {}
        self._let_out: set[str] = set()
        self._opening = Opening(self.loop)
        self._set_shut()
        for name in ("xep_0030", "xep_0199", "xep_0059", "xep_0280", "xep_0313"):
            self.register_plugin(name)
        self.add_filter("out", self._guarded)
        self._listen()

    def _set_shut(self) -> None:
        is_shut = self.account.security == "tls"
        self.enable_starttls, self.enable_direct_tls, self.enable_plaintext = is_shut, is_shut, not is_shut
        self.ssl_context = ssl.create_default_context()

    def _listen(self) -> None:
        opening = self._opening
        hear: dict[str, Callable[[Any], None]] = {
            "session_start": lambda _: opening.settle(None),
            "failed_all_auth": lambda _: opening.settle(self._why_not_in()),
            "ssl_invalid_chain": lambda error: opening.settle(trouble_of(error)),
            "connection_failed": opening.unreached,
            "reconnect_delay": lambda _: opening.ends(),
            "disconnected": lambda _: self._lost(),
            "presence_subscribe": self._asked,
            "presence_unsubscribe": self._withdrawn,
            "roster_update": lambda _: self._answered_elsewhere(),
            "message": self._heard,
            "carbon_received": lambda said: self._heard(said["carbon_received"]),
            "carbon_sent": lambda said: self._heard(said["carbon_sent"]),
            "message_error": self._turned_back,
        }
        for event, ear in hear.items():
            self.add_event_handler(event, ear)

    # --- coming and going ---

    @property
    def is_gone(self) -> bool:
        """Whether the line to the server broke."""
        return self._gone.is_set()

    async def begin(self) -> None:
        """Connect, log in, ask for the lists, and be there."""
        host, port = host_and_port(self.account.server, _PORT) if self.account.server else (None, None)
        self.connect(host, port)
        trouble = await self._opening.outcome
        self.cancel_connection_attempt()
        if trouble is not None:
            raise WireError("The XMPP server lets nobody in.", where=self.account.house, trouble=trouble)
        await self.get_roster()
        info = await self.plugin["xep_0030"].get_info(jid=JID(self.boundjid.bare), timeout=SECONDS)
        self._has_archive = "urn:xmpp:mam:2" in info["disco_info"]["features"]
        server = await self.plugin["xep_0030"].get_info(jid=JID(self.boundjid.host), timeout=SECONDS)
        if "urn:xmpp:carbons:2" in server["disco_info"]["features"]:
            await self.plugin["xep_0280"].enable()
        self.send_presence(pshow=_AWAY, ppriority=_PRIORITY)
        await self._fence()

    async def leave(self) -> None:
        """Say good-bye."""
        if not self.is_gone:
            await self.disconnect(wait=1)

    async def while_there(self, work: Coroutine[Any, Any, T]) -> T:
        """Do something; raises `NotConnectedError` as soon as the server is gone, and waits for nothing."""
        task, gone = asyncio.ensure_future(work), asyncio.ensure_future(self._gone.wait())
        await asyncio.wait((task, gone), return_when=asyncio.FIRST_COMPLETED)
        gone.cancel()
        if task.done():
            return task.result()
        task.cancel()
        raise NotConnectedError

    def _why_not_in(self) -> Trouble:
        """Tell a password that is not taken from a server to which none may be said."""
        return Trouble.PASSWORD if self.plugin["feature_mechanisms"].attempted_mechs else Trouble.NO_TLS

    def _lost(self) -> None:
        self._gone.set()
        self._opening.breaks()
        self.news.set()

    # --- hearing ---

    def _asked(self, presence: Presence) -> None:
        knock = asked(presence)
        if knock is not None and len(self._pending) < MOST_KNOCKS:
            self._pending.setdefault(knock.key, knock)
            self.news.set()

    def _withdrawn(self, presence: Presence) -> None:
        address = xmpp_address(str(presence["from"]))
        if address is not None:
            self._end(address.value)

    def _answered_elsewhere(self) -> None:
        """Hear from the list whom another program of the owner's has let in."""
        for jid in list(self._pending):
            if self.client_roster[jid]["from"]:
                self._end(jid)

    def _end(self, jid: str) -> None:
        self._pending.pop(jid, None)
        self._ended.append(jid)
        self.news.set()

    def _heard(self, message: Message) -> None:
        """Hear that a message came; with an archive it is read there, in its order."""
        if not self._has_archive and len(self._live) < MOST_KNOCKS:
            self._live.append(Archived("", message, None))
        self.news.set()

    def _turned_back(self, message: Message) -> None:
        self._errors[str(message["id"])] = str(message["error"]["condition"])[:100]

    # --- looking ---

    async def look(self, mark: str) -> Looked:
        """Tell what asks, and what came since `mark`."""
        self.news.clear()
        await self._fence()
        found, after = await self._archive(mark) if self._has_archive else (self._live, mark)
        self._live = []
        me = self.boundjid.bare
        told = [own_word_in(one, me) or message_in(one, self._is_stranger(one)) for one in found]
        ended, self._ended = tuple(dict.fromkeys(self._ended)), []
        return Looked(
            after,
            (*self._pending.values(), *(one for one in told if isinstance(one, Knock))),
            ended,
            set_aside=tuple(one for one in told if isinstance(one, SetAside)),
            own=tuple(one for one in told if isinstance(one, OwnWord)),
        )

    async def _archive(self, mark: str) -> tuple[list[Archived], str]:
        """Return what the archive holds behind a mark, and the new mark; at first nothing but that."""
        if not mark:
            last = await self.plugin["xep_0313"].retrieve(rsm={"before": "", "max": 1}, timeout=SECONDS)
            return [], str(last["mam_fin"]["rsm"]["last"] or "") or "none"
        found: list[Archived] = []
        while len(found) < MOST_KNOCKS:
            rsm = {"max": _PAGE, **({} if mark == "none" else {"after": mark})}
            try:
                page = await self.plugin["xep_0313"].retrieve(rsm=rsm, timeout=SECONDS)
            except IqError:
                # The archive holds no longer what the mark names: its newest page is gone through again.
                page = await self.plugin["xep_0313"].retrieve(
                    rsm={"before": "", "max": _PAGE}, timeout=SECONDS
                )
            found += archived(page["mam"]["results"])
            mark = str(page["mam_fin"]["rsm"]["last"] or "") or mark
            if page["mam_fin"]["complete"] or not page["mam_fin"]["rsm"]["last"]:
                break
        return found, mark

    def _is_stranger(self, one: Archived) -> bool:
        """Tell whether a message is of somebody who is on no list of the owner's, and of a person."""
        address = xmpp_address(str(one.message["from"]))
        if address is None or address.value == self.boundjid.bare:
            return False
        is_listed = address.value in self.client_roster
        return not is_listed or self.client_roster[address.value]["subscription"] not in HELD

    async def listed(self) -> list[tuple[str, str, str]]:
        """Return whom the owner's list names, how, and who sees whom."""
        rows = [(jid, self.client_roster[jid]) for jid in list(self.client_roster)]
        return [(jid, str(item["name"] or ""), str(item["subscription"])) for jid, item in rows]

    # --- saying ---

    async def say(self, letter: Outgoing, jid: str) -> str:
        """Do the deed and say the words; return what the server has against it, "" where nothing."""
        if letter.deed is not Deed.SAY:
            self._let_out.add(jid)
            self.send_presence(pto=jid, ptype="subscribed" if letter.deed is Deed.ACCEPT else "unsubscribed")
            self._pending.pop(jid, None)
        if letter.text:
            self._let_out.add(jid)
            message = self.make_message(mto=jid, mbody=letter.text, mtype="chat")
            message["id"] = letter.message_id
            message.send()
        await self._fence()
        self._let_out.discard(jid)
        return self._errors.pop(letter.message_id, "")

    async def _fence(self) -> None:
        """Come back when the server has seen all that was said, and has said all that it had to."""
        await self.plugin["xep_0199"].ping(JID(self.boundjid.host), timeout=SECONDS)
        await self.waiting_queue.join()

    def _guarded(self, stanza: StanzaBase) -> StanzaBase | None:
        """Let out what goes to the owner's own server, and to others what a letter says."""
        if not isinstance(stanza, Iq | Message | Presence):
            return stanza
        to = stanza["to"]
        if not to.bare:
            is_odd = isinstance(stanza, Presence) and stanza["type"] not in (
                "available",
                _AWAY,
                "unavailable",
            )
            return None if is_odd else stanza
        if to.bare in (self.boundjid.bare, self.boundjid.host):
            return stanza
        is_said = isinstance(stanza, Message | Presence) and to.bare in self._let_out
        return stanza if is_said else None


def _config(account: NetworkAccount) -> dict[str, dict[str, Any]]:
    is_open = account.security == "none"
    return {"feature_mechanisms": {"unencrypted_plain": is_open, "unencrypted_scram": is_open}}
