"""The one sentence that matters about a request, for the owner.

"Fragt nach 15 Minuten, nennt keinen Anlass."
"Bittet um eine Antwort, Anlass: „auf Seite 61 schreiben Sie …“."

Made of what was found and of nothing else: what is wanted, then what counts most. Where
there is a reason, it is quoted; where one is missing, that is said; where the letter is
hollow, what empties it; and one of each where the reading is unsure.
"""

from __future__ import annotations

from collections.abc import Mapping

from anlass.intake import Channel, ContactRequest, Mark
from anlass.intake.guard import one_line
from anlass.litmus import Asks, FindingKind, Question, Reading, Verdict
from anlass.policy.decision import Words
from anlass.policy.facts import has_own_words
from anlass.replies.draft import InwardReason

LONGEST_QUOTE = 90
"""Code points of a stranger's words that are quoted in the sentence."""

_MARKS: Mapping[Mark, Words] = {
    Mark.HUMAN_MUST_READ: Words(
        "Lies das selbst: Es kann um ein Amt, die Presse, eine Drohung oder eine Notlage gehen.",
        "Read this yourself: it may be about an authority, the press, a threat or somebody in need.",
    ),
    Mark.ENCRYPTED: Words(
        "Ist verschlüsselt; lesen kannst das nur du.",
        "Is encrypted; only you can read it.",
    ),
    Mark.FORGED: Words(
        "Kommt wohl nicht von der genannten Adresse: Dein Mailanbieter bestätigt sie nicht.",
        "Probably not from the address it names: your mail provider does not confirm it.",
    ),
}
"""Marks that say more than any reading, the weightiest first."""

_WANTS: Mapping[Asks, Words] = {
    Asks.CONTACT: Words("Möchte Kontakt", "Wants to connect"),
    Asks.CALL: Words("Bittet um ein Telefonat", "Asks for a call"),
    Asks.MEETING: Words("Bittet um ein Treffen", "Asks for a meeting"),
    Asks.ANSWER: Words("Bittet um eine Antwort", "Asks for an answer"),
    Asks.SALE: Words("Möchte etwas verkaufen", "Wants to sell something"),
    Asks.JOB: Words("Schreibt wegen einer Stelle oder eines Auftrags", "Writes about a job or a commission"),
    Asks.COLLABORATION: Words("Schlägt eine Zusammenarbeit vor", "Proposes working together"),
    Asks.LINK: Words("Bittet um einen Link oder eine Erwähnung", "Asks for a link or a mention"),
    Asks.INTRO: Words("Bittet um eine Vermittlung", "Asks for an introduction"),
    Asks.EVENT: Words("Schreibt wegen einer Veranstaltung", "Writes about an event"),
    Asks.OTHER: Words("Hat ein Anliegen", "Has a request"),
}
_MINUTES = Words("Fragt nach {minutes} Minuten", "Asks for {minutes} minutes")
_MINUTE = Words("Fragt nach einer Minute", "Asks for one minute")

_THERE: Mapping[Question, Words] = {
    Question.OCCASION: Words("nennt einen Anlass", "gives a reason"),
    Question.WHY_ME: Words("sagt, warum gerade du", "says why you"),
    Question.SUBSTANCE: Words("bringt schon etwas mit", "already brings something"),
    Question.BENEFIT: Words("sagt, was du davon hast", "says what you get"),
    Question.WHO: Words("stellt sich vor", "says who is writing"),
}
_MISSING: Mapping[Question, Words] = {
    Question.OCCASION: Words("nennt keinen Anlass", "gives no reason"),
    Question.SUBSTANCE: Words("sagt nicht genau, worum es geht", "does not say exactly what it is about"),
    Question.WHY_ME: Words("sagt nicht, warum gerade du", "does not say why you"),
    Question.WHO: Words("sagt nicht, wer da schreibt", "does not say who is writing"),
    Question.BENEFIT: Words("sagt nicht, was du davon hast", "does not say what you get"),
}
_EMPTIES: Mapping[FindingKind, Words] = {
    FindingKind.PLACEHOLDER: Words("lässt einen Platzhalter leer", "leaves a placeholder unfilled"),
    FindingKind.DEFAULT_TEXT: Words("schickt nur den Standardtext", "sends only the default text"),
    FindingKind.SECRECY: Words("verrät den Inhalt erst im Gespräch", "holds back what it is about"),
    FindingKind.NO_PURPOSE: Words("kommt ohne Thema", "brings no topic"),
    FindingKind.PRESSURE: Words("macht Druck", "pushes"),
    FindingKind.PITCH: Words("wirbt für sich", "advertises"),
    FindingKind.MASS: Words("liest sich wie eine Rundsendung", "reads like a mailing"),
    FindingKind.TAKE_ONLY: Words("will etwas und bietet nichts", "wants something and offers nothing"),
    FindingKind.MERGED: Words("setzt nur Namen und Angaben ein", "only fills in names and details"),
    FindingKind.FLATTERY: Words("schmeichelt", "flatters"),
    FindingKind.HOLLOW: Words("bleibt bei leeren Worten", "offers only empty words"),
    FindingKind.OPTOUT: Words("hat eine Abmeldezeile", "has an opt-out line"),
}
_ATTACK = Words("richtet Anweisungen an ein Programm", "gives orders to a program")
_CLICK = Words("schreibt kein Wort dazu", "without a word")
_CLICK_ON: Mapping[Channel, Words] = {
    Channel.XING: Words(
        "schreibt kein Wort dazu; Worte erlaubt XING nur zahlenden Mitgliedern",
        "without a word; XING lets only paying members add one",
    ),
    Channel.LINKEDIN: Words(
        "schreibt kein Wort dazu; Worte erlaubt LinkedIn ohne Bezahlung nur selten",
        "without a word; LinkedIn rarely lets members add one without paying",
    ),
    Channel.MASTODON: Words(
        "schreibt kein Wort dazu; eine Folgeanfrage hat dafür keinen Platz",
        "without a word; a follow request has no room for one",
    ),
}
"""Where the network keeps many from writing, that they did not is not held against them."""

