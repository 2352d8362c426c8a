"""House rules see what lies outside of the text: copies of others, and what came of a question."""

from __future__ import annotations

import pytest

from anlass.litmus import Question, Verdict
from anlass.litmus.reply import Answer, Outcome
from anlass.people import Standing
from anlass.policy import Action, Decision, Known, decide, explain, preset
from anlass.policy.facts import FACTS, facts_of
from anlass.policy.situation import Situation
from anlass.policy.sober import sober
from tests.unit.policy.builders import CARD, NOW, STRANGER, reading, request, unsure

NAMES = ("request.copies", "asked.times", "answer.outcome", "answer.unsure", "person.standing")


def answer(outcome: Outcome, *, is_unsure: bool = False) -> Answer:
    """Return an answer that leaves the matter open."""
    return Answer(outcome, is_unsure, frozenset(), frozenset({Question.SUBSTANCE}))


def decided(known: Known, *, name: str = "show-me-why", verdict: Verdict = Verdict.ASK) -> Decision:
    """Decide a stranger's letter by a preset."""
    read = unsure(reading(verdict))
    return decide(preset(name), request=request(), reading=read, tie=STRANGER, at=NOW, known=known)


def test_facts_from_outside_are_what_the_book_holds() -> None:
    """Standing, times asked, copies and the answer; nothing of it where nothing is known."""
    known = Known(Standing.WATCHED, 2, 3, answer(Outcome.HOT_AIR, is_unsure=True))
    situation = Situation(request(), reading(), STRANGER, NOW, known)
    assert facts_of(situation, NAMES) == {
        "request.copies": 3,
        "asked.times": 2,
        "answer.outcome": "hot_air",
        "answer.unsure": True,
        "person.standing": "watched",
    }
    nothing = facts_of(Situation(request(), reading(), STRANGER, NOW), NAMES)
    assert nothing == {name: sober()[name] for name in NAMES}
    assert FACTS["answer.outcome"].choices == ("none", *(outcome.value for outcome in Outcome))


@pytest.mark.parametrize(
    ("name", "outcome", "action"),
    [
        ("show-me-why", Outcome.FILLED, Action.HOLD),
        ("show-me-why", Outcome.PARTLY, Action.HOLD),
        ("show-me-why", Outcome.HOT_AIR, Action.LAPSE),
        ("show-me-why", Outcome.REFUSED, Action.LAPSE),
        ("relationship-first", Outcome.FILLED, Action.HOLD),
        ("relationship-first", Outcome.HOT_AIR, Action.WATCH),
        ("relationship-first", Outcome.REFUSED, Action.WATCH),
        ("open-door", Outcome.FILLED, Action.ACCEPT),
        ("open-door", Outcome.HOT_AIR, Action.HOLD),
        *((name, Outcome.HURT, Action.HOLD) for name in ("show-me-why", "relationship-first", "open-door")),
    ],
)
def test_presets_close_by_what_came_back(name: str, outcome: Outcome, action: Action) -> None:
    """The first letter may be unsure; what came of the question is what counts then."""
    assert decided(Known(asked=1, answer=answer(outcome)), name=name).action is action


def test_hot_air_that_is_not_sure_closes_nothing() -> None:
    """The law for doubtful answers stands in the trace with its reason in both languages."""
    found = decided(Known(asked=1, answer=answer(Outcome.HOT_AIR, is_unsure=True)))
    assert (found.action, found.rule.en) == (Action.HOLD, "In doubt, you decide")
    assert explain(found, "de")[-1] == (
        "Also: vorlegen. Was die Antwort sagt, ist unsicher oder nur zum Teil lesbar;"
        " so wird nichts still geschlossen."
    )
    assert "  - Answer to the question asked back: wanted “hot air”, found “hot air”." in explain(found, "en")


def test_hot_air_of_somebody_met_comes_to_the_owner() -> None:
    """Whoever swapped cards is not let go in silence."""
    known = Known(asked=1, answer=answer(Outcome.HOT_AIR))
    found = decide(preset("show-me-why"), request=request(), reading=reading(), tie=CARD, at=NOW, known=known)
    assert found.action is Action.HOLD


def test_without_an_answer_the_laws_are_those_of_a_first_letter() -> None:
    """No law on answers is tried where none came."""
    names = {tried.name.en for tried in decided(Known()).trace}
    assert "Hurt feelings come to you" not in names
