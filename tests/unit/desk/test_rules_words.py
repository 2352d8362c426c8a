"""What the page says of how a rule is written holds: its example can be used, and no fact is missing."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from anlass.desk.rules.words import vocabulary
from anlass.desk.voice.common import Lang
from anlass.policy import FACTS, Action, parse_policy


@pytest.mark.parametrize("lang", get_args(Lang))
def test_the_example_can_be_used_and_all_is_named(lang: Lang) -> None:
    """Copied into a file of one's own it is a rule; facts and actions are those of the program."""
    told: Any = vocabulary(lang)
    (rule,) = parse_policy(told["sample"], "house-rules.toml", lang=lang).rules
    assert rule.do is Action.ASK_BACK
    assert [name for name, _, _ in told["vocabulary"]] == list(FACTS)
    assert all(says and values for _, says, values in told["vocabulary"])
    assert [word for word, _ in told["actions"]] == [one.value for one in Action]
