"""The one sentence that matters about a request, for the owner.

"Fragt nach 15 Minuten, nennt keinen Anlass."

Made of what was found and of nothing else: what is wanted, then the two things that
count most. What is there for a reason, what is missing where one should be asked for,
what empties the letter where it is hollow, and one of each where the reading is unsure.
"""

from __future__ import annotations

from collections.abc import Mapping

from anlass.intake import ContactRequest, Mark
from anlass.litmus import Asks, FindingKind, Question, Reading, Verdict
from anlass.policy.decision import Words
from anlass.policy.facts import has_own_words
from anlass.replies.draft import InwardReason

_MARKS: Mapping[Mark, Words] = {
    Mark.HUMAN_MUST_READ: Words(
        "Muss ein Mensch lesen: Es kann um ein Amt, die Presse, eine Drohung oder eine Notlage gehen.",
        "A human must read this: it may be about an authority, the press, a threat or somebody in need.",
    ),
    Mark.ENCRYPTED: Words(
        "Ist verschlüsselt und hier nicht zu lesen.",
        "Is encrypted and cannot be read here.",
    ),
    Mark.FORGED: Words(
        "Kommt vielleicht nicht von der genannten Adresse: Die Prüfung des eigenen Anbieters schlug fehl.",
        "May not come from the address it names: the check of the owner's own provider failed.",
    ),
}
"""Marks that say more than any reading, the weightiest first."""

_WANTS: Mapping[Asks, Words] = {
    Asks.CONTACT: Words("Möchte Kontakt", "Wants to connect"),
    Asks.CALL: Words("Bittet um ein Telefonat", "Asks for a call"),
    Asks.MEETING: Words("Bittet um ein Treffen", "Asks for a meeting"),
    Asks.ANSWER: Words("Bittet um eine Antwort", "Asks for an answer"),
    Asks.SALE: Words("Möchte etwas verkaufen", "Wants to sell something"),
    Asks.JOB: Words("Schreibt wegen einer Arbeit", "Writes about work"),
    Asks.COLLABORATION: Words("Schlägt eine Zusammenarbeit vor", "Proposes to work together"),
    Asks.LINK: Words("Bittet um einen Hinweis auf einen Beitrag", "Asks for a link or publicity"),
    Asks.INTRO: Words("Bittet um eine Vermittlung", "Asks for an introduction"),
    Asks.EVENT: Words("Schreibt wegen einer Veranstaltung", "Writes about an event"),
    Asks.OTHER: Words("Hat ein Anliegen", "Has a concern"),
}
_MINUTES = Words("Fragt nach {minutes} Minuten", "Asks for {minutes} minutes")
_MINUTE = Words("Fragt nach einer Minute", "Asks for one minute")

_THERE: Mapping[Question, Words] = {
    Question.OCCASION: Words("nennt den Anlass", "names the occasion"),
    Question.WHY_ME: Words("sagt, warum gerade hier", "says why here of all places"),
    Question.SUBSTANCE: Words("bringt schon etwas mit", "brings something already"),
    Question.BENEFIT: Words("sagt, was es bringt", "says what it brings"),
    Question.WHO: Words("stellt sich vor", "says who is writing"),
}
_MISSING: Mapping[Question, Words] = {
    Question.OCCASION: Words("nennt keinen Anlass", "names no occasion"),
    Question.SUBSTANCE: Words("sagt nicht, worum es geht", "does not say what it is about"),
    Question.WHY_ME: Words("sagt nicht, warum gerade hier", "does not say why here of all places"),
    Question.WHO: Words("stellt sich nicht vor", "does not say who is writing"),
    Question.BENEFIT: Words("sagt nicht, was es bringt", "does not say what it brings"),
}
_EMPTIES: Mapping[FindingKind, Words] = {
    FindingKind.PLACEHOLDER: Words("lässt einen Platzhalter leer", "leaves a placeholder empty"),
    FindingKind.DEFAULT_TEXT: Words("schickt nur den Standardtext", "sends only the default text"),
    FindingKind.SECRECY: Words("verrät den Inhalt erst im Gespräch", "keeps the content for the talk"),
    FindingKind.NO_PURPOSE: Words("nennt selbst kein Thema", "names no topic on purpose"),
    FindingKind.PRESSURE: Words("macht Druck", "applies pressure"),
    FindingKind.PITCH: Words("wirbt für sich", "advertises"),
    FindingKind.MASS: Words("liest sich wie eine Rundsendung", "reads like a mailing"),
    FindingKind.TAKE_ONLY: Words("will etwas und bietet nichts", "wants something and offers nothing"),
    FindingKind.MERGED: Words("setzt nur Namen und Daten ein", "merely merges in names and details"),
    FindingKind.FLATTERY: Words("schmeichelt", "flatters"),
    FindingKind.HOLLOW: Words("bleibt bei leeren Worten", "stays with empty words"),
    FindingKind.OPTOUT: Words("hat eine Abmeldezeile", "has an opt-out line"),
}
_ATTACK = Words("richtet Anweisungen an ein Programm", "gives orders to a program")
_CLICK = Words("schreibt kein Wort dazu", "adds no word")
_OPEN = Words("lässt noch etwas offen", "leaves something open")
_WHOLE = Words("hat im Ganzen einen Anlass", "has a reason as a whole")
_AND = Words(" und ", " and ")


def headline(*, request: ContactRequest, reading: Reading, lang: str) -> InwardReason:
    """Return the one sentence for the inbox, in the owner's language (`de`, else English)."""
    for mark, words in _MARKS.items():
        if mark in request.marks:
            return InwardReason(words.in_(lang))
    parts = [part.in_(lang) for part in _parts(request, reading)]
    return InwardReason(f"{_wants(reading).in_(lang)}, {_AND.in_(lang).join(parts)}.")


def _wants(reading: Reading) -> Words:
    minutes = reading.asks_minutes
    if minutes is None or minutes < 1:
        return _WANTS[reading.asks]
    if minutes == 1:
        return _MINUTE
    return Words(_MINUTES.de.format(minutes=minutes), _MINUTES.en.format(minutes=minutes))


def _parts(request: ContactRequest, reading: Reading) -> list[Words]:
    """Return the one or two things that count most, the weightier first."""
    kinds = {finding.kind for finding in reading.findings}
    there = [words for question, words in _THERE.items() if question in reading.answers]
    missing = [words for question, words in _MISSING.items() if question not in reading.answers]
    empties = [words for kind, words in _EMPTIES.items() if kind in kinds]
    if FindingKind.ATTACK in kinds:
        return [_ATTACK]
    if not has_own_words(request):
        return [_CLICK]
    if reading.unsure:
        return [*there[:1], *(missing or empties)[:1]]
    match reading.verdict:
        case Verdict.REASON:
            return there[:2] or [_WHOLE]
        case Verdict.ASK:
            return missing[:1] or [_OPEN]
        case Verdict.HOLLOW:
            return [*empties[:1], *missing[:1]] or empties[:2] or [_OPEN]
