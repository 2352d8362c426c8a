"""Schemathesis against the running API: whatever is sent, nothing breaks, and every answer is documented.

`make test` asks a little of every operation; `make api-search` asks more, and looks for new ways.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CheckFunction
from schemathesis.specs.openapi import checks

from tests.pages import pages_configured
from tests.programs import DOCUMENT, Program, Reached, a_reached_house, wsgi

pytestmark = pytest.mark.slow  # asks every operation of the API

EXAMPLES = int(os.environ.get("ANLASS_API_EXAMPLES", "3"))
OPERATIONS = [
    (method, path)
    for path, operations in json.loads(DOCUMENT.read_text("utf-8"))["paths"].items()
    for method in operations
]
CHECKS: list[CheckFunction] = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
    checks.negative_data_rejection,
]


@pytest.fixture(scope="module")
def reached(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reached]:
    """Yield a house that programs reach."""
    with pages_configured(), a_reached_house(tmp_path_factory.mktemp("api")) as house:
        yield house


@pytest.fixture(scope="module")
def known(reached: Reached) -> Any:
    """Return the document as the running API gives it."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", wsgi(reached.house))


@pytest.fixture(scope="module")
def program(reached: Reached) -> Program:
    """Return a program that may do everything, in a house where there is something to do."""
    program = reached.program()
    program.told("POST", "/cases/sam/release", {})
    program.told("POST", "/cases/hohl/verdict", {"verdict": "hollow"})
    return program


@pytest.fixture(scope="module")
def places(reached: Reached, program: Program) -> dict[str, str]:
    """Return ids that lead somewhere, by the name of the parameter."""
    person = program.told("GET", "/people")["lines"][0]["person"]["id"]
    other = program.told("GET", "/people")["lines"][1]["person"]["id"]
    word = program.told("POST", f"/people/{person}/apart", {"addresses": [other]})["word"]
    return {
        "case": "hohl",
        "person": person,
        "word": word,
        "letter": program.told("GET", "/outbox")["lines"][0]["letter"],
        "lesson": program.told("GET", "/lessons")["lines"][0]["lesson"],
        "grant": program.told("POST", f"/people/{person}/grants", {})["grant"],
    }


@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=[" ".join(one) for one in OPERATIONS])
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: str(mode.value))
def test_an_operation_whatever_is_sent(
    method: str, path: str, mode: GenerationMode, known: Any, program: Program, places: dict[str, str]
) -> None:
    """No operation breaks, none answers what its document does not say, none takes what it forbids."""
    operation = known[path][method.upper()]
    there = {name: id_ for name, id_ in places.items() if f"{{{name}}}" in path}
    strategy = st.one_of(
        operation.as_strategy(mode, **({"path_parameters": there} if there else {})),
        operation.as_strategy(mode),
    )

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(strategy)
    def ask(case: Any) -> None:
        case.call_and_validate(headers={"Authorization": f"Bearer {program.secret}"}, checks=CHECKS)

    ask()
