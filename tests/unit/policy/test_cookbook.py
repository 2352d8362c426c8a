"""The cookbook: every recipe does what its words say, alone and before every preset."""

from __future__ import annotations

import pytest

from anlass.policy import PRESETS, Action, parse_policy, preset
from anlass.policy.recipes import recipe, recipe_texts, rules_of

NAMES = sorted(recipe_texts())


def test_there_are_thirty_recipes() -> None:
    """The cookbook is a book."""
    assert len(NAMES) >= 30


@pytest.mark.parametrize("name", NAMES)
def test_recipe_is_good_and_speaks_both_languages(name: str) -> None:
    """Parsing runs every example, those that must not win too; all words are there twice."""
    policy = recipe(name)
    text = recipe_texts()[name]
    for lang in ("de", "en"):
        assert policy.title.in_(lang)
        assert policy.about.in_(lang).endswith(".")
        assert [rule.name.en for rule in policy.rules if not rule.why.in_(lang).endswith(".")] == []
    assert [words for words in (policy.title, policy.about) if words.de == words.en] == []
    assert "!" not in "".join(policy.about.de + policy.about.en)
    assert text.count("applies = false") >= len(policy.rules)


@pytest.mark.parametrize("shipped", PRESETS)
def test_no_recipe_is_named_like_a_shipped_rule(shipped: str) -> None:
    """In the trace a rule of the cookbook and one of the house are told apart."""
    own = {rule.name for name in NAMES for rule in recipe(name).rules}
    assert own.isdisjoint(rule.name for rule in preset(shipped).rules)


@pytest.mark.parametrize("name", NAMES)
def test_recipe_is_put_into_a_file_by_its_rules_alone(name: str) -> None:
    """Title and description stay behind; the rules are the same."""
    taken = parse_policy(rules_of(recipe_texts()[name]))
    assert (taken.rules, taken.title.de) == (recipe(name).rules, "")


def test_recipes_use_every_kind_of_fact_and_nearly_every_action() -> None:
    """The cookbook shows what can be said."""
    rules = [rule for name in NAMES for rule in recipe(name).rules]
    rooms = {fact.split(".")[0] for rule in rules for c in (*rule.all, *rule.any) for fact in c.names}
    assert rooms == {"reading", "tie", "request", "person", "time", "asked", "answer", "event"}
    assert {rule.do for rule in rules} == set(Action) - {Action.UNLOCK, Action.DECLINE_WITH_MESSAGE}
