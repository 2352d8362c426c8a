"""What two sets of house rules differ in, rule by rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from anlass.policy.decision import Action, Words
from anlass.policy.rules import Policy, Rule


@dataclass(frozen=True, slots=True)
class Changes:
    """The rules that only one side has, those that say otherwise, and those that stand elsewhere.

    Rules are the same by their English name; each list is in the order of its own side.
    """

    gone: tuple[Rule, ...]
    added: tuple[Rule, ...]
    changed: tuple[tuple[Rule, Rule], ...]
    moved: tuple[Rule, ...]

    def __bool__(self) -> bool:
        return bool(self.gone or self.added or self.changed or self.moved)


def compare(before: Policy, after: Policy) -> Changes:
    """Return what became of the rules of `before` in `after`."""
    old, new = _named(before), _named(after)
    both = [name for name in old if name in new]
    placed = SequenceMatcher(None, both, [name for name in new if name in old], autojunk=False)
    kept = {both[i] for block in placed.get_matching_blocks() for i in range(block.a, block.a + block.size)}
    return Changes(
        tuple(rule for name, rule in old.items() if name not in new),
        tuple(rule for name, rule in new.items() if name not in old),
        tuple((old[name], new[name]) for name in both if _told(old[name]) != _told(new[name])),
        tuple(new[name] for name in new if name in old and name not in kept),
    )


def _named(policy: Policy) -> Mapping[str, Rule]:
    return {rule.name.en: rule for rule in policy.rules}


def _told(rule: Rule) -> tuple[Action, Words, tuple[str, ...], tuple[str, ...]]:
    return rule.do, rule.why, tuple(c.source for c in rule.all), tuple(c.source for c in rule.any)
