"""The outcome of a counter-question: what came back, and what it says to what was asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from anlass.intake import ContactRequest
from anlass.litmus.reading import Question, Reading


class Outcome(StrEnum):
    """What became of a counter-question."""

    FILLED = "filled"
    """Everything that was asked is answered."""
    PARTLY = "partly"
    """Something of it is."""
    HOT_AIR = "hot_air"
    """Nothing of it is."""
    HURT = "hurt"
    """The question hurt or angered: the owner answers, no rule does."""
    REFUSED = "refused"
    """The person does not want to answer; that ends it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reply says to what was asked.

    `answered` and `open` part the questions asked. `start` and `end` count code points of
    the reply's text and frame the words that decide, `quote` is that slice; all are empty
    where no words do. `unsure` says that nothing may close on it.
    """

    outcome: Outcome
    unsure: bool
    answered: frozenset[Question]
    open: frozenset[Question]
    start: int = 0
    end: int = 0
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """The owner's own words to the requester, what they asked and when (aware), and what came back.

    `request` holds the reply as it arrived, with marks of its own.
    """

    question: str
    asked: frozenset[Question]
    asked_at: datetime
    request: ContactRequest


@dataclass(frozen=True, slots=True)
class SecondRound:
    """A reply, how it reads by itself, and what it says to the question."""

    reply: Reply
    reading: Reading
    answer: Answer


_ASKED_DE = {
    Question.WHO: "wer schreibt",
    Question.OCCASION: "den Anlass",
    Question.WHY_ME: "warum gerade du",
    Question.BENEFIT: "was du davon hast",
    Question.SUBSTANCE: "worum es geht",
}
_ASKED_EN = {
    Question.WHO: "who is writing",
    Question.OCCASION: "the occasion",
    Question.WHY_ME: "why you",
    Question.BENEFIT: "what you get",
    Question.SUBSTANCE: "what it is about",
}


def answer_says(answer: Answer, lang: str) -> str:
    """Return one sentence for the owner on what came of the question; English where `lang` is not `de`."""
    is_german = lang == "de"
    if answer.outcome is Outcome.PARTLY:
        said, missing = _names(answer.answered, lang), _names(answer.open, lang)
        if is_german:
            return f"Die Antwort sagt {said}. Offen bleibt, {_as_clause(answer.open)}."
        return f"The reply says {said}. It leaves open {missing}."
    german, english = _SAYS[answer.outcome]
    return german if is_german else english


_SAYS = {
    Outcome.FILLED: (
        "Die Antwort sagt, wonach gefragt war.",
        "The reply says what was asked for.",
    ),
    Outcome.HOT_AIR: (
        "Die Antwort sagt nichts von dem, wonach gefragt war.",
        "The reply says nothing of what was asked for.",
    ),
    Outcome.HURT: (
        "Die Frage hat verletzt oder verärgert. Was jetzt gut ist, weißt nur du.",
        "The question hurt or angered. Only you know what is good now.",
    ),
    Outcome.REFUSED: (
        "Die Person mag nicht antworten. Damit ist es gut.",
        "The person does not want to answer. That settles it.",
    ),
}
_OPEN_DE = _ASKED_DE | {Question.OCCASION: "was der Anlass ist"}


def _names(questions: frozenset[Question], lang: str) -> str:
    words = _ASKED_DE if lang == "de" else _ASKED_EN
    said = [words[question] for question in Question if question in questions]
    return (" und " if lang == "de" else " and ").join(said)


def _as_clause(questions: frozenset[Question]) -> str:
    return " und ".join(_OPEN_DE[question] for question in Question if question in questions)
