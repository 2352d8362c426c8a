"""What the engine says about a condition, said so that an owner can mend it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from anlass.policy.cel import Compiled, Fault, compile_condition
from anlass.policy.facts import FACTS
from anlass.policy.situation import Fact, FactType
from anlass.policy.words import IS_TYPE, SAYS, WRITE_DOUBLE, nearest

_UNDECLARED = re.compile(r"undeclared reference to '([^']*)'")
_OVERLOAD = re.compile(r"found no matching overload for '([^']*)' applied to '\((.*)\)'")
_SYNTAX = re.compile(r"Syntax error: (.*)")
_NOT_BOOL = re.compile(r"not a condition: (.*)")
_FUNCTIONS = (
    *(
        "size",
        "contains",
        "startsWith",
        "endsWith",
        "matches",
        "exists",
        "all",
        "exists_one",
        "filter",
        "map",
    ),
    *("int", "double", "string", "timestamp", "duration", "getHours", "getDayOfWeek"),
)
_QUOTED = r"""(?:'[^'\\]*'|"[^"\\]*")"""
_COMPARED = re.compile(rf"(?P<name>[a-z_.]+)\s*[!=]=\s*(?P<value>{_QUOTED})")
_COMPARED_BACK = re.compile(rf"(?P<value>{_QUOTED})\s*(?:[!=]=|\bin)\s+(?P<name>[a-z_.]+)")
_LISTED = re.compile(rf"(?P<name>[a-z_.]+)\s+in\s+\[(?P<values>\s*{_QUOTED}(?:\s*,\s*{_QUOTED})*\s*)\]")


@dataclass(frozen=True, slots=True)
class Told:
    """One problem in the owner's words; `line` and `column` count within the condition."""

    says: str
    line: int = 1
    column: int = 1


def check(source: str, lang: str) -> Compiled | tuple[Told, ...]:
    """Compile one condition, or say everything that is wrong with it."""
    compiled = compile_condition(source)
    if isinstance(compiled, Compiled):
        return _impossible(source, lang) or compiled
    return tuple(_told(fault, source, lang) for fault in compiled)


def _told(fault: Fault, source: str, lang: str) -> Told:
    if match := _UNDECLARED.match(fault.says):
        return _undeclared(match[1], fault, source, lang)
    if match := _OVERLOAD.match(fault.says):
        return Told(_overload(match[1], match[2], source, lang), fault.line, fault.column)
    if match := _SYNTAX.match(fault.says):
        detail = match[1].partition(" expecting ")[0]
        return Told(SAYS["syntax"].in_(lang).format(detail=detail), fault.line, fault.column)
    if match := _NOT_BOOL.match(fault.says):
        return Told(SAYS["not_bool"].in_(lang).format(type=match[1]))
    return Told(SAYS["engine"].in_(lang).format(detail=fault.says), fault.line, fault.column)


def _undeclared(name: str, fault: Fault, source: str, lang: str) -> Told:
    """Point at the first letter of the name: the engine points at its last dot or behind it."""
    line = source.split("\n")[fault.line - 1] if fault.line <= source.count("\n") + 1 else ""
    start = line.rfind(name, 0, fault.column - 1 + len(name))
    is_call = line[start + len(name) :].lstrip().startswith("(")
    key, known = ("unknown_function", _FUNCTIONS) if is_call else ("unknown_fact", tuple(FACTS))
    near = nearest(name, known, lang)
    meant = next(
        (fact for fact in FACTS.values() if near and re.search(rf"[“„]{re.escape(fact.name)}[”“]", near)),
        None,
    )
    is_type = IS_TYPE.in_(lang).format(name=meant.name, type=meant.type.value) if meant else ""
    says = SAYS[key].in_(lang).format(name=name, near=near + is_type)
    return Told(says, fault.line, start + 1 if start >= 0 else fault.column)


def _overload(function: str, types: str, source: str, lang: str) -> str:
    hint = "".join(
        IS_TYPE.in_(lang).format(name=name, type=fact.type.value)
        for name, fact in FACTS.items()
        if name in _names(source)
    )
    if FactType.DOUBLE.value in types and FactType.INT.value in types:
        hint += WRITE_DOUBLE.in_(lang)
    op = function.strip("_@").replace("?_:", "? :")
    return SAYS["overload"].in_(lang).format(op=op, types=types, hint=hint)


def _names(source: str) -> set[str]:
    return set(re.findall(r"[a-z_]+(?:\.[a-z_]+)+", source))


def _impossible(source: str, lang: str) -> tuple[Told, ...]:
    """Find comparisons that can never hold, such as a misspelt verdict."""
    told = []
    for pattern in (_COMPARED, _COMPARED_BACK, _LISTED):
        for match in pattern.finditer(source):
            fact = FACTS.get(match["name"])
            group = "values" if pattern is _LISTED else "value"
            for quoted in re.finditer(_QUOTED, match[group]):
                value = quoted[0][1:-1]
                if fact is None or not fact.choices or value in fact.choices:
                    continue
                at = match.start(group) + quoted.start()
                told.append(_never(fact, value, source, at, lang))
    return tuple(told)


def _never(fact: Fact, value: str, source: str, at: int, lang: str) -> Told:
    near, known = nearest(value, fact.choices, lang), ", ".join(fact.choices)
    says = SAYS["unknown_choice"].in_(lang).format(name=fact.name, value=value, near=near, known=known)
    return Told(says, source.count("\n", 0, at) + 1, at - source.rfind("\n", 0, at))
