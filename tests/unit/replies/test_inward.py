"""The one sentence that matters, made of what was found."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import pytest

from anlass.intake import ContactRequest, Mark
from anlass.litmus import Asks, FindingKind, Question, Reading, Verdict
from anlass.policy import Words
from anlass.replies import InwardReason, headline, label
from anlass.replies.labels import TABLES
from tests.unit.policy.builders import found, reading, request, unsure

SCENES: list[tuple[ContactRequest, Reading, str, str]] = [
    (
        request(),
        reading(minutes=15, answers={Question.WHO}),
        "Fragt nach 15 Minuten, nennt keinen Anlass.",
        "Asks for 15 minutes, names no occasion.",
    ),
    (
        request(),
        reading(Verdict.REASON, asks=Asks.ANSWER, answers={Question.OCCASION, Question.WHY_ME, Question.WHO}),
        "Bittet um eine Antwort, nennt den Anlass und sagt, warum gerade hier.",
        "Asks for an answer, names the occasion and says why here of all places.",
    ),
    (
        request(),
        found(reading(Verdict.HOLLOW), FindingKind.HOLLOW, FindingKind.PRESSURE),
        "Bittet um ein Telefonat, macht Druck und nennt keinen Anlass.",
        "Asks for a call, applies pressure and names no occasion.",
    ),
    (
        request(""),
        reading(asks=Asks.CONTACT),
        "Möchte Kontakt, schreibt kein Wort dazu.",
        "Wants to connect, adds no word.",
    ),
    (
        request(),
        unsure(reading(answers={Question.SUBSTANCE})),
        "Bittet um ein Telefonat, bringt schon etwas mit und nennt keinen Anlass.",
        "Asks for a call, brings something already and names no occasion.",
    ),
    (
        request(marks=[Mark.HUMAN_MUST_READ]),
        reading(),
        "Muss ein Mensch lesen: Es kann um ein Amt, die Presse, eine Drohung oder eine Notlage gehen.",
        "A human must read this: it may be about an authority, the press, a threat or somebody in need.",
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
        "Fragt nach einer Minute, hat im Ganzen einen Anlass.",
        "Asks for one minute, has a reason as a whole.",
    ),
    (
        request(),
        reading(asks=Asks.OTHER, answers=frozenset(Question)),
        "Hat ein Anliegen, lässt noch etwas offen.",
        "Has a concern, leaves something open.",
    ),
]


@pytest.mark.parametrize(("asked", "read", "de", "en"), SCENES)
def test_headline_says_what_is_wanted_and_what_counts_most(
    asked: ContactRequest, read: Reading, de: str, en: str
) -> None:
    """One sentence in the owner's language, whatever the language of the request."""
    assert headline(request=asked, reading=read, lang="de") == InwardReason(de)
    assert headline(request=asked, reading=read, lang="en") == InwardReason(en)


@pytest.mark.parametrize("table", TABLES)
def test_label_names_every_value_in_both_languages(table: Mapping[StrEnum, Words]) -> None:
    """Pages never show a bare code: each table holds all values of its kind."""
    keys = list(table)
    assert keys == list(type(keys[0]))
    assert [key for key in keys if not (label(key, "de") and label(key, "en"))] == []


def test_label_speaks_the_owners_language() -> None:
    """One finding, two languages."""
    assert (label(FindingKind.PITCH, "de"), label(FindingKind.PITCH, "en")) == ("Werbung", "pitch")
