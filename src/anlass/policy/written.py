"""House rules as words again: a policy becomes the TOML that `parse_policy` reads."""

from __future__ import annotations

import json
from collections.abc import Iterable

from anlass.policy.cel import Compiled
from anlass.policy.decision import Words
from anlass.policy.rules import UNSAID, Policy, Rule

_WIDTH = 100


def policy_text(policy: Policy) -> str:
    """Return these rules as a file; examples and comments are no part of a policy, so there are none."""
    head = []
    if policy.title != UNSAID:
        head.append(f"title = {_words(policy.title)}")
    if policy.preset:
        head.append(f"preset = {_quoted(policy.preset)}")
    if policy.about != UNSAID:
        head += ["", "[about]", f"de = {_quoted(policy.about.de)}", f"en = {_quoted(policy.about.en)}"]
    parts = ["\n".join(head), *map(rule_text, policy.rules)]
    return "\n\n".join(part.rstrip("\n") for part in parts if part) + "\n"


def rule_text(rule: Rule) -> str:
    """Return one rule as a file holds it."""
    lines = [
        "[[rule]]",
        f"name = {_words(rule.name)}",
        f"why.de = {_quoted(rule.why.de)}",
        f"why.en = {_quoted(rule.why.en)}",
        *_conditions("all", rule.all),
        *_conditions("any", rule.any),
        f'do = "{rule.do.value}"',
    ]
    return "\n".join(lines) + "\n"


def _conditions(name: str, conditions: Iterable[Compiled]) -> list[str]:
    quoted = [_quoted(one.source) for one in conditions]
    line = f"{name} = [{', '.join(quoted)}]"
    if not quoted or len(line) <= _WIDTH:
        return [line] if quoted else []
    return [f"{name} = [", *(f"    {one}," for one in quoted), "]"]


def _words(words: Words) -> str:
    return f"{{ de = {_quoted(words.de)}, en = {_quoted(words.en)} }}"


def _quoted(text: str) -> str:
    """Return `text` as a TOML string: JSON's escapes are TOML's, but for the one character JSON lets pass."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
