"""House rules as JSON lines: rules, past requests under them, and the sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from anlass.desk.surface import JsonLine, moment
from anlass.errors import Problem
from anlass.policy import Action, Decision, Rule
from anlass.policy.replay import Replayed, Share, Sum, Truth


def rule_line(rule: Rule, lang: str) -> JsonLine:
    """One rule of `anlass policy show --json`."""
    return {
        "rule": rule.name.in_(lang),
        "why": rule.why.in_(lang),
        "all": [one.source for one in rule.all],
        "any": [one.source for one in rule.any],
        "do": rule.do.value,
    }


def problem_line(problem: Problem) -> JsonLine:
    """One thing that is wrong with house rules, of `anlass policy check --json`: with its place, from 1."""
    first, _, rest = problem.says.partition("\n")
    return {
        "says": first,
        "shown": rest,
        "file": problem.where or None,
        "line": problem.line,
        "column": problem.column,
    }


def decision_line(case: str, decision: Decision, lang: str) -> JsonLine:
    """A decision with every rule that was tried, of `anlass policy explain --json`."""
    return {
        "case": case,
        "action": decision.action.value,
        "rule": decision.rule.in_(lang),
        "why": decision.why.in_(lang),
        "send": decision.send.value,
        "tried": [
            {
                "rule": tried.name.in_(lang),
                "matched": tried.matched,
                "conditions": [
                    {"expression": one.expression, "held": one.held, "values": dict(one.values)}
                    for one in tried.conditions
                ],
            }
            for tried in decision.trace
        ],
    }


def replayed_line(row: Sequence[Replayed], lang: str) -> JsonLine:
    """One past request of `anlass policy replay --json`; `against` is there where rules were compared."""
    one = row[0]
    return {
        "case": one.id,
        "name": one.name,
        "date": moment(one.came),
        "asks": one.asks.value,
        "verdict": one.verdict.value,
        "answered": one.became.answered,
        "in_letters": one.became.in_letters,
        "held": _ruled(one, lang),
        **({"against": _ruled(row[1], lang)} if len(row) > 1 else {}),
    }


def sums_line(found: Mapping[Action, Sum], held: Truth) -> JsonLine:
    """The last lines of `anlass policy replay --json`: one for each set of rules."""
    return {
        "sums": {
            action.value: {"cases": n.cases, "answered": n.answered, "in_letters": n.in_letters}
            for action, n in found.items()
        },
        "truth": {
            "speaks": _share(held.speaks),
            "spoken": _share(held.spoken),
            "silent": _share(held.silent),
            "silenced": _share(held.silenced),
            "missed": [one.id for one in held.missed],
            "left": held.left,
            "young": held.young,
        },
    }


def _ruled(one: Replayed, lang: str) -> JsonLine:
    then = one.then
    return {
        "action": one.first.action.value,
        "rule": one.first.rule.in_(lang),
        "then": {"action": then.action.value, "rule": then.rule.in_(lang)} if then else None,
    }


def _share(share: Share) -> JsonLine:
    low, high = share.bounds
    return {"count": share.count, "of": share.of, "low": round(low, 4), "high": round(high, 4)}
