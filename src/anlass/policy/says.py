"""The trace as sentences: which rule was tried, what it asked, what was found.

    Regel „Erst Briefe, dann Kontakt“ greift nicht.
      - Wechsel von Brief und Antwort: verlangt mindestens 3, gefunden 2.

Simple comparisons are said in words; anything longer is quoted with its values.
"""

from __future__ import annotations

import re

from anlass.policy.decision import Action, Decision, TriedCondition, TriedRule
from anlass.policy.facts import FACTS, Fact
from anlass.policy.rules import Words

ACTIONS: dict[Action, Words] = {
    Action.ACCEPT: Words("annehmen", "accept"),
    Action.ASK_BACK: Words("nachfragen", "ask back"),
    Action.WATCH: Words("auf die Merkliste", "put on the watch list"),
    Action.DECLINE_WITH_MESSAGE: Words("ablehnen mit Nachricht", "decline with message"),
    Action.UNLOCK: Words("freischalten", "unlock"),
    Action.LAPSE: Words("verfallen lassen", "let it lapse"),
    Action.HOLD: Words("vorlegen", "hold for the owner"),
}

_LITERAL = r"""(?:'[^']*'|"[^"]*"|-?\d+(?:\.\d+)?|true|false)"""
_COMPARISON = re.compile(rf"(?P<name>[a-z_.]+)\s*(?P<op>==|!=|>=|<=|>|<)\s*(?P<value>{_LITERAL})")
_ONE_OF = re.compile(rf"(?P<name>[a-z_.]+)\s+in\s+\[(?P<value>{_LITERAL}(?:\s*,\s*{_LITERAL})*)\]")
_CONTAINS = re.compile(rf"(?P<value>{_LITERAL})\s+in\s+(?P<name>[a-z_.]+)")
_PLAIN = re.compile(r"(?P<not>!?)\s*(?P<name>[a-z_.]+)")

_WANTED = {
    "==": Words("verlangt {0}", "wanted {0}"),
    "!=": Words("alles außer {0}", "anything but {0}"),
    ">=": Words("verlangt mindestens {0}", "wanted at least {0}"),
    "<=": Words("verlangt höchstens {0}", "wanted at most {0}"),
    ">": Words("verlangt mehr als {0}", "wanted more than {0}"),
    "<": Words("verlangt weniger als {0}", "wanted less than {0}"),
    "in": Words("verlangt eines von {0}", "wanted one of {0}"),
}
_FOUND = Words("{label}: {wanted}, gefunden {found}.", "{label}: {wanted}, found {found}.")
_QUOTED = Words("{expression}: {held}{values}.", "{expression}: {held}{values}.")
_UNKNOWN = Words("{expression}: ließ sich nicht prüfen{values}.", "{expression}: could not be checked{values}.")
_HELD = {True: Words("trifft zu", "holds"), False: Words("trifft nicht zu", "does not hold")}
_BOOL = {"true": Words("ja", "yes"), "false": Words("nein", "no")}
_NOTHING = Words("nichts", "nothing")
_RULE = {
    True: Words("Regel „{name}“ greift.", "Rule “{name}” applies."),
    False: Words("Regel „{name}“ greift nicht.", "Rule “{name}” does not apply."),
}
_END = Words("Also: {action}. {why}", "So: {action}. {why}")


def explain(decision: Decision, lang: str) -> tuple[str, ...]:
    """Return the whole trace as lines, the rules in order, the outcome last."""
    lines = [line for tried in decision.trace for line in _rule(tried, lang)]
    action = ACTIONS[decision.action].in_(lang)
    return (*lines, _END.in_(lang).format(action=action, why=decision.why))


def reason(decision: Decision, lang: str) -> str:
    """Return the one sentence of the rule that decided, with its name."""
    return Words("Regel „{0}“: {1}", "Rule “{0}”: {1}").in_(lang).format(decision.rule, decision.why)


def _rule(tried: TriedRule, lang: str) -> list[str]:
    head = _RULE[tried.matched].in_(lang).format(name=tried.name)
    return [head, *(f"  - {condition_says(condition, lang)}" for condition in tried.conditions)]


def condition_says(condition: TriedCondition, lang: str) -> str:
    """Return one sentence about one condition: what was wanted, what was found."""
    if condition.held is None:
        return _UNKNOWN.in_(lang).format(expression=condition.expression, values=_values(condition, lang))
    return _simple(condition, lang) or _QUOTED.in_(lang).format(
        expression=condition.expression, held=_HELD[condition.held].in_(lang), values=_values(condition, lang)
    )


def _simple(condition: TriedCondition, lang: str) -> str | None:
    """Say a comparison of one fact with one literal in words."""
    source = condition.expression.strip()
    if len(condition.values) != 1:
        return None
    fact, found = FACTS.get(condition.values[0][0]), condition.values[0][1]
    if fact is None:
        return None
    wanted = _wanted(source, lang)
    if wanted is None:
        return None
    return _FOUND.in_(lang).format(label=_label(fact, lang), wanted=wanted, found=_value(found, lang))


def _wanted(source: str, lang: str) -> str | None:
    if match := _COMPARISON.fullmatch(source):
        return _WANTED[match["op"]].in_(lang).format(_value(match["value"], lang))
    if match := _ONE_OF.fullmatch(source):
        return _WANTED["in"].in_(lang).format(", ".join(v.strip(" '\"") for v in match["value"].split(",")))
    if match := _CONTAINS.fullmatch(source):
        return _WANTED["=="].in_(lang).format(_value(match["value"], lang))
    if match := _PLAIN.fullmatch(source):
        return _WANTED["=="].in_(lang).format(_BOOL["false" if match["not"] else "true"].in_(lang))
    return None


def _label(fact: Fact, lang: str) -> str:
    label = fact.de if lang == "de" else fact.en
    return label[:1].upper() + label[1:]


def _value(text: str, lang: str) -> str:
    text = text.strip("'\"")
    return _BOOL[text].in_(lang) if text in _BOOL else text or _NOTHING.in_(lang)


def _values(condition: TriedCondition, lang: str) -> str:
    shown = ", ".join(f"{name} = {_value(value, lang)}" for name, value in condition.values)
    return f" ({shown})" if shown else ""
