"""House rules tried on the past, held against what the owner did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from anlass.litmus import Asks, Verdict
from anlass.policy import Action, Known, Policy, preset
from anlass.policy.flow import streams
from anlass.policy.past import Past
from anlass.policy.replay import Replayed, Share, Sum, replay, sums, truth
from tests.unit.policy.builders import NOW, reading, unsure
from tests.unit.policy.pasts import LONG_BEFORE, past
from tests.unit.policy.test_past import second_round

WHY, DOOR = preset("show-me-why"), preset("open-door")
HOLLOW, REASON = reading(Verdict.HOLLOW), reading(Verdict.REASON, asks=Asks.ANSWER)


def under(policy: Policy, cases: Sequence[Past]) -> list[Replayed]:
    """Return these cases under one policy."""
    return [row[0] for row in replay([policy], cases)]


CASES = (
    past("1", read=HOLLOW),
    past("2", read=HOLLOW, answered=True),
    past("3", read=HOLLOW, answered=True, in_letters=True),
    past("4", answered=True),
    past("5"),
    past("6", read=REASON, answered=True, in_letters=True),
    past("7", read=HOLLOW, came=NOW - timedelta(days=3)),
    past("8", read=unsure(HOLLOW)),
)


def test_sums_count_actions_answers_and_letters() -> None:
    """Each action has its cases, those answered, those in letters since."""
    assert sums(under(WHY, CASES)) == {
        Action.ASK_BACK: Sum(2, 1, 0),
        Action.LAPSE: Sum(4, 2, 1),
        Action.HOLD: Sum(2, 1, 1),
    }


def test_truth_is_what_the_owner_wrote_and_young_cases_prove_nothing() -> None:
    """Precision and recall of writing and of silence, with those missed, the dearest first."""
    found = truth(under(WHY, CASES), now=NOW)
    assert (found.speaks, found.spoken) == (Share(1, 2), Share(1, 4))
    assert (found.silent, found.silenced) == (Share(1, 3), Share(1, 3))
    assert [one.id for one in found.missed] == ["3", "2"]
    assert (found.left, found.young) == (2, 1)


def test_two_policies_see_the_same_cases() -> None:
    """Each row has one case under each policy, in their order."""
    rows = list(replay([WHY, DOOR], CASES))
    assert [(why.id, door.id) for why, door in rows] == [(one.id, one.id) for one in CASES]
    assert [door.first.action for _, door in rows][:1] == [Action.ASK_BACK]


def test_what_came_of_a_question_counts_only_for_rules_that_ask() -> None:
    """Rules that ask have a second moment; rules that do not ask never learn the answer."""
    case = past(known=Known(asked=1), answered=True)
    case = replace(case, told=replace(case.told, second=second_round()))
    asking = under(WHY, [case])[0]
    assert (asking.first.action, asking.then and asking.then.action) == (Action.ASK_BACK, Action.LAPSE)
    assert asking.last.action is Action.LAPSE
    silent = under(Policy(), [case])[0]
    assert (silent.first.action, silent.then) == (Action.HOLD, None)


@pytest.mark.parametrize("policy", [Policy(), WHY])
def test_no_past_is_no_error(policy: Policy) -> None:
    """An owner without cases gets sums of nothing."""
    assert sums(under(policy, [])) == {}
    found = truth([], now=NOW)
    assert (found.speaks, found.missed) == (Share(0, 0), ())
    assert found.speaks.bounds == (0.0, 1.0)


def test_share_has_an_honest_range() -> None:
    """Wilson's interval: wide for few, narrow for many, never beyond 0 and 1."""
    assert [round(bound, 3) for bound in Share(9, 10).bounds] == [0.596, 0.982]
    assert [round(bound, 3) for bound in Share(900, 1000).bounds] == [0.88, 0.917]
    assert Share(0, 5).bounds[0] == 0.0
    assert Share(5, 5).bounds[1] == 1.0


def test_streams_hold_every_case_once_and_speak_both_languages() -> None:
    """The flow loses nobody between its columns."""
    replayed = under(WHY, CASES)
    for lang, word in (("de", "keine Antwort"), ("en", "no answer")):
        ways = streams(replayed, lang)
        assert sum(way.count for way in ways) == len(CASES)
        assert {way.stops[3] for way in ways} >= {word}
        assert len({(way.stops, way.end) for way in ways}) == len(ways)


def test_replay_looks_at_the_day_of_the_request() -> None:
    """Facts of time are those of then."""
    one = under(WHY, [past()])[0]
    assert one.came == LONG_BEFORE
