"""The past is looked at from its own day: what came later is not known yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from anlass.ledger import TieLevel
from anlass.litmus import Verdict
from anlass.litmus.reply import Answer, Outcome, Reply, SecondRound
from anlass.people import Standing
from anlass.policy import Known
from anlass.policy.past import facts_after, facts_before
from tests.unit.policy.builders import reading, request
from tests.unit.policy.pasts import LONG_BEFORE, letter, past

DAY = timedelta(days=1)


def test_letters_that_followed_do_not_count_when_the_request_came() -> None:
    """Whoever became close later was a stranger on that day, in tie and standing."""
    later = [
        letter(LONG_BEFORE + n * DAY, out=n % 2 == 0, turn=True, thread=str(n // 3)) for n in range(1, 8)
    ]
    case = past(encounters=tuple(later), known=Known(Standing.IN_TOUCH))
    situation = case.before()
    assert (situation.tie.level, situation.tie.turns) == (TieLevel.STRANGER, 0)
    assert situation.known.standing is Standing.STRANGER
    assert situation.at == LONG_BEFORE


def test_letters_before_the_request_count() -> None:
    """What two people shared by then is known."""
    before = [
        letter(LONG_BEFORE - n * DAY, out=n % 2 == 0, turn=True, thread=str(n % 2)) for n in range(1, 5)
    ]
    situation = past(encounters=tuple(before), known=Known(Standing.INNER_CIRCLE)).before()
    assert (situation.tie.level, situation.tie.turns) == (TieLevel.IN_TOUCH, 4)
    assert situation.known.standing is Standing.IN_TOUCH


def test_watch_list_and_earlier_requests_stay_as_they_were() -> None:
    """What was told of the person then needs no correction."""
    known = Known(Standing.WATCHED, asked=2, earlier=3)
    assert past(known=known).before().known == known


def second_round() -> SecondRound:
    """Return a question of the owner and the hot air that came of it ten days later."""
    came = replace(request("Einfach so."), id="r2", arrived=LONG_BEFORE + 10 * DAY)
    reply = Reply("Worum geht es?", frozenset(), LONG_BEFORE + DAY, came)
    return SecondRound(
        reply, reading(Verdict.HOLLOW), Answer(Outcome.HOT_AIR, False, frozenset(), frozenset())
    )


def test_an_answer_to_the_question_is_a_second_moment() -> None:
    """Before it nothing was asked; after it the answer is known, and one question more."""
    case = past(known=Known(asked=1))
    answered = replace(case, told=replace(case.told, second=second_round()))
    names = ("answer.outcome", "asked.times", "time.date")
    assert facts_before(answered, names) == {
        "answer.outcome": "none",
        "asked.times": 0,
        "time.date": LONG_BEFORE.date().isoformat(),
    }
    assert facts_after(answered, names) == {
        "answer.outcome": "hot_air",
        "asked.times": 1,
        "time.date": (LONG_BEFORE + 10 * DAY).date().isoformat(),
    }
    assert facts_after(case, names) is None
