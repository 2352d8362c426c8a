"""The engine behind one module: checked before it runs, bounded while it runs."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime

import pytest

from anlass.policy.cel import Compiled, Fault, activate, compile_condition, named
from anlass.policy.facts import FACTS
from anlass.policy.sober import sober


def compiled(source: str) -> Compiled:
    result = compile_condition(source)
    assert isinstance(result, Compiled), result
    return result


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("tie.turn >= 3", Fault("undeclared reference to 'tie.turn' (in container '')", 1, 4)),
        ("tie.turns", Fault("not a condition: int")),
        ("x" * 2_001, Fault("too long: 2001 code points, at most 2000")),
        (
            "(" * 500 + "true" + ")" * 500,
            Fault("CANCELLED: Expression recursion limit exceeded. limit: 32 [CANCELLED]"),
        ),
    ],
)
def test_condition_that_does_not_check_yields_faults(source: str, fault: Fault) -> None:
    """Nothing wrong is ever evaluated: names, types, length and depth are checked first."""
    assert compile_condition(source) == (fault,)


def test_all_faults_of_one_condition_are_named() -> None:
    """Two unknown names in one condition are two faults."""
    faults = compile_condition("ti.x == 1 && yy == 2")
    assert isinstance(faults, tuple)
    assert [(fault.line, fault.column) for fault in faults] == [(1, 3), (1, 14)]


@pytest.mark.parametrize(
    ("source", "held"),
    [
        ("tie.turns >= 3", False),
        ("tie.turns == 0", True),
        ("1 / tie.turns == 1", None),
        ("reading.findings[3] == 'x'", None),
        ("request.subject.matches('(')", None),
        ("int(request.subject) == 1", None),
        ("true || 1 / 0 == 1", True),
    ],
)
def test_condition_holds_or_not_or_cannot_be_known(source: str, held: bool | None) -> None:
    """An error of evaluation is an answer of its own, never an exception."""
    assert compiled(source).holds(activate(sober())) is held


def test_nested_comprehension_is_stopped_by_the_budget() -> None:
    """A condition that would count to a hundred million gives up and does not hold."""
    numbers = "[" + ",".join(["1"] * 100) + "]"
    loops = f"{numbers}.all(a, {numbers}.all(b, {numbers}.all(c, {numbers}.all(d, a + b + c + d > 0))))"
    assert compiled(loops).holds(activate(sober())) is None


def test_missing_fact_cannot_be_known() -> None:
    """What was not looked up neither holds nor fails."""
    assert compiled("tie.turns >= 0").holds(activate({})) is None


def test_value_the_engine_cannot_take_is_as_good_as_missing() -> None:
    """A lone surrogate makes the engine raise; the condition just cannot be known."""
    assert compiled("request.subject == 'x'").holds(activate({"request.subject": "\ud800"})) is None


def test_names_are_facts_outside_of_strings_each_once() -> None:
    """A string that looks like a fact names nothing."""
    source = (
        "tie.turns > 1 && 'tie.cards' in reading.findings && request.subject.contains('x') && tie.turns < 9"
    )
    assert named(source) == ("tie.turns", "reading.findings", "request.subject")


def test_compiled_condition_travels_to_another_process() -> None:
    """Pickling keeps the words and compiles again."""
    again: Compiled = pickle.loads(pickle.dumps(compiled("tie.turns == 0")))
    assert again == compiled("tie.turns == 0")
    assert again.holds(activate(sober())) is True


@pytest.mark.parametrize("name", FACTS)
def test_every_fact_can_be_compared_with_itself(name: str) -> None:
    """Each row of the table has the type its value has."""
    facts = {**sober(), "time.now": datetime(2026, 11, 21, tzinfo=UTC)}
    assert compiled(f"{name} == {name}").holds(activate(facts)) is True
