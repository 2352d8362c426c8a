"""The first house rule that matches wins, else the owner is asked.

Total by construction: any policy, even an empty or failing one, gives a decision with
its trace. A condition that cannot be evaluated holds nobody's door open and shuts it
on nobody: the case falls to the owner.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from anlass.intake import ContactRequest
from anlass.ledger import Tie
from anlass.litmus import Reading
from anlass.litmus.opinion import Opinion
from anlass.policy.cel import Activation, Compiled, activate
from anlass.policy.decision import Action, Decision, Send, TriedCondition, TriedRule, Words
from anlass.policy.facts import facts_of, shown
from anlass.policy.laws import (
    ANSWER_IN_DOUBT,
    ASKED_ALREADY,
    BLOCKED,
    BLOCKED_WHY,
    CLOSING,
    HURT,
    IN_DOUBT,
    LAW_FACTS,
    LAWS,
    NO_RULE,
    NO_RULE_WHY,
    UNPROVABLE,
    UNPROVABLE_WHY,
    WELCOME,
    is_welcome,
)
from anlass.policy.numbers import numeral
from anlass.policy.outside import NONE
from anlass.policy.rules import FIELD, Policy, Rule
from anlass.policy.situation import FactValue, Known, Situation

_STRANGER = Known()


def decide(
    policy: Policy,
    *,
    request: ContactRequest,
    reading: Reading,
    tie: Tie,
    at: datetime,
    known: Known = _STRANGER,
    opinion: Opinion | None = None,
) -> Decision:
    """Return what the house rules say about one request at the moment `at`; of the blocked, nothing."""
    if known.is_blocked:
        return Decision(Action.LAPSE, BLOCKED, BLOCKED_WHY, (TriedRule(BLOCKED, matched=True),))
    situation = Situation(request, reading, tie, at, known, opinion, policy.days)
    return judge(policy, facts_of(situation, dict.fromkeys((*LAW_FACTS, *policy.facts))))


def judge(policy: Policy, facts: Mapping[str, FactValue]) -> Decision:
    """Return what the house rules say about these facts; a missing fact never holds."""
    trial = _Trial(facts)
    for rule in (*LAWS, *([HURT] if _came_back(facts) else []), *policy.rules):
        held = trial.try_(rule)
        if held is None:
            return trial.decide(Action.HOLD, UNPROVABLE, _unprovable(rule))
        if held:
            return _unless_forbidden(trial, rule)
    return trial.decide(Action.HOLD, NO_RULE, NO_RULE_WHY)


def _unless_forbidden(trial: _Trial, rule: Rule) -> Decision:
    """Let `rule` decide, but close nothing on a doubtful reading and ask nobody twice."""
    came_back = _came_back(trial.facts)
    bar = None
    if is_welcome(rule.do, trial.facts):
        bar = WELCOME
    elif rule.do in CLOSING:
        bar = ANSWER_IN_DOUBT if came_back else IN_DOUBT
    elif rule.do is Action.ASK_BACK and came_back:
        bar = ASKED_ALREADY
    winner = rule if bar is None or trial.try_(bar) is False else bar
    return trial.decide(winner.do, winner.name, trial.reason(winner), winner.send)


def _came_back(facts: Mapping[str, FactValue]) -> bool:
    """Tell whether an answer to a counter-question is part of this case."""
    return facts.get("answer.outcome", NONE) != NONE


def _unprovable(rule: Rule) -> Words:
    return Words(UNPROVABLE_WHY.de.format(rule=rule.name.de), UNPROVABLE_WHY.en.format(rule=rule.name.en))


class _Trial:
    """One walk through the rules: tries them, remembers what was seen."""

    def __init__(self, facts: Mapping[str, FactValue]) -> None:
        self.facts = facts
        self.activation: Activation = activate(facts)
        self.values: dict[str, str] = {}
        self.trace: list[TriedRule] = []

    def try_(self, rule: Rule) -> bool | None:
        """Try one rule: all of `all` and one of `any`; `None` when that cannot be known."""
        conditions: list[TriedCondition] = []
        held = self._each(rule.all, conditions, until=False)
        if held is not False and rule.any:
            one = self._each(rule.any, conditions, until=True)
            held = one if one is not True else held
        self.trace.append(TriedRule(rule.name, held is True, tuple(conditions)))
        return held

    def _each(
        self, conditions: tuple[Compiled, ...], tried: list[TriedCondition], *, until: bool
    ) -> bool | None:
        """Look at conditions until one settles the matter; an unknown one leaves it open."""
        result: bool | None = not until
        for condition in conditions:
            held = condition.holds(self.activation)
            tried.append(TriedCondition(condition.source, held, self._values(condition)))
            if held is until:
                return until
            if held is None:
                result = None
        return result

    def _values(self, condition: Compiled) -> tuple[tuple[str, str], ...]:
        return tuple((name, self._shown(name)) for name in condition.names if name in self.facts)

    def _shown(self, name: str) -> str:
        if name not in self.values:
            self.values[name] = shown(self.facts[name])
        return self.values[name]

    def reason(self, rule: Rule) -> Words:
        """Return the rule's own sentence with its numbers filled in."""
        return Words(self._filled(rule.why.de, "de"), self._filled(rule.why.en, "en"))

    def _filled(self, words: str, lang: str) -> str:
        return FIELD.sub(lambda m: numeral(self.facts.get(m[1]), lang), words) if "{" in words else words

    def decide(self, action: Action, rule: Words, why: Words, send: Send = Send.DRAFT) -> Decision:
        """Close the walk with its outcome."""
        return Decision(action, rule, why, tuple(self.trace), send)
