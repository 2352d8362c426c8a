"""What the owner wants: the Hausordnung, an ordered list of named rules.

A rule is a list of small CEL conditions and one action; the first that matches
wins, else the owner is asked (`hold`). Every decision carries its trace. A text from
a stranger is data here and can never select an action by itself. This room must not
know how an answer is worded (`replies`).
"""

from anlass.policy.decide import decide
from anlass.policy.decision import Action, Decision, Send, TriedCondition, TriedRule, Words
from anlass.policy.facts import FACTS
from anlass.policy.parse import parse_policy
from anlass.policy.rules import DEFAULT, PRESETS, Policy, Rule
from anlass.policy.says import explain, in_short
from anlass.policy.shipped import preset, preset_text
from anlass.policy.situation import Fact, FactType, Known

__all__ = [
    "DEFAULT",
    "FACTS",
    "PRESETS",
    "Action",
    "Decision",
    "Fact",
    "FactType",
    "Known",
    "Policy",
    "Rule",
    "Send",
    "TriedCondition",
    "TriedRule",
    "Words",
    "decide",
    "explain",
    "in_short",
    "parse_policy",
    "preset",
    "preset_text",
]
