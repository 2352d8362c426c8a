"""What is said to the owner of cards and grants. None of it is an outward word."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from anlass.cards import GrantEnd, Occasion
from anlass.desk.voice.common import Lang, day_and_month, ended

if TYPE_CHECKING:
    from anlass.desk.cards.granting import Given
    from anlass.desk.cards.own import Changed
    from anlass.desk.cards.unlocking import Unlock

_ENDS: dict[Lang, dict[GrantEnd, str]] = {
    "de": {
        GrantEnd.TO_COME: "Kann ab dem {since} die Karte „{card}“ bis zur Stufe „{tier}“ sehen{until}.",
        GrantEnd.HOLDS: "Kann seit dem {since} die Karte „{card}“ bis zur Stufe „{tier}“ sehen{until}.",
        GrantEnd.OVER: "Konnte vom {since} an die Karte „{card}“ bis zur Stufe „{tier}“ sehen{until}.",
        GrantEnd.REVOKED: "Konnte vom {since} an die Karte „{card}“ bis zur Stufe „{tier}“ sehen. "
        "Am {revoked} zurückgenommen.",
    },
    "en": {
        GrantEnd.TO_COME: "Can see the card “{card}” up to the tier “{tier}” from {since}{until}.",
        GrantEnd.HOLDS: "May see the card “{card}” up to the tier “{tier}”, since {since}{until}.",
        GrantEnd.OVER: "Could see the card “{card}” up to the tier “{tier}” from {since}{until}.",
        GrantEnd.REVOKED: "Could see the card “{card}” up to the tier “{tier}” from {since}. "
        "Taken back on {revoked}.",
    },
}
_UNTIL: dict[Lang, str] = {"de": ", bis zum {day}", "en": " until {day}"}
_OCCASIONS: dict[Lang, dict[Occasion, str]] = {
    "de": {
        Occasion.ASKING: " Gegeben mit deiner Frage.",
        Occasion.ANSWERING: " Gegeben mit deiner Antwort.",
        Occasion.LATER: "",
        Occasion.HANDED_OUT: " Für alle, die den Link in der Hand haben.",
    },
    "en": {
        Occasion.ASKING: " Given with your question.",
        Occasion.ANSWERING: " Given with your answer.",
        Occasion.LATER: "",
        Occasion.HANDED_OUT: " For whoever holds the link.",
    },
}
_TAKEN: dict[Lang, tuple[str, str, str]] = {
    "de": ("Deine Karten gelten jetzt so.", "{count} neu in „{tier}“", "{count} weniger in „{tier}“"),
    "en": ("Your cards hold like this now.", "{count} new in “{tier}”", "{count} fewer in “{tier}”"),
}
_UNLOCKS: dict[Lang, tuple[str, str]] = {
    "de": (
        "Du hast noch keine Karte, die sich freischalten ließe.",
        "Mit diesem Brief ginge ein Link auf die Karte „{card}“ bis zur Stufe „{tier}“.",
    ),
    "en": (
        "You have no card yet that could be unlocked.",
        "With this letter would go a link to the card “{card}” up to the tier “{tier}”.",
    ),
}
_SAME: dict[Lang, str] = {"de": "Es gilt schon so.", "en": "It holds like this already."}


def grant_says(one: Given, now: datetime, lang: Lang) -> str:
    """Say what somebody could see since when; nothing is known of who looked."""
    grant = one.grant
    until = _UNTIL[lang].format(day=day_and_month(grant.until, now, lang)) if grant.until else ""
    says = _ENDS[lang][one.end].format(
        since=day_and_month(grant.since, now, lang),
        card=grant.card,
        tier=grant.tier,
        until=until,
        revoked=day_and_month(grant.revoked_at, now, lang) if grant.revoked_at else "",
    )
    return says + _OCCASIONS[lang][grant.occasion]


def unlock_says(unlock: Unlock | None, now: datetime, lang: Lang) -> str:
    """Say what the letter that unlocks would open, or has opened."""
    if unlock is None:
        return _UNLOCKS[lang][0]
    if unlock.given is not None:
        return grant_says(unlock.given, now, lang)
    return _UNLOCKS[lang][1].format(card=unlock.card, tier=unlock.tier)


def taken_in_says(changed: Changed, lang: Lang) -> str:
    """Say what taking in the cards changed, tier by tier."""
    if not changed.is_new:
        return _SAME[lang]
    head, came, went = _TAKEN[lang]
    told = [came.format(count=count, tier=tier) for tier, count in changed.came.items()]
    told += [went.format(count=count, tier=tier) for tier, count in changed.went.items()]
    return f"{head} {ended(', '.join(told))}".strip()
