"""What the house rules say, without the trace: for looking at a hundred thousand cases at once.

Every rule becomes one expression, so that one look tells whether it applies. What comes out is
what `judge` says, action and rule; a test holds both against each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from anlass.policy.cel import Activation, Compiled, activate, compile_all
from anlass.policy.decide import judge
from anlass.policy.decision import Action, Words
from anlass.policy.laws import (
    ANSWER_IN_DOUBT,
    ASKED_ALREADY,
    CLOSING,
    HURT,
    IN_DOUBT,
    LAW_FACTS,
    LAWS,
    NO_RULE,
    UNPROVABLE,
    WELCOME,
    is_welcome,
)
from anlass.policy.outside import NONE
from anlass.policy.rules import Policy, Rule
from anlass.policy.situation import FactValue


@dataclass(frozen=True, slots=True)
class Ruled:
    """The action that the house rules choose, and the name of the rule that chose it."""

    action: Action
    rule: Words


_NO_RULE = Ruled(Action.HOLD, NO_RULE)
_UNPROVABLE = Ruled(Action.HOLD, UNPROVABLE)


class Quick:
    """A policy made ready for many cases; `facts` are the names it looks at."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.facts = tuple(dict.fromkeys((*LAW_FACTS, *policy.facts)))
        self._tests = {id(rule): _whole(rule) for rule in (*_LAWS, *policy.rules)}
        self._rules = tuple((rule, self._tests[id(rule)], Ruled(rule.do, rule.name)) for rule in policy.rules)
        self._laws = tuple((rule, self._tests[id(rule)], Ruled(rule.do, rule.name)) for rule in LAWS)
        self._hurt = ((HURT, self._tests[id(HURT)], Ruled(HURT.do, HURT.name)),)

    def rule(self, facts: Mapping[str, FactValue]) -> Ruled:
        """Return what the house rules say about these facts."""
        activation = activate(facts)
        came_back = _came_back(facts)
        for rule, test, ruled in (*self._laws, *(self._hurt if came_back else ()), *self._rules):
            if test is None:
                return self._slowly(facts)
            held = test.holds(activation)
            if held is None:
                return _UNPROVABLE
            if held:
                return self._unless_forbidden(rule, ruled, facts, activation)
        return _NO_RULE

    def _unless_forbidden(
        self, rule: Rule, ruled: Ruled, facts: Mapping[str, FactValue], at: Activation
    ) -> Ruled:
        bar, came_back = None, _came_back(facts)
        if is_welcome(rule.do, facts):
            bar = WELCOME
        elif rule.do in CLOSING:
            bar = ANSWER_IN_DOUBT if came_back else IN_DOUBT
        elif rule.do is Action.ASK_BACK and came_back:
            bar = ASKED_ALREADY
        test = self._tests[id(bar)] if bar else None
        if bar is None or (test is not None and test.holds(at) is False):
            return ruled
        return Ruled(bar.do, bar.name)

    def _slowly(self, facts: Mapping[str, FactValue]) -> Ruled:
        """Ask one condition after the other, for rules that are too deep for one expression."""
        decision = judge(self.policy, facts)
        return Ruled(decision.action, decision.rule)


_LAWS = (*LAWS, HURT, IN_DOUBT, ANSWER_IN_DOUBT, ASKED_ALREADY, WELCOME)


def _came_back(facts: Mapping[str, FactValue]) -> bool:
    return facts.get("answer.outcome", NONE) != NONE


def _whole(rule: Rule) -> Compiled | None:
    return compile_all([one.source for one in rule.all], [one.source for one in rule.any])
