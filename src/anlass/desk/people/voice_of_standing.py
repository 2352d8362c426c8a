"""What is said to the owner of what persons are to them. None of it is an outward word."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from anlass.desk.voice.common import Lang, day_and_month, ended
from anlass.ledger.watch import WakeKind
from anlass.people import Standing
from anlass.people.standing import StandingBy

if TYPE_CHECKING:
    from anlass.desk.people.standing import Stands
    from anlass.desk.people.watch_list import Watched

_STANDINGS: dict[Lang, dict[Standing, str]] = {
    "de": {
        Standing.STRANGER: "Für dich noch niemand Bekanntes.",
        Standing.WATCHED: "Steht auf deiner Merkliste.",
        Standing.IN_TOUCH: "Ihr seid in Verbindung.",
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
        StandingBy.OWNER: "Du hast es am {day} gesagt{reason}",
        StandingBy.EVIDENCE: "Von selbst am {day}, nach der Regel „{why}“.",
    },
    "en": {
        StandingBy.OWNER: "You said so on {day}{reason}",
        StandingBy.EVIDENCE: "By itself on {day}, by the rule “{why}”.",
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


def standing_says(one: Stands, now: datetime, lang: Lang) -> str:
    """Say what a person is to the owner, by whose word and why."""
    says, word = _STANDINGS[lang][one.standing], one.word
    if word is None:
        return says
    why = word.why_de or word.why if lang == "de" else word.why
    reason = f": {_quoted(word.why, lang)}" if word.why else ""
    by = _BY[lang][word.by].format(day=day_and_month(word.said_at, now, lang), why=why, reason=reason)
    return f"{says} {ended(by)}"


def watch_says(one: Watched, now: datetime, lang: Lang) -> str:
    """Say what woke an entry, why it is there, since when and until when."""
    since, until, by_rule = _WATCHES[lang]
    entry = one.entry
    clock = since.format(since=day_and_month(entry.since, now, lang))
    clock += f" {by_rule}" if one.by_rule else ""
    clock += until.format(until=day_and_month(entry.until, now, lang)) if entry.until else ""
    woke = _WAKES[lang][one.wake.kind].format(day=day_and_month(one.wake.when, now, lang)) if one.wake else ""
    why = ended(entry.why if one.by_rule or not entry.why else _quoted(entry.why, lang))
    return " ".join(part for part in (woke, why, f"{clock}.") if part)


def _quoted(text: str, lang: Lang) -> str:
    """Return words of the owner's in quotation marks, so that none of the program's run into them."""
    words = text.removesuffix(".")
    return f"„{words}“" if lang == "de" else f"“{words}”"
