"""The rules of courtesy around wishes: no count, no hint, the same letter for all, no reminder."""

from __future__ import annotations

import inspect
import re
from datetime import UTC, datetime, timedelta

import pytest

from anlass.desk.wishes import voice
from anlass.outreach.wish_event import WishEvent, WishRound
from anlass.outreach.wish_times import timetable

T0 = datetime(2026, 11, 22, 18, tzinfo=UTC)
ROUND = WishRound(
    bytes(16), 1, timetable(T0, T0 + timedelta(hours=24), T0 + timedelta(hours=39)), participants=57, alarms=3
)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_letters_hold_no_count_no_name_and_no_hint(lang: str) -> None:
    """Of a round with 57 people and three alarms nothing shows but its times and its code."""
    event = WishEvent(bytes(16), "Sommerschule", 10, lang)
    letters = (voice.release_letter(event), voice.frozen_letter(event, ROUND, "AV52 JBQN", UTC))
    for letter in letters:
        words = f"{letter.subject}\n{letter.text}"
        assert not re.search(r"\b(57|3|10)\b", words)
        assert not re.search(
            r"jemand hat|wartet|someone|somebody|waiting|reminder|erinner|letzte Chance|last chance",
            words,
            re.IGNORECASE,
        )
        assert "!" not in words
    until = {
        "de": "Mo, 23. November 2026, 18:00\u00a0Uhr\u00a0(UTC)",
        "en": "Mon 23 November 2026, 18:00\u00a0(UTC)",
    }
    assert f": {until[lang]}\n" in letters[1].text


def test_no_letter_can_depend_on_a_participant_or_a_result() -> None:
    """What writes letters is handed the event and the round's times; nothing here could remind anybody."""
    made = {
        name: inspect.signature(one)
        for name, one in inspect.getmembers(voice, inspect.isfunction)
        if one.__module__ == voice.__name__ and not name.startswith("_")
    }
    assert {name: list(one.parameters) for name, one in made.items()} == {
        "release_letter": ["event"],
        "frozen_letter": ["event", "one", "code", "zone"],
    }
