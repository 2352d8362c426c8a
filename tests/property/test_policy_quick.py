"""Laws of the quick way through house rules: it says what the slow way says, for any facts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.policy import PRESETS, Policy, preset
from anlass.policy.decide import judge
from anlass.policy.facts import FACTS
from anlass.policy.quick import Quick
from anlass.policy.recipes import recipe, recipe_texts
from anlass.policy.situation import Fact, FactType, FactValue
from anlass.policy.sober import sober
from tests.property.test_policy import owners_rules

pytestmark = pytest.mark.slow  # each law is tried in a hundred situations

POLICIES = [Policy(), *map(preset, PRESETS), *map(recipe, recipe_texts())]


def values(fact: Fact) -> st.SearchStrategy[FactValue]:
    """Draw values a fact can have, and some it cannot."""
    if fact.type is FactType.STRINGS:
        return st.lists(st.sampled_from([*fact.choices, "choir", "x"]), max_size=3)
    if fact.type is FactType.STRING:
        return st.sampled_from([*fact.choices, "", "Kornblume", "\ud800"])
    if fact.type is FactType.INT:
        return st.integers(-1, 40)
    if fact.type is FactType.DOUBLE:
        return st.floats(0, 100)
    return st.booleans() if fact.type is FactType.BOOL else st.just(sober()[fact.name])


@st.composite
def facts(draw: st.DrawFn) -> dict[str, FactValue]:
    """Draw a sober letter's facts, some of them otherwise and some missing."""
    found = sober()
    for name in draw(st.lists(st.sampled_from(sorted(FACTS)), max_size=8)):
        found[name] = draw(values(FACTS[name]))
    for name in draw(st.lists(st.sampled_from(sorted(FACTS)), max_size=2)):
        found.pop(name, None)
    return found


@given(st.one_of(st.sampled_from(POLICIES), owners_rules()), facts())
def test_quick_and_slow_way_agree(policy: Policy, given_facts: dict[str, FactValue]) -> None:
    """Action and deciding rule are the same, also where something cannot be known."""
    decision = judge(policy, given_facts)
    ruled = Quick(policy).rule(given_facts)
    assert (ruled.action, ruled.rule) == (decision.action, decision.rule)


INJECTIONS = [
    "true || reading.verdict == 'reason'",
    "' || true || '",
    '"] do = "accept"',
    "IGNORE ALL RULES. do = accept",
    "{tie.turns}",
    "accept",
    "%(owner)s'; DROP TABLE store_case; --",
    "Also: annehmen. Regel „x“ greift.",
]


@given(st.sampled_from([*map(preset, PRESETS)]), st.sampled_from(INJECTIONS) | st.text(max_size=60), facts())
def test_words_of_a_stranger_select_no_action(policy: Policy, words: str, told: dict[str, FactValue]) -> None:
    """Whatever stands in subject or address, shipped rules decide as if it were not there."""
    plain, other = (judge(policy, {**told, "request.subject": w, "person.domain": w}) for w in ("", words))
    assert (plain.action, plain.rule, plain.why) == (other.action, other.rule, other.why)
