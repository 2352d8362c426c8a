"""What asks at the doors of chat networks, what can be said there, and what the other side would see.

Doing nothing declines, and nobody sees it. What would show a decline is told apart and named first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from anlass.desk.accounts.networks import network_accounts
from anlass.desk.accounts.voice_of_networks import door_goes, door_trouble
from anlass.desk.cases.inbox import Line, line_of
from anlass.desk.outgoing.at_doors import ask_of, they_see
from anlass.desk.voice.common import Lang, spoken
from anlass.errors import NotFound
from anlass.intake import Channel
from anlass.intake.knock import NETWORKS, KnockKind
from anlass.policy.labels import CHANNELS
from anlass.replies.outgoing import Deed
from anlass.replies.seen import SILENT, can_decline, sees
from anlass.store.accounts.mail import Watch
from anlass.store.accounts.networks import SeenKnock
from anlass.store.book import Book, CaseState, KeptCase
from anlass.store.outgoing.outbox import LIVE


@dataclass(frozen=True, slots=True)
class AtNetwork:
    """What can be done to a case where it came in: what the other side sees of each; "" for what cannot be.

    `says` is what they see if the draft goes now, `silent` what they see if nothing is done.
    """

    network: str
    says: str
    silent: str
    yes: str = ""
    no: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """One thing that asks at a door: its case as a line, the account it asks at, what they see of a yes."""

    line: Line
    account: str
    says: str


@dataclass(frozen=True, slots=True)
class Connected:
    """One account on a chat network, and how it goes with it, in words."""

    network: str
    address: str
    says: str
    is_well: bool


def at_network(book: Book, kept: KeptCase, lang: Lang) -> AtNetwork | None:
    """Return what can be done to a case where it came in; `None` where that was no chat network."""
    channel = kept.case.request.channel
    ask = ask_of(book, kept.id) if channel in NETWORKS else None
    if ask is None or kept.state is CaseState.BLOCKED:
        return None
    says, silent = they_see(book, kept.id, lang), SILENT.in_(lang)
    here = AtNetwork(CHANNELS[channel].in_(lang), says, silent)
    if not _can_be_answered(book, kept, ask):
        return here
    yes, no = (sees(ask.kind, deed).in_(lang) for deed in (Deed.ACCEPT, Deed.DECLINE))
    return AtNetwork(here.network, says, silent, yes, no)


def asking(book: Book, *, now: datetime, lang: Lang) -> tuple[Asking, ...]:
    """Return what asks at all doors now, account by account, the oldest first; of the blocked, nothing."""
    found = []
    for account in network_accounts(book):
        for ask in book.networks.open_asks(account.name):
            kept = _case_of(book, ask)
            if kept is not None and kept.state is not CaseState.BLOCKED:
                says = sees(ask.kind, Deed.ACCEPT).in_(lang)
                found.append(Asking(line_of(kept, now, lang), account.address, says))
    return tuple(found)


def connected(book: Book, *, now: datetime, lang: Lang) -> tuple[Connected, ...]:
    """Return the accounts on chat networks, and how it goes with each."""
    states = {state.account: state for state in book.networks.states()}
    found = []
    for account in network_accounts(book):
        state = states.get(account.name)
        is_troubled = state is not None and state.watch is Watch.TROUBLED
        if state is not None and is_troubled:
            says = door_trouble(state.trouble, account.name, account.house, lang)
        else:
            word = state.watch if state else ""
            when = spoken(state.looked_at or state.seen_at, now, lang) if state else ""
            says = door_goes(word, when, lang)
        network = CHANNELS[Channel(account.channel)].in_(lang)
        found.append(Connected(network, account.address, says, not is_troubled))
    return tuple(found)


def _can_be_answered(book: Book, kept: KeptCase, ask: SeenKnock) -> bool:
    """Tell whether something is open there that can be let in or turned down, and no letter says so yet."""
    is_open = ask.is_open and ask.kind is not KnockKind.MESSAGE and can_decline(ask.kind)
    return is_open and not any(one.state in LIVE for one in book.outbox.of_request(kept.id))


def _case_of(book: Book, ask: SeenKnock) -> KeptCase | None:
    try:
        return book.case(ask.request) if ask.request else None
    except NotFound:
        return None
