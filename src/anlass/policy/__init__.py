"""What the owner wants: the Hausordnung, an ordered list of named rules.

A rule is a list of small CEL conditions and one action; the first that matches
wins, else the owner is asked (`hold`). Every decision carries its trace. A text from
a stranger is data here and can never select an action by itself.
"""

from anlass.policy.decision import Action, Decision, TriedCondition, TriedRule

__all__ = ["Action", "Decision", "TriedCondition", "TriedRule"]