_OPEN = Words("lässt noch etwas offen", "leaves something open")
_WHOLE = Words(
    "hat wohl einen Anlass, sagt ihn aber nicht klar", "seems to have a reason but does not state it clearly"
)
_QUOTED = Words("Anlass: „{quote}“", "reason: “{quote}”")
_AND = Words(" und ", " and ")


def headline(*, request: ContactRequest, reading: Reading, lang: str) -> InwardReason:
    """Return the one sentence for the inbox, in the owner's language (`de`, else English).

    It may quote the stranger, on one line and shortened; whoever shows it escapes it.
    """
    for mark, words in _MARKS.items():
        if mark in request.marks:
            return InwardReason(words.in_(lang))
    return InwardReason(f"{_wants(reading).in_(lang)}, {_rest(request, reading, lang)}.")


def _wants(reading: Reading) -> Words:
    minutes = reading.asks_minutes
    if minutes is None or minutes < 1:
        return _WANTS[reading.asks]
    if minutes == 1:
        return _MINUTE
    return Words(_MINUTES.de.format(minutes=minutes), _MINUTES.en.format(minutes=minutes))


def _rest(request: ContactRequest, reading: Reading, lang: str) -> str:
    """Return the one or two things that count most, the weightier first."""
    if any(finding.kind is FindingKind.ATTACK for finding in reading.findings):
        return _ATTACK.in_(lang)
    if not has_own_words(request):
        return _CLICK_ON.get(request.channel, _CLICK).in_(lang)
    if reading.verdict is Verdict.REASON and Question.OCCASION not in reading.answers:
        return _WHOLE.in_(lang)
    if reading.unsure:
        return _both_sides(reading, lang)
    if reading.verdict is Verdict.REASON:
        return _reason(reading, lang)
    return _AND.in_(lang).join(words.in_(lang) for words in _lacks(reading))


def _reason(reading: Reading, lang: str) -> str:
    """Quote the first occasion of the text; say that there is one where no words carry it."""
    quotes = (_quote(finding.quote) for finding in reading.findings if finding.kind is FindingKind.OCCASION)
    quote = next((quote for quote in quotes if quote), "")
    return _QUOTED.in_(lang).format(quote=quote) if quote else _THERE[Question.OCCASION].in_(lang)


def _quote(words: str) -> str:
    """Return the words on one line without hidden characters, cut at a word; cuts are shown."""
    line = one_line(words)
    if len(line) > LONGEST_QUOTE:
        cut = line[:LONGEST_QUOTE].rpartition(" ")[0] or line[:LONGEST_QUOTE]
        return f"{cut.rstrip(' ,;:–-')} …"
    is_whole = line.rstrip("\"'“”»«)")[-1:] in {".", "!", "?", "…"}
    return line.rstrip(".") if is_whole else f"{line} …" if line else ""


def _both_sides(reading: Reading, lang: str) -> str:
    """Say one thing for the letter and one against it: "stellt sich vor, nennt aber keinen Anlass"."""
    there = next((words.in_(lang) for question, words in _THERE.items() if question in reading.answers), "")
    against = next((words.in_(lang) for words in (*_missing(reading), *_empties(reading))), "")
    if not (there and against):
        return there or against
    if lang != "de":
        return f"{there}, but {against}"
    verb, _, what = against.partition(" ")
    return f"{there}, {verb} aber {what}" if what else f"{there}, {verb} aber"


def _lacks(reading: Reading) -> list[Words]:
    """Return what a letter without a reason lacks; where it is hollow, first what empties it."""
    missing, empties = _missing(reading), _empties(reading)
    if reading.verdict is Verdict.HOLLOW:
        return [*empties[:1], *missing[:1]] or [_OPEN]
    return missing[:1] or [_OPEN]


def _missing(reading: Reading) -> list[Words]:
    return [words for question, words in _MISSING.items() if question not in reading.answers]


def _empties(reading: Reading) -> list[Words]:
    kinds = {finding.kind for finding in reading.findings}
    return [words for kind, words in _EMPTIES.items() if kind in kinds]
