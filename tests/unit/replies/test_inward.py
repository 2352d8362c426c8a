"""The one sentence that matters, made of what was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

import pytest

from anlass.intake import Channel, ContactRequest, Mark
from anlass.litmus import Asks, Finding, FindingKind, Place, Question, Reading, Verdict
from anlass.policy import Words
from anlass.replies import InwardReason, headline, label
from anlass.replies.labels import TABLES
from tests.unit.policy.builders import found, reading, request, unsure

SCENES: list[tuple[ContactRequest, Reading, str, str]] = [
    (
        request(),
        reading(minutes=15, answers={Question.WHO}),
        "Fragt nach 15 Minuten, nennt keinen Anlass.",
        "Asks for 15 minutes, gives no reason.",
    ),
    (
        request(),
        reading(Verdict.REASON, asks=Asks.ANSWER, answers={Question.OCCASION, Question.WHY_ME, Question.WHO}),
        "Bittet um eine Antwort, nennt einen Anlass.",
        "Asks for an answer, gives a reason.",
    ),
    (
        request(),
        found(reading(Verdict.HOLLOW), FindingKind.HOLLOW, FindingKind.PRESSURE),
        "Bittet um ein Telefonat, macht Druck und nennt keinen Anlass.",
        "Asks for a call, pushes and gives no reason.",
    ),
    (
        request(""),
        reading(asks=Asks.CONTACT),
        "Möchte Kontakt, schreibt kein Wort dazu.",
        "Wants to connect, without a word.",
    ),
    (
        replace(
            request("I'd like to join your network.", marks=[Mark.DEFAULT_TEXT]), channel=Channel.LINKEDIN
        ),
        reading(asks=Asks.CONTACT),
        "Möchte Kontakt, schreibt kein Wort dazu; Worte erlaubt LinkedIn ohne Bezahlung nur selten.",
        "Wants to connect, without a word; LinkedIn rarely lets members add one without paying.",
    ),
    (
        replace(request(""), channel=Channel.XING),
        reading(asks=Asks.CONTACT),
        "Möchte Kontakt, schreibt kein Wort dazu; Worte erlaubt XING nur zahlenden Mitgliedern.",
        "Wants to connect, without a word; XING lets only paying members add one.",
    ),
    (
        request(),
        unsure(reading(answers={Question.SUBSTANCE})),
        "Bittet um ein Telefonat, bringt schon etwas mit, nennt aber keinen Anlass.",
        "Asks for a call, already brings something, but gives no reason.",
    ),
    (
        request(marks=[Mark.HUMAN_MUST_READ]),
        reading(),
        "Lies das selbst: Es kann um ein Amt, die Presse, eine Drohung oder eine Notlage gehen.",
        "Read this yourself: it may be about an authority, the press, a threat or somebody in need.",
    ),
    (
        request(),
        found(reading(Verdict.REASON), FindingKind.ATTACK),
        "Bittet um ein Telefonat, richtet Anweisungen an ein Programm.",
        "Asks for a call, gives orders to a program.",
    ),
    (
        request(),
        reading(Verdict.REASON, minutes=1),
        "Fragt nach einer Minute, hat wohl einen Anlass, sagt ihn aber nicht klar.",
        "Asks for one minute, seems to have a reason but does not state it clearly.",
    ),
    (
        request(),
        reading(asks=Asks.OTHER, answers=frozenset(Question)),
        "Hat ein Anliegen, lässt noch etwas offen.",
        "Has a request, leaves something open.",
    ),
]


@pytest.mark.parametrize(("asked", "read", "de", "en"), SCENES)
def test_headline_says_what_is_wanted_and_what_counts_most(
    asked: ContactRequest, read: Reading, de: str, en: str
) -> None:
    """One sentence in the owner's language, whatever the language of the request."""
    assert headline(request=asked, reading=read, lang="de") == InwardReason(de)
    assert headline(request=asked, reading=read, lang="en") == InwardReason(en)


def occasion(quote: str) -> Reading:
    read = reading(Verdict.REASON, asks=Asks.ANSWER, answers={Question.OCCASION})
    return replace(
        read, findings=(Finding(FindingKind.OCCASION, Place.TEXT, 0, len(quote), quote, "Ein Satz."),)
    )


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        ("auf Seite 61 steht 1964.", "auf Seite 61 steht 1964"),
        ("Stimmt das Jahr auf Seite 61?", "Stimmt das Jahr auf Seite 61?"),
        ("den Eintrag über die\nWartehalle in", "den Eintrag über die Wartehalle in …"),
        ("Seite " * 40, f"{'Seite ' * 15}…"),
        ("x" * 400, f"{'x' * 90} …"),
        ("auf\x1b[31m Seite \u202e61.", "auf[31m Seite 61"),
    ],
)
def test_headline_quotes_the_occasion_on_one_line(words: str, quote: str) -> None:
    """A letter with a reason is told by its own words: short, without hidden characters, cuts shown."""
    said = headline(request=request(), reading=occasion(words), lang="de")
    assert said == InwardReason(f"Bittet um eine Antwort, Anlass: „{quote}“.")


def test_headline_of_an_unsure_reading_says_both_sides() -> None:
    """What speaks for the letter comes first, what speaks against it follows with "aber"."""
    read = unsure(reading(Verdict.REASON, asks=Asks.EVENT, answers={Question.OCCASION, Question.WHY_ME}))
    assert headline(request=request(), reading=read, lang="de") == InwardReason(
        "Schreibt wegen einer Veranstaltung, nennt einen Anlass, sagt aber nicht genau, worum es geht."
    )
    assert headline(request=request(), reading=read, lang="en") == InwardReason(
        "Writes about an event, gives a reason, but does not say exactly what it is about."
    )


@pytest.mark.parametrize("table", TABLES)
def test_label_names_every_value_in_both_languages(table: Mapping[StrEnum, Words]) -> None:
    """Pages never show a bare code: each table holds all values of its kind."""
    keys = list(table)
    assert keys == list(type(keys[0]))
    assert [key for key in keys if not (label(key, "de") and label(key, "en"))] == []


def test_label_speaks_the_owners_language() -> None:
    """One finding, two languages."""
    assert (label(FindingKind.PITCH, "de"), label(FindingKind.PITCH, "en")) == ("Werbung", "pitch")
