"""What the owner's answers suggest: proposals, well founded or none."""

from __future__ import annotations

from datetime import timedelta

from anlass.litmus import Asks, FindingKind, Verdict
from anlass.policy import Action, parse_policy, preset
from anlass.policy.proposals import kinds, propose
from anlass.policy.replay import Share
from anlass.policy.written import rule_text
from tests.unit.policy.builders import NOW, found, reading
from tests.unit.policy.pasts import past

WHY = preset("show-me-why")
REST = [past(f"rest-{n}", read=reading(asks=Asks.CONTACT), answered=n % 2 == 0) for n in range(20)]
ASKED = reading(Verdict.REASON, asks=Asks.ANSWER)


def test_kind_that_was_nearly_always_answered_is_proposed() -> None:
    """Nine of ten questions with a reason were answered: a rule?"""
    cases = [past(f"q{n}", read=ASKED, answered=n > 0) for n in range(10)]
    (proposal,) = propose(WHY, [*cases, *REST], now=NOW)
    assert (proposal.kind.name.en, proposal.answered) == ("answer, with a reason", Share(9, 10))
    assert proposal.rule.do is Action.ACCEPT
    assert parse_policy(rule_text(proposal.rule)).rules == (proposal.rule,)


def test_kind_that_was_never_answered_goes_to_the_watch_list_at_most() -> None:
    """Silence on pressure suggests silence, and never that anything lapses."""
    pressing = found(reading(), FindingKind.PRESSURE)
    cases = [past(f"p{n}", read=pressing) for n in range(12)]
    proposals = propose(WHY, [*cases, *REST], now=NOW)
    assert {one.rule.do for one in proposals} == {Action.WATCH}
    assert "pressure" in {one.kind.name.en for one in proposals}


def test_few_young_or_undecided_cases_suggest_nothing() -> None:
    """Seven are too few, two weeks are too short, and what the rules do already is no proposal."""
    few = [past(f"q{n}", read=ASKED, answered=True) for n in range(7)]
    assert propose(WHY, [*few, *REST], now=NOW) == ()
    young = [past(f"y{n}", read=ASKED, came=NOW - timedelta(days=1)) for n in range(12)]
    assert propose(WHY, [*young, *REST], now=NOW) == ()
    many = [past(f"q{n}", read=ASKED, answered=True) for n in range(10)]
    assert propose(preset("open-door"), [*many, *REST], now=NOW) == ()


def test_kinds_have_names_and_conditions_that_check() -> None:
    """Every kind makes a rule that can be read, and no two have the same name."""
    names = [kind.name.en for kind in kinds()]
    assert len(set(names)) == len(names)
    assert [kind.name for kind in kinds() if not (kind.name.de and kind.conditions)] == []
