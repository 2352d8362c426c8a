"""Rounds of wishes: a thousand people on SQLite, many on PostgreSQL, and a rush in the last minute."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from bench.pairs import FailedError
from bench.report import Row, left_out
from bench.setting import Setting

FEW, HURRIED = 1_000, 500


def measure(bench: Setting) -> Iterator[Row]:
    """Hold whole rounds with simulated clients; `bench.wishers` are those on PostgreSQL."""
    from tests import servers  # noqa: PLC0415 - only here a server is needed

    yield from _round(bench, FEW, "SQLite", "10 s")
    yield _rush("SQLite")
    try:
        with servers.postgres() as postgres:
            goal = "300 s for 100000" if bench.wishers != 100_000 else "300 s"
            place = ("--database", postgres.create("wishes"))
            yield from _round(bench, bench.wishers, "PostgreSQL", goal, *place)
            yield _rush("PostgreSQL", "--database", postgres.create("rush"))
    except servers.MissingError as missing:
        yield left_out("wishes on PostgreSQL", str(missing))


def _run(*words: str) -> dict[str, Any]:
    done = subprocess.run([sys.executable, "-m", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise FailedError(done.stderr.strip().splitlines()[-1] if done.stderr else "it ended")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _round(bench: Setting, people: int, where: str, goal: str, *more: str) -> Iterator[Row]:
    found = _run("bench.wishes", str(people), "--scratch", str(bench.scratch), *more)
    steps = {one: took for one, took in found["steps"].items() if "not counted" not in one}
    shown = ", ".join(f"{one} {took} ({found['cpu_steps'][one]})" for one, took in steps.items())
    note = f"seconds (CPU seconds): {shown}"
    if where != "SQLite":
        note += "; CPU seconds with the database's, memory without; no fsync"
    what = f"wishes: {people} people, {found['wishes']} slots, {where}"
    yield Row(what, f"{found['seconds']} s, {found['cpu']} CPU s", goal, note)
    joined, peak = found["megabytes"]["joining (not counted)"], max(found["megabytes"].values())
    yield Row(f"memory of that round, {where}", f"{peak} MB", "flat", f"{joined} MB before it began")


def _rush(where: str, *more: str) -> Row:
    found = _run("bench.wish_rush", str(HURRIED), *more)
    figure = f"{found['errors']} errors, {found['seconds']} s"
    note = f"`anlass serve`, three requests each; 99 of 100 within {found['p99']} s; {found['kept']} kept"
    return Row(f"wishes: {HURRIED} upload in the last minute, {where}", figure, "0 errors in 60 s", note)
