"""A copy of a notice that can be given away: nobody is in it, and it reads as the original does."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from anlass.intake import (
    ContactRequest,
    Mark,
    Message,
    NoRequest,
    Origin,
    Recipient,
    SetAside,
    Surroundings,
    normalise,
    parse,
)
from anlass.intake.anonymous import Veil, anonymous, veil
from anlass.intake.anonymous.mail import PROVIDER
from anlass.intake.gate.proposing import Saying, propose
from anlass.intake.gate.taught import Recipe
from anlass.intake.guard import guarded
from anlass.intake.parts import tree

_OF_THE_WORDS = frozenset({Mark.HUMAN_MUST_READ, Mark.INTRODUCTION, Mark.CALENDAR, Mark.UNREADABLE})
"""Marks that the requester's own words or an attachment leave; these are not in the copy."""


@dataclass(frozen=True, slots=True)
class Copy:
    """The bytes of a copy, and whether the gate reads it as the original."""

    raw: bytes
    is_read_alike: bool


def anonymous_notice(
    raw: bytes, message: Message, *, recipes: tuple[Recipe, ...], names: Iterable[str]
) -> Copy:
    """Return a copy of a notice without anybody in it; `names` are known beside those in its header."""
    met = _read(message, recipes)
    requester = met.requester.name if isinstance(met, ContactRequest) else propose(message, Saying("x")).name
    note = met.text if isinstance(met, ContactRequest) else ""
    people = [box.name or box.address for box in (*message.to, *message.cc, *message.reply_to)]
    owner = next((box.name for box in message.to if box.name), people[0] if people else "")
    others = (*people, *names, *_shown(message, requester))
    domain = message.sender.address.rpartition("@")[2] if message.sender else "example.com"
    house = ".".join(domain.split(".")[-2:])
    hidden = veil(
        house, requester=requester, owner=owner, others=others, told=(note, *_card(message.text, requester))
    )
    copy = anonymous(message, tree(guarded(raw), set()), hidden, is_proven=True)
    return Copy(copy, _is_alike(met, copy, recipes, hidden))


def _read(message: Message, recipes: tuple[Recipe, ...]) -> ContactRequest | NoRequest:
    """Read a notice as if the owner's provider vouched for it: what it says, not who sent it, is compared."""
    domain = message.sender.address.rpartition("@")[2] if message.sender else ""
    said = f"{PROVIDER}; dmarc=pass header.from={domain}"
    headers = {**message.headers, "authentication-results": (said,)}
    believed = replace(message, headers=headers, trace=(("authentication-results", said),))
    return normalise(believed, Surroundings(frozenset(), Recipient(), frozenset({PROVIDER}), recipes=recipes))


def _is_alike(
    met: ContactRequest | NoRequest, copy: bytes, recipes: tuple[Recipe, ...], hidden: Veil
) -> bool:
    """Tell whether the gate says the same of the copy, with the replaced name and as many words."""
    message = parse(copy, Origin(""))
    if isinstance(message, SetAside):
        return False
    again = _read(message, recipes)
    if isinstance(met, NoRequest) or isinstance(again, NoRequest):
        return isinstance(met, NoRequest) and isinstance(again, NoRequest) and met.rule == again.rule
    return (
        again.channel is met.channel
        and again.requester.name == hidden.text(met.requester.name)
        and (again.requester.address is None) == (met.requester.address is None)
        and len(again.text.split()) == len(met.text.split())
        and again.marks - _OF_THE_WORDS == met.marks - _OF_THE_WORDS
    )


def _shown(message: Message, requester: str) -> tuple[str, ...]:
    """Return the sender's name where it is a person's: the network's own is no secret."""
    name = message.sender.name if message.sender else ""
    return (name.partition(" via ")[0],) if requester and requester in name else ()


def _card(text: str, name: str) -> tuple[str, ...]:
    """Return the lines below the requester's name: a headline, and where somebody works."""
    lines = [line.strip() for line in text.split("\n")]
    found: list[str] = []
    for place, line in enumerate(lines):
        if name and line == name:
            for below in lines[place + 1 : place + 4]:
                if not below or re.search(r"https?://|:$", below):
                    break
                found.append(below)
    return tuple(found)
