"""The trace as sentences: which rule was tried, what it asked, what was found.

    Regel „Erst Briefe, dann Kontakt“ greift nicht.
      - Wechsel von Brief und Antwort: verlangt mindestens 3, gefunden 2.

Simple comparisons are said in words; anything longer is quoted with its values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from anlass.languages import capital
from anlass.policy.decision import Decision, TriedCondition, TriedRule, Words
from anlass.policy.facts import FACTS
from anlass.policy.labels import ACTIONS, OF_FACT
from anlass.policy.situation import FactType

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
_ASKED = {
    "==": Words("{0}", "{0}"),
    "!=": Words("alles außer {0}", "anything but {0}"),
    ">=": Words("mindestens {0}", "at least {0}"),
    "<=": Words("höchstens {0}", "at most {0}"),
    ">": Words("mehr als {0}", "more than {0}"),
    "<": Words("weniger als {0}", "less than {0}"),
    "in": Words("eines von {0}", "one of {0}"),
}
_FOUND = Words("{label}: {wanted}, gefunden {found}", "{label}: {wanted}, found {found}")
_QUOTES = Words("„{0}“", "“{0}”")
_JOINTS = {"&&": Words("; und ", "; and "), "||": Words("; oder ", "; or ")}
_QUOTED = Words("{expression}: {held}{values}.", "{expression}: {held}{values}.")
_UNKNOWN = Words(
    "{expression}: ließ sich nicht prüfen{values}.", "{expression}: could not be checked{values}."
)
_HELD = {True: Words("trifft zu", "holds"), False: Words("trifft nicht zu", "does not hold")}
_BOOL = {"true": Words("ja", "yes"), "false": Words("nein", "no")}
_NOTHING = Words("nichts", "nothing")
_RULE = {
    True: Words("Regel „{name}“ greift.", "Rule “{name}” applies."),
    False: Words("Regel „{name}“ greift nicht.", "Rule “{name}” does not apply."),
}
_PASSED = Words("Geprüft, greift nicht: {names}.", "Tried, does not apply: {names}.")
_REASON = Words("Regel „{rule}“: {why}", "Rule “{rule}”: {why}")
_END = Words("Also: {action}. {why}", "So: {action}. {why}")


def explain(decision: Decision, lang: str) -> tuple[str, ...]:
    """Return the whole trace as lines, the rules in order, the outcome last."""
    lines = [line for tried in decision.trace for line in _rule(tried, lang)]
    return (*lines, _end(decision, lang))


def in_short(decision: Decision, lang: str) -> tuple[str, ...]:
    """Return the trace with what the deciding rule found, and of the others their names alone."""
    missed = [_QUOTES.in_(lang).format(one.name.in_(lang)) for one in decision.trace if not one.matched]
    passed = (_PASSED.in_(lang).format(names=", ".join(missed)),) if missed else ()
    lines = [line for tried in decision.trace if tried.matched for line in _rule(tried, lang)]
    return (*passed, *lines, _end(decision, lang))


def reason(decision: Decision, lang: str) -> str:
    """Return the one sentence of the rule that decided, with its name where it has one."""
    rule, why = decision.rule.in_(lang), decision.why.in_(lang)
    return _REASON.in_(lang).format(rule=rule, why=why) if rule else why


def _end(decision: Decision, lang: str) -> str:
    action = ACTIONS[decision.action].in_(lang)
    return _END.in_(lang).format(action=action, why=decision.why.in_(lang))


def _rule(tried: TriedRule, lang: str) -> list[str]:
    head = _RULE[tried.matched].in_(lang).format(name=tried.name.in_(lang))
    return [head, *(f"  - {condition_says(condition, lang)}" for condition in tried.conditions)]


def condition_says(condition: TriedCondition, lang: str) -> str:
    """Return one sentence about one condition: what was wanted, what was found."""
    values = dict(condition.values)
    if condition.held is None:
        return _UNKNOWN.in_(lang).format(expression=condition.expression, values=_values(values, lang))
    return _in_words(condition.expression, values, lang) or _QUOTED.in_(lang).format(
        expression=condition.expression, held=_HELD[condition.held].in_(lang), values=_values(values, lang)
    )


def wish_says(expression: str, lang: str) -> str:
    """Return what a condition asks for, before anything is looked at: "Tie: “stranger”"."""
    for mark, joint in _JOINTS.items():
        parts = [_wish(part.strip(), lang) for part in expression.split(mark)]
        said = [part for part in parts if part]
        if len(said) == len(parts):
            return joint.in_(lang).join(said)
    return expression


def _wish(source: str, lang: str) -> str | None:
    for pattern in (_COMPARISON, _ONE_OF, _CONTAINS, _PLAIN):
        match = pattern.fullmatch(source)
        if match and match["name"] in FACTS:
            return f"{_label(match['name'], lang)}: {_wanted(match, lang, _ASKED)}"
    return None


def _in_words(expression: str, values: Mapping[str, str], lang: str) -> str | None:
    """Say one comparison, or a chain of them, in words; `None` for anything longer."""
    for mark, joint in _JOINTS.items():
        parts = [_comparison(part.strip(), values, lang) for part in expression.split(mark)]
        said = [part for part in parts if part]
        if len(said) == len(parts):
            return f"{joint.in_(lang).join(said)}."
    return None


def _comparison(source: str, values: Mapping[str, str], lang: str) -> str | None:
    """Say one fact compared with one literal: what it is called, what was wanted, what was found."""
    for pattern in (_COMPARISON, _ONE_OF, _CONTAINS, _PLAIN):
        match = pattern.fullmatch(source)
        if match and match["name"] in values:
            found = _value(match["name"], values[match["name"]], lang)
            return _FOUND.in_(lang).format(
                label=_label(match["name"], lang), wanted=_wanted(match, lang), found=found
            )
    return None


def _wanted(match: re.Match[str], lang: str, words: Mapping[str, Words] = _WANTED) -> str:
    if match.re is _PLAIN:
        return words["=="].in_(lang).format(_BOOL["false" if match["not"] else "true"].in_(lang))
    op = match["op"] if match.re is _COMPARISON else "in" if match.re is _ONE_OF else "=="
    literals = ", ".join(part.strip().strip("'\"") for part in match["value"].split(","))
    return words[op].in_(lang).format(_value(match["name"], literals, lang))


def _label(name: str, lang: str) -> str:
    return capital(FACTS[name].de if lang == "de" else FACTS[name].en)


def _value(name: str, text: str, lang: str) -> str:
    """Say a value, or a list of them, in the owner's words where there are any."""
    said = _BOOL if FACTS[name].type is FactType.BOOL else OF_FACT.get(name, {})
    parts = [said[part].in_(lang) if part in said else part for part in text.split(", ")]
    if text and name in OF_FACT:
        parts = [_QUOTES.in_(lang).format(part) for part in parts]
    return ", ".join(parts) if text else _NOTHING.in_(lang)


def _values(values: Mapping[str, str], lang: str) -> str:
    shown = ", ".join(f"{name} = {value or _NOTHING.in_(lang)}" for name, value in values.items())
    return f" ({shown})" if shown else ""
