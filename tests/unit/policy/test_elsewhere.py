"""Facts of rooms to come: empty now, and true the moment somebody can tell."""

from __future__ import annotations

from datetime import timedelta

import pytest

from anlass.policy import FACTS, Known
from anlass.policy.cel import Compiled, activate, compile_condition
from anlass.policy.facts import facts_of
from anlass.policy.situation import Elsewhere, Situation
from tests.unit.policy.builders import NOW, STRANGER, reading, request

PLANTED = [
    ("person.requests_before >= 1", Known(earlier=1)),
    ("'choir' in person.groups", Known(elsewhere=Elsewhere(groups=("choir",)))),
    ("person.vouchers >= 2", Known(elsewhere=Elsewhere(vouchers=2))),
    ("'re:publica' in event.names", Known(elsewhere=Elsewhere(events=("re:publica",)))),
    ("event.days_since_met <= 30", Known(elsewhere=Elsewhere(met_at=NOW - timedelta(days=30)))),
]


def holds(source: str, known: Known) -> bool | None:
    """Evaluate a condition on a stranger of whom `known` is known."""
    condition = compile_condition(source)
    assert isinstance(condition, Compiled)
    return condition.holds(activate(facts_of(Situation(request(), reading(), STRANGER, NOW, known), FACTS)))


@pytest.mark.parametrize(("source", "known"), PLANTED)
def test_fact_of_a_room_to_come_is_empty_and_can_be_planted(source: str, known: Known) -> None:
    """A rule may name it today; it holds as soon as the room says so."""
    assert holds(source, Known()) is False
    assert holds(source, known) is True


def test_days_can_be_compared_as_text() -> None:
    """Days in the order of the calendar are in the order of their letters."""
    assert holds("time.date == '2026-11-21' && time.month == 11", Known()) is True
    assert holds("time.date >= '2026-11-01' && time.date <= '2026-11-30'", Known()) is True
    assert holds("time.date >= '2026-12-20'", Known()) is False
