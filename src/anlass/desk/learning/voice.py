"""How the owner's lessons are spoken of: German and English, each written for itself."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from anlass.desk.voice.common import Lang
from anlass.litmus import FindingKind, Question, Verdict
from anlass.litmus.lessons import LONGEST
from anlass.policy.labels import FINDINGS, QUESTIONS

_QUESTIONS = {question.value for question in Question}


class WhyNot(StrEnum):
    """Why something cannot be learned."""

    NO_WORDS = "no_words"
    TOO_LONG = "too_long"
    TOO_FEW = "too_few"
    NOT_THERE = "not_there"
    NO_TASTE = "no_taste"


_REFUSALS: dict[Lang, dict[WhyNot, str]] = {
    "de": {
        WhyNot.NO_WORDS: "Dazu braucht es Worte aus dem Brief.",
        WhyNot.TOO_LONG: f"Das ist zu lang. Ein, zwei Sätze genügen, höchstens {LONGEST} Zeichen.",
        WhyNot.TOO_FEW: "Das ist zu kurz. Eine Antwort hat mindestens drei Worte.",
        WhyNot.NOT_THERE: "Diese Worte stehen nicht in dem Brief.",
        WhyNot.NO_TASTE: "Was das Programm lenken will, bleibt markiert. Daran rührt keine Lektion.",
    },
    "en": {
        WhyNot.NO_WORDS: "This takes words from the letter.",
        WhyNot.TOO_LONG: f"That is too long. A sentence or two will do, {LONGEST} characters at most.",
        WhyNot.TOO_FEW: "That is too short. An answer has at least three words.",
        WhyNot.NOT_THERE: "These words do not stand in the letter.",
        WhyNot.NO_TASTE: "What is meant to steer the program stays marked. No lesson changes that.",
    },
}
_NUMBERS: dict[Lang, tuple[str, ...]] = {
    "de": ("", "einem", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht"),
    "en": ("", "a", "two", "three", "four", "five", "six", "seven", "eight"),
}
_OF_ONE: dict[Lang, dict[Verdict, str]] = {
    "de": {
        Verdict.REASON: "er habe einen Anlass",
        Verdict.ASK: "ihm fehle der Anlass",
        Verdict.HOLLOW: "er sei hohl",
    },
    "en": {
        Verdict.REASON: "it has a reason",
        Verdict.ASK: "its reason is missing",
        Verdict.HOLLOW: "it is hollow",
    },
}
_OF_MANY: dict[Lang, dict[Verdict, str]] = {
    "de": {
        Verdict.REASON: "sie hätten einen Anlass",
        Verdict.ASK: "ihnen fehle der Anlass",
        Verdict.HOLLOW: "sie seien hohl",
    },
    "en": {
        Verdict.REASON: "they have a reason",
        Verdict.ASK: "their reason is missing",
        Verdict.HOLLOW: "they are hollow",
    },
}
_FOR_YOU: dict[Lang, dict[Verdict, str]] = {
    "de": {
        Verdict.REASON: "Für dich hat dieser Brief einen Anlass.",
        Verdict.ASK: "Für dich fehlt hier der Anlass.",
        Verdict.HOLLOW: "Für dich ist dieser Brief hohl.",
    },
    "en": {
        Verdict.REASON: "To you, this letter has a reason.",
        Verdict.ASK: "To you, the reason is missing here.",
        Verdict.HOLLOW: "To you, this letter is hollow.",
    },
}
_OTHERWISE: dict[Lang, dict[Verdict, str]] = {
    "de": {
        Verdict.REASON: "Sonst hieße es: mit Anlass.",
        Verdict.ASK: "Sonst hieße es: Anlass fehlt.",
        Verdict.HOLLOW: "Sonst hieße es: hohl.",
    },
    "en": {
        Verdict.REASON: "Otherwise it would read: with a reason.",
        Verdict.ASK: "Otherwise it would read: reason missing.",
        Verdict.HOLLOW: "Otherwise it would read: hollow.",
    },
}
K = FindingKind
_WORDS: dict[Lang, dict[FindingKind, tuple[str, str]]] = {
    "de": {
        K.WHO: ("sagt dir, wer schreibt", "sagt dir nicht, wer schreibt"),
        K.OCCASION: ("ist für dich ein Anlass", "ist für dich kein Anlass"),
        K.WHY_ME: ("sagt dir, warum gerade du", "sagt dir nicht, warum gerade du"),
        K.BENEFIT: ("sagt dir, was du davon hast", "sagt dir nicht, was du davon hast"),
        K.SUBSTANCE: ("bringt für dich etwas mit", "bringt für dich nichts mit"),
        K.HOLLOW: ("ist für dich hohl", "ist für dich nicht hohl"),
        K.FLATTERY: ("ist für dich Schmeichelei", "ist für dich keine Schmeichelei"),
        K.PRESSURE: ("drängt dich", "drängt dich nicht"),
        K.SECRECY: ("hält für dich etwas zurück", "hält für dich nichts zurück"),
        K.PITCH: ("ist für dich Werbung", "ist für dich keine Werbung"),
        K.TAKE_ONLY: ("will für dich nur nehmen", "will für dich nicht nur nehmen"),
        K.NO_PURPOSE: ("hat für dich kein Thema", "hat für dich ein Thema"),
        K.MERGED: ("klingt für dich eingesetzt", "klingt für dich nicht eingesetzt"),
        K.PLACEHOLDER: ("ist für dich ein leerer Platzhalter", "ist für dich kein leerer Platzhalter"),
        K.MASS: ("klingt für dich nach Rundsendung", "klingt für dich nicht nach Rundsendung"),
        K.DEFAULT_TEXT: ("ist für dich der Text des Netzwerks", "ist für dich nicht der Text des Netzwerks"),
        K.OPTOUT: ("ist für dich eine Abmeldezeile", "ist für dich keine Abmeldezeile"),
    },
    "en": {
        K.WHO: ("tells you who is writing", "does not tell you who is writing"),
        K.OCCASION: ("is an occasion to you", "is no occasion to you"),
        K.WHY_ME: ("tells you why you", "does not tell you why you"),
        K.BENEFIT: ("tells you what you get", "does not tell you what you get"),
        K.SUBSTANCE: ("brings you something", "brings you nothing"),
        K.HOLLOW: ("is hollow to you", "is not hollow to you"),
        K.FLATTERY: ("is flattery to you", "is no flattery to you"),
        K.PRESSURE: ("pushes you", "does not push you"),
        K.SECRECY: ("withholds something from you", "withholds nothing from you"),
        K.PITCH: ("is a pitch to you", "is no pitch to you"),
        K.TAKE_ONLY: ("only takes, to you", "does not only take, to you"),
        K.NO_PURPOSE: ("has no purpose to you", "has a purpose to you"),
        K.MERGED: ("sounds merged in to you", "does not sound merged in to you"),
        K.PLACEHOLDER: ("is an empty placeholder to you", "is no empty placeholder to you"),
        K.MASS: ("sounds like a mailing to you", "does not sound like a mailing to you"),
        K.DEFAULT_TEXT: ("is the network's text to you", "is not the network's text to you"),
        K.OPTOUT: ("is an opt-out line to you", "is no opt-out line to you"),
    },
}


def refusal(why_not: WhyNot, lang: Lang) -> str:
    """Say why something cannot be learned."""
    return _REFUSALS[lang][why_not]


def for_you(verdict: Verdict, lang: Lang) -> str:
    """Say what the owner said of this very letter."""
    return _FOR_YOU[lang][verdict]


def otherwise(shipped: Verdict, now: Verdict, lang: Lang) -> str:
    """Say how a letter would read without the owner's lessons."""
    if shipped is now:
        return "So läse er sich auch sonst." if lang == "de" else "It would read so anyway."
    return _OTHERWISE[lang][shipped]


