"""House rules as words again: a policy becomes the TOML that `parse_policy` reads."""

from __future__ import annotations

from collections.abc import Iterable

from anlass.policy.cel import Compiled
from anlass.policy.decision import Words
from anlass.policy.rules import UNSAID, Policy, Rule
from anlass.toml_text import quoted

_WIDTH = 100


def policy_text(policy: Policy) -> str:
    """Return these rules as a file; examples and comments are no part of a policy, so there are none."""
    head = []
    if policy.title != UNSAID:
        head.append(f"title = {_words(policy.title)}")
    if policy.preset:
        head.append(f"preset = {quoted(policy.preset)}")
    if policy.about != UNSAID:
        head += ["", "[about]", f"de = {quoted(policy.about.de)}", f"en = {quoted(policy.about.en)}"]
    parts = ["\n".join(head), *map(rule_text, policy.rules)]
    return "\n\n".join(part.rstrip("\n") for part in parts if part) + "\n"


def rule_text(rule: Rule) -> str:
    """Return one rule as a file holds it."""
    lines = [
        "[[rule]]",
        f"name = {_words(rule.name)}",
        f"why.de = {quoted(rule.why.de)}",
        f"why.en = {quoted(rule.why.en)}",
        *_conditions("all", rule.all),
        *_conditions("any", rule.any),
        f'do = "{rule.do.value}"',
    ]
    return "\n".join(lines) + "\n"


def _conditions(name: str, conditions: Iterable[Compiled]) -> list[str]:
    sources = [quoted(one.source) for one in conditions]
    line = f"{name} = [{', '.join(sources)}]"
    if not sources or len(line) <= _WIDTH:
        return [line] if sources else []
    return [f"{name} = [", *(f"    {one}," for one in sources), "]"]


def _words(words: Words) -> str:
    return f"{{ de = {quoted(words.de)}, en = {quoted(words.en)} }}"
