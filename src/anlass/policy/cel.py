"""The one place that knows CEL: compile a condition against the table of facts, evaluate it.

The engine checks names and types when a condition is compiled and stops nested
comprehensions by an iteration budget. Its errors come as values and as exceptions;
both become plain values here, and nothing else of the engine leaves this module.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol

from cel_expr_python import cel  # type: ignore[import-untyped]  # ships a stub but no py.typed marker

from anlass.policy.facts import FACTS
from anlass.policy.situation import FactType, FactValue

LONGEST = 2_000
"""Code points of one condition."""

_ERROR = re.compile(r"ERROR: <input>:(\d+):(\d+): (.*)")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*")
_STRING = re.compile(r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*\"""")


class Activation(Protocol):
    """Facts made ready for many conditions; only this module looks inside."""


class _Outcome(Protocol):
    def value(self) -> object: ...


class _Expression(Protocol):
    def eval(self, activation: Activation) -> _Outcome: ...


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing the engine refuses; `line` and `column` count from 1 within the condition."""

    says: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Compiled:
    """One checked condition, and the facts it names in the order of its words."""

    source: str
    names: tuple[str, ...]
    _eval: Callable[[Activation], _Outcome] = field(repr=False, compare=False)

    def holds(self, activation: Activation) -> bool | None:
        """Evaluate within the budget; `None` when there is no yes or no to be had."""
        try:
            value = self._eval(activation).value()
        except RuntimeError:  # the budget, or a value the engine cannot take
            return None
        return value if isinstance(value, bool) else None

    def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
        """Travel to another process as words: the engine's own form cannot."""
        return compile_condition, (self.source,)


def compile_condition(source: str) -> Compiled | tuple[Fault, ...]:
    """Check one condition; it must yield a bool. Returns every fault the engine names."""
    if len(source) > LONGEST:
        return (Fault(f"too long: {len(source)} code points, at most {LONGEST}"),)
    try:
        expression = _env().compile(source)
    except (RuntimeError, TypeError) as error:
        return _faults(str(error))
    kind = expression.return_type()
    if kind != cel.Type.BOOL:
        return (Fault(f"not a condition: {kind.name().lower()}"),)
    checked: _Expression = expression
    return Compiled(source, named(source), checked.eval)


def compile_all(all_: Sequence[str], any_: Sequence[str]) -> Compiled | None:
    """Join checked conditions into one: all of `all_` and one of `any_`; `None` where that grows too deep.

    The engine joins yes, no and "cannot be known" exactly as one condition after the other does.
    """
    parts = [f"({source}\n)" for source in all_]
    parts += [f"({' || '.join(f'({source}{chr(10)})' for source in any_)})"] if any_ else []
    source = " && ".join(parts)
    try:
        expression: _Expression = _env().compile(source)
    except (RuntimeError, TypeError):
        return None
    return Compiled(source, (), expression.eval)


def named(source: str) -> tuple[str, ...]:
    """Return the facts that `source` names, each once, in order; strings name nothing."""
    words = _NAME.findall(_STRING.sub("''", source))
    known = (word if word in FACTS else word.rpartition(".")[0] for word in words)
    return tuple(dict.fromkeys(name for name in known if name in FACTS))


def activate(values: Mapping[str, FactValue]) -> Activation:
    """Make facts ready for evaluation; facts the engine cannot take are as good as missing."""
    try:
        return _env().Activation(dict(values))
    except (RuntimeError, TypeError, ValueError):
        return _env().Activation({})


def _faults(text: str) -> tuple[Fault, ...]:
    found = [
        Fault(m[3].removesuffix(" [INVALID_ARGUMENT]"), int(m[1]), int(m[2])) for m in _ERROR.finditer(text)
    ]
    return tuple(found) or (Fault(text.splitlines()[0] if text else "refused"),)


@cache
def _env() -> _Env:
    kinds = {
        FactType.BOOL: cel.Type.BOOL,
        FactType.INT: cel.Type.INT,
        FactType.DOUBLE: cel.Type.DOUBLE,
        FactType.STRING: cel.Type.STRING,
        FactType.STRINGS: cel.Type.List(cel.Type.STRING),
        FactType.TIMESTAMP: cel.Type.TIMESTAMP,
    }
    env: _Env = cel.NewEnv(variables={fact.name: kinds[fact.type] for fact in FACTS.values()})
    return env


class _Kind(Protocol):
    def name(self) -> str: ...


class _Checked(_Expression, Protocol):
    def return_type(self) -> _Kind: ...


class _Env(Protocol):
    def compile(self, expression: str) -> _Checked: ...
    def Activation(self, data: Mapping[str, FactValue]) -> Activation: ...  # noqa: N802  # the engine's name
