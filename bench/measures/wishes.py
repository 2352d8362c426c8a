"""Rounds of wishes: a thousand people on SQLite, many on PostgreSQL, and a rush in the last minute."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

from bench.pairs import FailedError
from bench.report import Row, left_out
from bench.setting import Setting

FEW = 1_000


def measure(bench: Setting) -> Iterator[Row]:
    """Hold whole rounds with simulated clients; `bench.wishers` are those on PostgreSQL."""
    from tests import servers  # noqa: PLC0415 - only here a server is needed

    yield from _rows("SQLite", _held(bench, FEW, "--rush", "500"), "10 s")
    try:
        with servers.postgres() as postgres:
            found = _held(bench, bench.wishers, "--database", postgres.create("wishes"))
    except servers.MissingError as missing:
        yield left_out("wishes on PostgreSQL", str(missing))
        return
    yield from _rows("PostgreSQL", found, "300 s for 100000", "its own memory not counted, without fsync")


def _held(bench: Setting, people: int, *more: str) -> dict[str, object]:
    command = [sys.executable, "-m", "bench.wishes", str(people), "--scratch", str(bench.scratch), *more]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise FailedError(done.stderr.strip().splitlines()[-1] if done.stderr else "it ended")
    found: dict[str, object] = json.loads(done.stdout)
    return found


def _rows(where: str, found: dict[str, object], goal: str, note: str = "") -> Iterator[Row]:
    steps, memory, hurry = found["steps"], found["megabytes"], found.get("rush")
    shown = ", ".join(f"{step} {took}" for step, took in steps.items()) if isinstance(steps, dict) else ""
    peak = max(memory.values()) if isinstance(memory, dict) else 0
    what = f"wishes: {found['people']} people, {found['wishes']} slots, {where}"
    yield Row(what, f"{found['seconds']} s, {peak} MB", goal, f"{shown}; {note}".rstrip("; "))
    if isinstance(hurry, dict):
        figure = f"{hurry['failed']} errors, {hurry['seconds']} s"
        yield Row(f"wishes: {hurry['people']} uploads at once, {where}", figure, "0 errors in 60 s")
