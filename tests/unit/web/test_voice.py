"""The desk speaks German and English in whole sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest

from anlass.desk.voice.common import (
    Lang,
    door,
    encounter_says,
    set_aside_says,
    spoken,
    written_out,
)
from anlass.desk.voice.requests import mark_says, proposal, verdict_says
from anlass.intake import Channel, Mark, Origin, SetAside
from anlass.ledger import Encounter, EncounterKind
from anlass.litmus import Question, Verdict
from anlass.policy import Action
from tests.characters import HOHL, MAREN, NOW, case_of

LANGS: tuple[Lang, ...] = get_args(Lang)


@pytest.mark.parametrize(
    ("ago", "german", "english"),
    [
        (timedelta(seconds=30), "gerade eben", "just now"),
        (timedelta(minutes=20), "vor 20 Minuten", "20 minutes ago"),
        (timedelta(hours=9, minutes=18), "heute um 9:12 Uhr", "today at 9:12"),
        (timedelta(hours=36), "gestern früh", "yesterday morning"),
        (timedelta(hours=33), "gestern Vormittag", "yesterday morning"),
        (timedelta(hours=28), "gestern Nachmittag", "yesterday afternoon"),
        (timedelta(hours=22), "gestern Abend", "yesterday evening"),
        (timedelta(days=3), "vor drei Tagen", "three days ago"),
        (timedelta(days=8), "vor einer Woche", "a week ago"),
        (timedelta(days=20), "vor drei Wochen", "three weeks ago"),
        (timedelta(days=60), "am 22. September", "on 22 September"),
        (timedelta(days=700), "im Dezember 2024", "in December 2024"),
        (timedelta(days=-2), "am 23. November", "on 23 November"),
        (timedelta(hours=-2), "am 21. November", "on 21 November"),
    ],
)
def test_time_when_seen_from_now(ago: timedelta, german: str, english: str) -> None:
    """Time is said as people say it."""
    assert (spoken(NOW - ago, NOW, "de"), spoken(NOW - ago, NOW, "en")) == (german, english)


def test_time_when_a_letter_has_none() -> None:
    """A letter without a date is called that."""
    assert (spoken(None, NOW, "de"), written_out(None, NOW, "en")) == ("ohne Datum", "undated")


def test_time_when_the_day_differs_between_here_and_utc() -> None:
    """Days are the owner's own: late on the 20th in UTC is already the 21st in Berlin."""
    late = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    assert spoken(late, NOW, "de") == "heute um 0:30 Uhr"
    assert written_out(late, NOW, "de") == "Samstag, 21. November 2026, 0:30 Uhr"
    assert written_out(late, NOW, "en") == "Saturday, 21 November 2026, 0:30"


def test_verdict_when_sure_and_when_not() -> None:
    """Every number has its sentence, and an unsure reading says so."""
    assert verdict_says(case_of(HOHL).reading, "de") == (
        "Ein Anlass ist nicht zu finden.",
        "Von hundert Briefen, die sich so lesen, stimmt das bei etwa 97.",
    )
    assert verdict_says(case_of(MAREN).reading, "en") == (
        "There may be a reason, but the letter does not give it.",
        "It is close: that is right for only about 55 of a hundred letters that read like this.",
    )


@pytest.mark.parametrize(
    ("verdict", "answers", "de", "en"),
    [
        (Verdict.REASON, {Question.OCCASION}, "Hier steht ein Anlass.", "There is a reason here."),
        (
            Verdict.REASON,
            (),
            "Wohl ein Anlass, aber kein Satz spricht ihn aus.",
            "There seems to be a reason, but no sentence states it.",
        ),
        (
            Verdict.ASK,
            {Question.OCCASION},
            "Ein Anlass klingt an, das Wichtigste fehlt noch.",
            "A reason is hinted at, but what matters most is missing.",
        ),
        (
            Verdict.HOLLOW,
            {Question.OCCASION},
            "Was hier als Anlass dasteht, trägt nicht.",
            "What is offered here as a reason does not hold.",
        ),
    ],
)
def test_verdict_when_words_pass_for_an_occasion(
    verdict: Verdict, answers: Iterable[Question], de: str, en: str
) -> None:
    """What is said of the reason never contradicts the words shown as the occasion."""
    read = replace(case_of(HOHL).reading, verdict=verdict, answers=frozenset(answers))
    assert (verdict_says(read, "de")[0], verdict_says(read, "en")[0]) == (de, en)


def test_encounter_when_a_name_looks_like_a_field() -> None:
    """A stranger's name is never a format string."""
    met = Encounter(EncounterKind.MAIL_IN, NOW, where="{0.secret}")
    assert encounter_says(met, "{name.x}", "de") == "{name.x} schrieb dir ({0.secret})."


@pytest.mark.parametrize("lang", LANGS)
def test_everything_has_words(lang: Lang) -> None:
    """Every door, mark, action and encounter has words of its own in both languages."""
    said = [
        *(door(channel, lang) for channel in Channel),
        *(mark_says(mark, lang) for mark in Mark),
        *(proposal(action, lang) for action in Action),
        *(encounter_says(Encounter(kind, NOW), "Olga", lang) for kind in EncounterKind),
    ]
    assert len(set(said)) == len(Channel) + len(Mark) + len(Action) + len(EncounterKind)
    assert all(said)


def test_set_aside_when_the_reason_is_known() -> None:
    """The owner's language, and the kept sentence for a reason that has no words yet."""
    empty = SetAside(Origin("a.eml"), "empty", "The file is empty.")
    assert (set_aside_says(empty, "de"), set_aside_says(empty, "en")) == (
        "Darin steht nichts.",
        "The file is empty.",
    )
    assert set_aside_says(replace(empty, reason="new", says="Says why."), "de") == "Says why."