def you_said_so(lang: Lang) -> str:
    """Say, below the verdict itself, that it is the owner's own word."""
    return "Das hast du gesagt." if lang == "de" else "You said so."


def of_letters(verdict: Verdict, count: int, lang: Lang) -> str:
    """Say that the owner said so of so many letters like this one; their names follow after a colon."""
    number = _NUMBERS[lang][count] if count < len(_NUMBERS[lang]) else str(count)
    says = (_OF_ONE if count == 1 else _OF_MANY)[lang][verdict]
    if lang == "de":
        return f"Von {number} {'Brief' if count == 1 else 'Briefen'} wie diesem hast du gesagt, {says}"
    return f"Of {number} letter{'' if count == 1 else 's'} like this one you said that {says}"


def of_words(words: str, kind: FindingKind, *, is_so: bool, lang: Lang) -> str:
    """Say what the owner said of words."""
    so, not_so = _WORDS[lang][kind]
    quoted = f"„{words}“" if lang == "de" else f"“{words}”"
    return f"{quoted} {so if is_so else not_so}."


def of_this_letter(name: str, verdict: Verdict, lang: Lang) -> str:
    """Say in a list what the owner said of one letter; `name` is its writer's, empty where it is not here."""
    if lang == "de":
        who = f"Der Brief von {name}" if name else "Ein Brief, der nicht hier liegt,"
        says = {
            Verdict.REASON: "hat einen Anlass",
            Verdict.ASK: "nennt keinen Anlass",
            Verdict.HOLLOW: "ist hohl",
        }
    else:
        who = f"The letter from {name}" if name else "A letter that is not here"
        says = {Verdict.REASON: "has a reason", Verdict.ASK: "gives no reason", Verdict.HOLLOW: "is hollow"}
    return f"{who} {says[verdict]}."


def kind_name(kind: FindingKind, lang: Lang) -> str:
    """What a finding is called; of an answer, the question."""
    if kind.value in _QUESTIONS:
        return QUESTIONS[Question(kind.value)].in_(lang)
    return FINDINGS[kind].in_(lang)


def listed(names: Sequence[str], lang: Lang) -> str:
    """Names in a row: A, B und C."""
    if len(names) < 2:
        return "".join(names)
    both = "und" if lang == "de" else "and"
    return f"{', '.join(names[:-1])} {both} {names[-1]}"
