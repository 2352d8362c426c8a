"""Cards: the owner's contact options in ordered tiers, and what of them is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from anlass.cards.option import ContactOption, OptionKind, target

TIERS = ("card", "business", "direct", "private")
"""The tiers there are where the owner names none, from little to much."""

MAIN = "main"
"""The card there is where the owner names none."""


@dataclass(frozen=True, slots=True)
class Card:
    """One of the owner's cards: its `name` in files and commands, and what stands on it beside the options.

    What is "" here is taken from what all cards have in common.
    """

    name: str
    title: str = ""
    organisation: str = ""
    role: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cards:
    """All that the owner could show. `tiers` are ordered, from little to much.

    `address` is where the pages of cards are reached from outside ("https://..."), "" while nowhere.
    `unlock` is the tier that the action of that name opens. `uid` names the owner in address books, a
    UUID that tells nothing.
    """

    name: str
    common: Card = Card(MAIN)
    cards: tuple[Card, ...] = (Card(MAIN),)
    options: tuple[ContactOption, ...] = ()
    tiers: tuple[str, ...] = TIERS
    topics: tuple[str, ...] = ()
    lang: str = "de"
    address: str = ""
    unlock: str = "business"
    uid: str = ""

    def card(self, name: str) -> Card | None:
        """Return the card of this name."""
        return next((one for one in self.cards if one.name == name), None)


@dataclass(frozen=True, slots=True)
class ShownOption:
    """One line as somebody sees it; `target` is "" where a click leads nowhere."""

    kind: OptionKind
    value: str
    target: str
    place: str
    label: str


@dataclass(frozen=True, slots=True)
class ShownCard:
    """What one person may see at one instant, and nothing beside it.

    `until` is when that ends, `None` where no end is set; `since` when it began. `uid` is the same on
    every card of the owner, so that address books renew an entry; it tells nothing about anybody.
    """

    name: str
    organisation: str
    role: str
    note: str
    topics: tuple[str, ...]
    lang: str
    options: tuple[ShownOption, ...]
    uid: str
    since: datetime
    until: datetime | None


def shown(
    cards: Cards, card: str, tier: str, *, since: datetime, until: datetime | None = None
) -> ShownCard | None:
    """Return a card as far as a tier goes; `None` where there is no such card or tier any more."""
    face = cards.card(card)
    if face is None or tier not in cards.tiers:
        return None
    seen = cards.tiers[: cards.tiers.index(tier) + 1]
    options = tuple(
        ShownOption(one.kind, one.value, target(one.kind, one.value), one.place, one.label)
        for one in cards.options
        if one.tier in seen and (not one.cards or card in one.cards)
    )
    common = cards.common
    return ShownCard(
        name=cards.name,
        organisation=face.organisation or common.organisation,
        role=face.role or common.role,
        note=face.note or common.note,
        topics=cards.topics,
        lang=cards.lang,
        options=options,
        uid=cards.uid,
        since=since,
        until=until,
    )
