"""The API: what one part of the list of cases costs where a hundred thousand are kept."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles

from bench.inbox.making import fill
from bench.report import Row
from bench.setting import Setting
from tests.characters import SCENES
from tests.pages import pages_configured
from tests.programs import Program, a_reached_house

CASES, TIMES = 100_000, 100


def measure(bench: Setting) -> Iterator[Row]:
    """Ask for the first part, a deep one, and one behind a filter, in one process without the network."""
    folder: Path = bench.scratch / "api"
    folder.mkdir(parents=True)
    with pages_configured(), a_reached_house(folder, SCENES) as reached:
        fill(reached.book, CASES)
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
