"""Examples written into the rules: with these facts, this rule is meant to win.

They start from a stranger's sober letter and name only what differs, so that each
reads as a sentence; a file whose examples do not come true is not applied.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from anlass.policy.decide import judge
from anlass.policy.decision import Action, Decision, Words
from anlass.policy.facts import FACTS
from anlass.policy.rules import Policy
from anlass.policy.situation import FactType, FactValue
from anlass.policy.sober import sober

Facts = tuple[tuple[str, FactValue], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """The facts that differ from a sober letter, the rule they should wake and what it does.

    One that does not apply (`applies` is false) shows what the rule leaves to others.
    """

    rule: Words
    do: Action
    facts: Facts
    applies: bool = True


def example_facts(table: Mapping[str, object]) -> tuple[Facts, tuple[str, ...]]:
    """Return the facts of an example, and the names that are unknown or of the wrong type."""
    found: list[tuple[str, FactValue]] = []
    wrong: list[str] = []
    for name, value in _flat(table, ""):
        fitting = _fitting(name, value)
        if fitting is None:
            wrong.append(name)
        else:
            found.append((name, fitting))
    return tuple(found), tuple(wrong)


def lost(policy: Policy, example: Example) -> Decision | None:
    """Return the decision that beat the example, `None` when it came true."""
    decision = judge(policy, {**sober(), **dict(example.facts)})
    has_won = (decision.rule, decision.action) == (example.rule, example.do)
    return None if has_won is example.applies else decision


def _flat(table: Mapping[str, object], before: str) -> Iterator[tuple[str, object]]:
    for key, value in table.items():
        name = f"{before}{key}"
        if isinstance(value, dict) and name not in FACTS:
            yield from _flat(value, f"{name}.")
        else:
            yield name, value


def _fitting(name: str, value: object) -> FactValue | None:
    """Return `value` as the fact's type wants it, `None` where it does not fit."""
    fact = FACTS.get(name)
    if fact is None:
        return None
    if fact.type is FactType.DOUBLE and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if fact.type is FactType.STRINGS:
        is_fitting = isinstance(value, list) and all(isinstance(item, str) for item in value)
        return [str(item) for item in value] if isinstance(value, list) and is_fitting else None
    kind = type(sober()[name])
    return value if isinstance(value, (bool, int, float, str)) and type(value) is kind else None
