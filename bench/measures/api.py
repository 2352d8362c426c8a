"""The API: what one part of the list of cases costs where a hundred thousand are kept."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import quantiles

from django.db import connections

from bench.report import Row
from bench.setting import Setting
from tests.characters import NOW, SCENES, case_of
from tests.pages import pages_configured
from tests.programs import Program, a_reached_house

CASES, TIMES = 100_000, 100
_COPY = """
INSERT INTO store_case (owner_id, id, person, message, channel, arrived, kept_at, answered_at, replied_at,
    state, verdict, action, minutes, level, content, evidence)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)
SELECT owner_id, printf('copy%%08d', i), person, NULL, channel, arrived - i * 60, kept_at, NULL, NULL, state,
    verdict, action, minutes, level, content, evidence FROM store_case, n WHERE id = 'sam'
"""


def measure(bench: Setting) -> Iterator[Row]:
    """Ask for the first part, a deep one, and one behind a filter, in one process without the network."""
    folder: Path = bench.scratch / "api"
    folder.mkdir(parents=True)
    with pages_configured(), a_reached_house(folder, SCENES) as reached:
        reached.book.keep(replace(case_of(SCENES[0]), second=None), now=NOW)
        with connections[_alias()].cursor() as cursor:
            cursor.execute(_COPY, [CASES])
        program = reached.program()
        deep = _cursor(program, 40)
        note = f"{CASES} cases, 25 a part, SQLite, one process"
        for name, query in (
            ("the first", "?limit=25"),
            ("one behind forty others", f"?limit=25&cursor={deep}"),
            ("those of one channel and state", "?limit=25&channel=mail&state=waiting"),
        ):
            cuts = quantiles(_times(program, query), n=100)
            yield Row(
                f"a part of the API's cases, {name}",
                f"p50 {cuts[49]:.0f} ms, p99 {cuts[98]:.0f} ms",
                "",
                note,
            )


def _alias() -> str:
    """Return the framework's name for the database that was opened last."""
    return list(connections)[-1]


def _cursor(program: Program, parts: int) -> str:
    """Return the cursor behind so many parts of a hundred."""
    cursor = ""
    for _ in range(parts):
        cursor = str(program.told("GET", f"/cases?limit=100{cursor and f'&cursor={cursor}'}")["next"])
    return cursor


def _times(program: Program, query: str) -> list[float]:
    """Return how long each answer took, in milliseconds."""
    taken = []
    for _ in range(TIMES):
        begin = time.perf_counter()
        answer = program.ask("GET", f"/cases{query}")
        taken.append(1000 * (time.perf_counter() - begin))
        assert json.loads(answer.content)["lines"]
    return taken
