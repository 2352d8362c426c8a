"""Laws of the policy: total, deterministic, and deaf to a stranger's words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.errors import PolicyError, Problem
from anlass.intake import ContactRequest, Mark
from anlass.ledger import Tie
from anlass.litmus import Reading
from anlass.litmus.reply import Answer, Outcome
from anlass.people import Standing
from anlass.policy import PRESETS, Action, Known, Policy, Words, decide, explain, parse_policy, preset
from anlass.policy.facts import FACTS
from tests.property.evidence import answers, knowns, readings, requests, ties
from tests.unit.policy import builders
from tests.unit.policy.builders import NOW

pytestmark = pytest.mark.slow  # each law is tried in a hundred situations

SHIPPED = [preset(name) for name in PRESETS]
policies = st.sampled_from([Policy(), *SHIPPED])
CONDITIONS = [
    "reading.verdict == 'hollow'",
    "reading.unsure",
    "1 / tie.turns > 0",
    "request.subject.contains('a')",
    "reading.findings[0] == 'mass'",
    "tie.days_since_last < 30",
    "true",
]


@st.composite
def owners_rules(draw: st.DrawFn) -> Policy:
    """Draw a policy of arbitrary conditions, some of which fail while running."""
    some = st.lists(st.sampled_from(CONDITIONS), max_size=2)
    actions = st.sampled_from([str(action) for action in Action])
    rules = [
        f'[[rule]]\nname = "r{i}"\nwhy = "w"\nall = {["true", *draw(some)]!r}\n'
        f'any = {draw(some)!r}\ndo = "{draw(actions)}"\n'
        for i in range(draw(st.integers(0, 3)))
    ]
    return parse_policy("\n".join(rules))


@given(st.one_of(policies, owners_rules()), requests(), readings(), ties(), knowns())
def test_every_policy_decides_everything_the_same_way_twice(
    policy: Policy, request: ContactRequest, reading: Reading, tie: Tie, known: Known
) -> None:
    """A decision always comes, with its trace, its reason and its sentences, and comes again."""
    first = decide(policy, request=request, reading=reading, tie=tie, at=NOW, known=known)
    again = decide(policy, request=request, reading=reading, tie=tie, at=NOW, known=known)
    assert first == again
    assert (
        first.trace[-1].matched
        or first.action is Action.HOLD
        or first.trace[-1].name == Words("Im Zweifel entscheidest du", "In doubt, you decide")
    )
    for lang in ("de", "en"):
        assert first.rule.in_(lang)
        assert first.why.in_(lang)
        assert all(explain(first, lang))


@given(st.one_of(policies, owners_rules()), requests(), readings(), ties())
def test_letters_a_human_must_read_are_always_held(
    policy: Policy, request: ContactRequest, reading: Reading, tie: Tie
) -> None:
    """R15, N23 and a doubtful sender stand before every rule."""
    for mark in (Mark.HUMAN_MUST_READ, Mark.ENCRYPTED, Mark.FORGED):
        marked = replace(request, marks=request.marks | {mark})
        assert decide(policy, request=marked, reading=reading, tie=tie, at=NOW).action is Action.HOLD


@given(st.one_of(policies, owners_rules()), requests(), readings(), ties(), knowns())
def test_unsure_reading_is_never_closed(
    policy: Policy, request: ContactRequest, reading: Reading, tie: Tie, known: Known
) -> None:
    """Nothing lapses and nothing is declined on a doubtful reading."""
    unsure = replace(reading, unsure=True)
    action = decide(policy, request=request, reading=unsure, tie=tie, at=NOW, known=known).action
    assert action not in {Action.LAPSE, Action.DECLINE_WITH_MESSAGE}


@given(st.sampled_from(SHIPPED), requests(), readings(), ties(), st.text(), st.text(), st.text(min_size=1))
def test_words_and_names_change_no_decision(
    policy: Policy, request: ContactRequest, reading: Reading, tie: Tie, name: str, subject: str, text: str
) -> None:
    """With the same reading, another subject, name or wording gives the same action."""
    plain = replace(request, text="a", subject="b")
    other = replace(
        request, text=f"x{text}", subject=subject, requester=replace(request.requester, name=name)
    )
    actions = {decide(policy, request=r, reading=reading, tie=tie, at=NOW).action for r in (plain, other)}
    assert len(actions) == 1


@given(requests(), readings(), ties())
def test_relationship_first_makes_a_contact_only_by_letters(
    request: ContactRequest, reading: Reading, tie: Tie
) -> None:
    """Accept means three turns in two threads, or one meeting and one turn."""
    decision = decide(preset("relationship-first"), request=request, reading=reading, tie=tie, at=NOW)
    is_in_touch = (tie.turns >= 3 and tie.threads >= 2) or (tie.meetings >= 1 and tie.turns >= 1)
    assert decision.action is not Action.ACCEPT or is_in_touch


def problems_of(text: str) -> tuple[Problem, ...]:
    """Return what is wrong with these rules; any other exception fails the law."""
    try:
        parse_policy(text)
    except PolicyError as error:
        return error.problems
    return ()


@given(st.text(max_size=400) | st.text("[]{}=.\"'\n #arulewhydon,\\", max_size=400))
def test_any_text_is_a_policy_or_a_list_of_problems(text: str) -> None:
    """Rules a human typed never end in another exception."""
    assert all(problem.says for problem in problems_of(text))


@given(st.sampled_from(sorted(FACTS)), st.text(max_size=30))
def test_any_condition_is_checked_or_told_with_its_place(name: str, rest: str) -> None:
    """Whatever stands in a condition, the problem has a line and a column."""
    quoted = "".join(f"\\U{ord(char):08x}" for char in f"{name} {rest}" if not 0xD800 <= ord(char) < 0xE000)
    problems = problems_of(f'[[rule]]\nname = "n"\nwhy = "w"\nall = ["{quoted}"]\ndo = "hold"\n')
    assert all(problem.line and problem.column for problem in problems)


def test_inner_circle_is_held_by_every_preset() -> None:
    """People who are close are read by the owner alone."""
    known = Known(Standing.INNER_CIRCLE)
    for policy in SHIPPED:
        held = decide(
            policy,
            request=builders.request(),
            reading=builders.reading(),
            tie=builders.STRANGER,
            at=NOW,
            known=known,
        )
        assert held.action is Action.HOLD


@given(st.one_of(policies, owners_rules()), requests(), readings(), ties(), knowns(), answers())
def test_nobody_is_asked_twice_and_the_hurt_come_to_the_owner(
    policy: Policy, request: ContactRequest, reading: Reading, tie: Tie, known: Known, answer: Answer
) -> None:
    """Once an answer came no rule asks back; hurt goes to the owner; a doubtful answer closes nothing."""
    told = replace(known, answer=answer)
    action = decide(policy, request=request, reading=reading, tie=tie, at=NOW, known=told).action
    assert action is not Action.ASK_BACK
    if answer.outcome is Outcome.HURT:
        assert action is Action.HOLD
    if answer.unsure:
        assert action not in {Action.LAPSE, Action.DECLINE_WITH_MESSAGE}
