"""What is missing for being in touch, and dormancy in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.ledger import Encounter, EncounterKind, TieLevel, tie_of
from anlass.ledger.lacks import lack_of, lack_says, silence_says
from anlass.ledger.tie import Silence, silence_of

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def turn(thread: str, *, days: int = 1, is_turn: bool = True) -> Encounter:
    """Return a proven letter of the owner."""
    when = NOW - timedelta(days=days)
    return Encounter(
        EncounterKind.MAIL_OUT, when, thread, is_turn=is_turn, is_proven=True, id=f"{thread}{days}"
    )


MEETING = Encounter(EncounterKind.MEETING, NOW - timedelta(days=3), is_proven=True, id="m")


@pytest.mark.parametrize(
    ("encounters", "de", "en"),
    [
        (
            [],
            (
                "Bis zur Verbindung fehlen drei Antworten aufeinander, in zwei Gesprächen, "
                "oder ein Treffen und eine Antwort."
            ),
            "To be in touch, three turns in two threads are missing, or a meeting and one turn.",
        ),
        (
            [turn("a")],
            (
                "Bis zur Verbindung fehlen noch zwei Antworten, eine davon in einem zweiten Gespräch, "
                "oder ein Treffen."
            ),
            "To be in touch, two more turns, one of them in a second thread, are missing, or a meeting.",
        ),
        (
            [turn("a", days=n) for n in range(1, 6)],
            "Bis zur Verbindung fehlt noch eine Antwort in einem zweiten Gespräch, oder ein Treffen.",
            "To be in touch, one more turn in a second thread is missing, or a meeting.",
        ),
        (
            [turn("a"), turn("b")],
            "Bis zur Verbindung fehlt noch eine Antwort, oder ein Treffen.",
            "To be in touch, one more turn is missing, or a meeting.",
        ),
        (
            [MEETING],
            "Ihr habt euch getroffen; es fehlt noch eine Antwort, dann seid ihr in Verbindung.",
            "You have met; one answer is missing until you are in touch.",
        ),
        ([MEETING, turn("a")], "", ""),
        ([turn("a"), turn("a", days=2), turn("b")], "", ""),
    ],
)
def test_what_is_missing_is_said_in_both_languages(encounters: list[Encounter], de: str, en: str) -> None:
    """The sentence names the shortest way, and there is none for who is in touch."""
    lack = lack_of(encounters, at=NOW)
    assert (lack_says(lack, "de"), lack_says(lack, "en")) == (de, en)


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 900), st.booleans()), max_size=8), st.booleans()
)
def test_something_is_missing_exactly_for_who_is_not_in_touch(
    told: list[tuple[str, int, bool]], has_met: bool
) -> None:
    """The sentence never contradicts the level, and doing what it asks is enough."""
    encounters = [turn(thread, days=days, is_turn=is_turn) for thread, days, is_turn in told]
    encounters += [MEETING] * has_met
    lack = lack_of(encounters, at=NOW)
    assert (lack is None) == (tie_of(encounters, at=NOW).level is TieLevel.IN_TOUCH)
    if lack is not None:
        more = [turn(f"new{n}", days=1000 + n) for n in range(lack.turns)]
        assert tie_of([*encounters, *more], at=NOW).level is TieLevel.IN_TOUCH


def test_silence_is_said_as_a_multiple_of_the_usual_gap() -> None:
    """Five letters a week apart, then eighty days of nothing."""
    letters = [turn("a", days=80 + 7 * n) for n in range(5)]
    silence = silence_of(letters, at=NOW)
    assert silence == Silence(80.0, 7.0)
    assert silence_says(silence, "en") == "Silent for 3 months: 11 times the usual gap between you."
    assert silence_says(silence, "de") == "Still seit 3 Monaten: 11-mal so lange wie sonst zwischen euch."
    assert (
        silence_says(Silence(1500.0, 7.0), "en") == "Silent for 4 years: 214 times the usual gap between you."
    )


def test_silence_says_nothing_while_it_is_usual() -> None:
    """A pause as long as the usual ones is none, and neither is one after a single letter."""
    assert silence_says(Silence(50.0, 7.0), "de") == ""
    assert silence_of([turn("a")], at=NOW) is None
    assert silence_says(None, "en") == ""
