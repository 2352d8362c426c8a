"""What is said to the owner of cards, grants, standing and the watch list. None of it is an outward word."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from anlass.cards import GrantEnd, Occasion
from anlass.desk.voice import Lang, day_and_month
from anlass.ledger.watch import WakeKind
from anlass.people import Standing
from anlass.people.standing import StandingBy

if TYPE_CHECKING:
    from anlass.desk.cards import Changed
    from anlass.desk.granting import Given
    from anlass.desk.standing import Stands
    from anlass.desk.unlocking import Unlock
    from anlass.desk.watch_list import Watched

_STANDINGS: dict[Lang, dict[Standing, str]] = {
    "de": {
        Standing.STRANGER: "Für dich noch niemand Bekanntes.",
        Standing.WATCHED: "Steht auf deiner Merkliste.",
        Standing.IN_TOUCH: "Ihr seid im Austausch.",
        Standing.CONTACT: "Gehört zu deinen Kontakten.",
        Standing.VOUCHED_FOR: "Für diesen Menschen bürgst du.",
        Standing.INNER_CIRCLE: "Gehört zum engen Kreis.",
    },
    "en": {
        Standing.STRANGER: "Nobody you know yet.",
        Standing.WATCHED: "Is on your watch list.",
        Standing.IN_TOUCH: "You are in touch.",
        Standing.CONTACT: "Is a contact of yours.",
        Standing.VOUCHED_FOR: "You vouch for them.",
        Standing.INNER_CIRCLE: "Belongs to the inner circle.",
    },
}
_BY: dict[Lang, dict[StandingBy, str]] = {
    "de": {
        StandingBy.OWNER: "Du hast es am {day} gesagt.",
        StandingBy.EVIDENCE: "Von selbst am {day}, nach der Regel „{why}“.",
    },
    "en": {
        StandingBy.OWNER: "You said so on {day}.",
        StandingBy.EVIDENCE: "By itself on {day}, by the rule “{why}”.",
    },
}
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
_WAKES: dict[Lang, dict[WakeKind, str]] = {
    "de": {
        WakeKind.WROTE: "Hat am {day} geschrieben, und es stand etwas darin.",
        WakeKind.INTRODUCED: "Wurde dir am {day} vorgestellt.",
        WakeKind.MET: "Ihr habt euch am {day} getroffen.",
        WakeKind.TIME: "Die Zeit war am {day} um.",
    },
    "en": {
        WakeKind.WROTE: "Wrote on {day}, and there was something in it.",
        WakeKind.INTRODUCED: "Was introduced to you on {day}.",
        WakeKind.MET: "You met on {day}.",
        WakeKind.TIME: "The time was up on {day}.",
    },
}
_WATCHES: dict[Lang, tuple[str, str, str]] = {
    "de": ("Gemerkt am {since}", ", bis zum {until}", "nach deiner Hausordnung"),
    "en": ("Noted on {since}", ", until {until}", "by your house rules"),
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


def standing_says(one: Stands, now: datetime, lang: Lang) -> str:
    """Say what a person is to the owner, by whose word and why."""
    says, word = _STANDINGS[lang][one.standing], one.word
    if word is None:
        return says
    why = word.why_de or word.why if lang == "de" else word.why
    by = _BY[lang][word.by].format(day=day_and_month(word.said_at, now, lang), why=why)
    reason = f" {_sentence(word.why)}" if word.by is StandingBy.OWNER and word.why else ""
    return f"{says} {by}{reason}"


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


def watch_says(one: Watched, now: datetime, lang: Lang) -> str:
    """Say what woke an entry, why it is there, since when and until when."""
    since, until, by_rule = _WATCHES[lang]
    entry = one.entry
    clock = since.format(since=day_and_month(entry.since, now, lang))
    clock += f" {by_rule}" if one.by_rule else ""
    clock += until.format(until=day_and_month(entry.until, now, lang)) if entry.until else ""
    woke = _WAKES[lang][one.wake.kind].format(day=day_and_month(one.wake.when, now, lang)) if one.wake else ""
    return " ".join(part for part in (woke, _sentence(entry.why), f"{clock}.") if part)


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
    return f"{head} {_sentence(', '.join(told))}".strip()


def _sentence(text: str) -> str:
    return text if not text or text[-1] in ".!?…" else f"{text}."
