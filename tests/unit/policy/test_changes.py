"""House rules changed, compared and written: nothing else in them moves."""

from __future__ import annotations

import pytest

from anlass.errors import PolicyError
from anlass.policy import PRESETS, Policy, parse_policy, preset, preset_text
from anlass.policy.compare import compare
from anlass.policy.editing import with_preset, with_rule
from anlass.policy.recipes import recipe_texts, rules_of
from anlass.policy.written import policy_text

RULE = '[[rule]]\nname = "A"\nwhy = "w"\nall = ["true"]\ndo = "hold"\n'
OTHER = RULE.replace('"A"', '"B"')


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# mine\n",
        'title = "T"\n',
        "# mine\n\n# about A\n" + RULE,
        '[about]\nde = "d"\nen = "e"\n\n' + RULE,
        '# first\npreset = "show-me-why"  # this one\n\n' + RULE,
        "preset = 'none'\n",
    ],
)
def test_preset_is_chosen_and_all_else_stays(text: str) -> None:
    """Comments and rules stay as they are; choosing twice is choosing once."""
    chosen = with_preset(text, "open-door")
    assert parse_policy(chosen).preset == "open-door"
    assert parse_policy(chosen).rules == parse_policy(text).rules
    assert [line for line in text.splitlines() if line.startswith("#") and line not in chosen] == []
    assert with_preset(chosen, "open-door") == chosen
    assert parse_policy(with_preset(chosen, "relationship-first")).preset == "relationship-first"


@pytest.mark.parametrize(
    "text", ["", "# mine\n", 'preset = "open-door"\n', '[about]\nde = "d"\nen = "e"\n', OTHER]
)
def test_rule_is_put_before_all_others(text: str) -> None:
    """The new rule is the first; the others keep their order."""
    added = parse_policy(with_rule(text, RULE))
    assert [rule.name.en for rule in added.rules] == ["A", *(r.name.en for r in parse_policy(text).rules)]
    assert (added.preset, added.about) == (parse_policy(text).preset, parse_policy(text).about)


@pytest.mark.parametrize("name", [*PRESETS, *recipe_texts()])
def test_written_rules_are_read_as_the_same(name: str) -> None:
    """Writing and reading is the identity."""
    policy = preset(name) if name in PRESETS else parse_policy(recipe_texts()[name])
    assert parse_policy(policy_text(policy)) == policy


def test_odd_characters_survive_writing() -> None:
    """Quotes, line ends and control characters are escaped as TOML wants it."""
    odd = RULE.replace('"w"', '"a\\"b\\\\c\\u007f\\n\\td"').replace('["true"]', '["true //x\\n"]')
    assert parse_policy(policy_text(parse_policy(odd))) == parse_policy(odd)


def test_comparing_names_what_is_gone_new_changed_and_moved() -> None:
    """Rules are the same by their name."""
    before = parse_policy(RULE + OTHER + RULE.replace('"A"', '"C"') + RULE.replace('"A"', '"D"'))
    after = parse_policy(
        OTHER + RULE.replace('"A"', '"D"') + RULE.replace('"A"', '"C"').replace("hold", "watch")
        + RULE.replace('"A"', '"E"')
    )  # fmt: skip
    found = compare(before, after)
    assert [rule.name.en for rule in found.gone] == ["A"]
    assert [rule.name.en for rule in found.added] == ["E"]
    assert [new.name.en for _, new in found.changed] == ["C"]
    assert len(found.moved) == 1
    assert not compare(before, before)


def test_unknown_preset_is_named_with_the_nearest() -> None:
    """A misspelt choice is a problem with its place."""
    with pytest.raises(PolicyError) as error:
        parse_policy('preset = "open-dor"\n', "h.toml")
    (problem,) = error.value.problems
    assert (problem.line, problem.column) == (1, 10)
    assert problem.says.startswith("There are no shipped rules “open-dor”. Did you mean “open-door”?")


def test_example_that_must_not_win_but_does_is_a_problem() -> None:
    """`applies = false` is held as strictly as its opposite."""
    text = RULE + "[[rule.example]]\nfacts = { }\napplies = false\n"
    with pytest.raises(PolicyError, match="is meant not to apply"):
        parse_policy(text)
    with pytest.raises(PolicyError, match="“applies” must be true, false"):
        parse_policy(text.replace("false", '"no"'))


def test_recipe_without_its_head_is_rules_alone() -> None:
    """What is put into a file has no title of its own."""
    assert parse_policy(rules_of(recipe_texts()["holidays"])).title == Policy().title


def test_shipped_text_is_read_only_by_name() -> None:
    """No path leads out of the shipped rules."""
    with pytest.raises(KeyError):
        preset_text("../parse")
