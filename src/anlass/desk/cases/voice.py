"""What is said to the owner of what they have just done to cases, and of what cannot be taken back."""

from __future__ import annotations

from datetime import datetime

from anlass.desk.decisions.deciding import Choice
from anlass.desk.voice.common import Lang, at_clock
from anlass.languages import capital

_SAID: dict[Lang, dict[Choice, str]] = {
    "de": {
        Choice.ACCEPTED: "angenommen",
        Choice.ASKED: "nachgefragt",
        Choice.WATCHED: "auf der Merkliste",
        Choice.DECLINED: "abgelehnt mit Nachricht",
        Choice.UNLOCKED: "freigeschaltet",
        Choice.LAPSED: "verfallen gelassen",
    },
    "en": {
        Choice.ACCEPTED: "accepted",
        Choice.ASKED: "asked back",
        Choice.WATCHED: "on the watch list",
        Choice.DECLINED: "declined with a message",
        Choice.UNLOCKED: "unlocked",
        Choice.LAPSED: "let go",
    },
}
SPEAKS = frozenset({Choice.ACCEPTED, Choice.ASKED, Choice.DECLINED, Choice.UNLOCKED})
"""What is said to a case with a letter; the rest is said in silence."""
_CASES: dict[Lang, tuple[str, str]] = {
    "de": ("ein Vorgang", "{count} Vorgänge"),
    "en": ("one case", "{count} cases"),
}
_NOTHING_LEFT: dict[Lang, tuple[str, str]] = {
    "de": (
        "Verschickt ist nichts: Der Brief liegt als Entwurf im Vorgang.",
        "Verschickt ist nichts: Die Briefe liegen als Entwürfe in den Vorgängen.",
    ),
    "en": (
        "Nothing has been sent: the letter lies in the case as a draft.",
        "Nothing has been sent: the letters lie in their cases as drafts.",
    ),
}
_SENTENCES: dict[Lang, dict[str, str]] = {
    "de": {
        "gone": "Diesen Vorgang gibt es nicht mehr.",
        "blocked": "Du hast diese Person gesperrt. Hebe die Sperre auf, dann entscheide.",
        "moved": "Inzwischen hat sich dieser Vorgang geändert. Sieh ihn noch einmal an und entscheide dann.",
        "decided": "Inzwischen ist schon entschieden: {said}. Dabei ist es geblieben.",
        "stood": "Das stand schon so da.",
        "none": "Kreuze erst an, worüber du entscheidest.",
        "no_card": "Du hast noch keine Visitenkarte, die sich zeigen ließe. Lege zuerst eine an.",
        "left": "Der Brief ging {when} hinaus. Das lässt sich nicht zurückholen; die Entscheidung bleibt.",
        "leaving": "Der Brief geht gerade hinaus. Das lässt sich nicht mehr zurückholen.",
        "undone": "Das ist schon zurückgenommen.",
        "since": "Inzwischen ist anders entschieden. Das bleibt stehen.",
        "unknown": "Davon weiß das Protokoll nichts, oder es lässt sich nicht zurücknehmen.",
        "nothing": "Es gibt nichts, das sich zurücknehmen ließe.",
        "waits": "Der Brief geht {when} hinaus.",
        "draft": "Der Brief liegt noch als Entwurf da.",
        "back": "Zurückgenommen: {what}.",
        "did": "Was du {when} getan hast: {what}.",
        "release": "Brief freigegeben",
        "teach": "etwas gelehrt",
        "reword": "Brief umgeschrieben",
    },
    "en": {
        "gone": "This case is no longer there.",
        "blocked": "You blocked this person. Lift the block, then decide.",
        "moved": "This case has changed meanwhile. Look at it again, and decide then.",
        "decided": "It has been decided meanwhile: {said}. That stands.",
        "stood": "It stood like that already.",
        "none": "First tick what you decide on.",
        "no_card": "You have no card yet that could be shown. Make one first.",
        "left": "The letter left {when}. It cannot be called back, and the decision stands.",
        "leaving": "The letter is leaving now. It cannot be called back any more.",
        "undone": "That has been taken back already.",
        "since": "Something else has been decided meanwhile. That stands.",
        "unknown": "The journal does not know of that, or it cannot be taken back.",
        "nothing": "There is nothing that could be taken back.",
        "waits": "The letter leaves {when}.",
        "draft": "The letter is still a draft.",
        "back": "Taken back: {what}.",
        "did": "What you did {when}: {what}.",
        "release": "letter released",
        "teach": "something taught",
        "reword": "letter reworded",
    },
}


def said_word(choice: Choice, lang: Lang) -> str:
    """Return what the owner said to a case, in two words or three."""
    return _SAID[lang][choice]


def decided_says(choice: Choice, count: int, lang: Lang, *, name: str = "") -> str:
    """Say what was decided, on one case by its name or on many, and whether anything left the house."""
    what = name if count == 1 and name else _counted(count, lang)
    said = said_word(choice, lang)
    sentence = f"{what}: {said}."
    many = int(count > 1)
    return capital(sentence) + (f" {_NOTHING_LEFT[lang][many]}" if choice in SPEAKS and count else "")


def act_says(kind: str, choice: Choice | None, count: int, lang: Lang, *, name: str = "") -> str:
    """Name an act for the list of what was done."""
    what = said_word(choice, lang) if choice else _SENTENCES[lang][kind]
    return f"{name if count == 1 and name else _counted(count, lang)}: {what}"


def did_says(what: str, when: datetime, now: datetime, lang: Lang) -> str:
    """Say what the owner did to a case last, below everything that led to it."""
    return sentence("did", lang, what=what, when=at_clock(when, now, lang))


def back_says(what: str, lang: Lang) -> str:
    """Say what was taken back."""
    return _SENTENCES[lang]["back"].format(what=what)


def sentence(which: str, lang: Lang, **said: str) -> str:
    """Return one of the sentences on what could not be done."""
    return _SENTENCES[lang][which].format(**said)


def left_says(when: datetime, now: datetime, lang: Lang) -> str:
    """Say that a letter has left, and when."""
    return sentence("left", lang, when=at_clock(when, now, lang))


def letter_says(when: datetime, now: datetime, lang: Lang) -> str:
    """Say that a letter waits to leave, and when it does."""
    return sentence("waits", lang, when=at_clock(when, now, lang))


def draft_says(lang: Lang) -> str:
    """Say that a letter waits for the owner."""
    return sentence("draft", lang)


def _counted(count: int, lang: Lang) -> str:
    one, many = _CASES[lang]
    return one if count == 1 else many.format(count=count)
