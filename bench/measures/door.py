"""The door under load: fifty requests a second, the litmus test in most of them, the server on one core.

The load is open: a request is sent when its moment comes, whether those before were answered or not, and
its time counts from that moment, so a server that falls behind cannot hide it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from bench.pairs import FailedError
from bench.report import Row, left_out
from bench.setting import Setting

RATE, SECONDS = 50, 20
"""Requests a second, and for how long."""
_WARM = 100
_PROMISE = 150
"""Milliseconds that 99 of 100 answers are to stay below."""
_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Language": "de"}
_LETTER = (
    "Guten Tag, ich bin Tischler in Köln und baue die Bank von Seite 61 Ihres Buches nach. Mir fehlt ein Maß:"
    " Wie tief war die Sitzfläche? Hätten Sie diese Woche 15 Minuten für ein Telefonat? Brief "
)


def measure(bench: Setting) -> Iterator[Row]:
    """Measure the door on SQLite, and on PostgreSQL where one is there."""
    yield from _measured(str(bench.scratch / "door"), "SQLite")
    from tests import servers  # noqa: PLC0415 - only here a server of the tests is borrowed

    with ExitStack() as stack:
        try:
            postgres = stack.enter_context(servers.postgres())
        except servers.MissingError as missing:
            yield left_out("door on PostgreSQL", str(missing).replace("|", "/"))
            return
        yield from _measured(postgres.create("door"), "PostgreSQL")


def _measured(place: str, database: str) -> Iterator[Row]:
    cores = sorted(os.sched_getaffinity(0))
    command = [sys.executable, "-m", "bench.door_server", place, str(cores[-1])]
    with subprocess.Popen(
        command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            port = int((server.stdout.readline() if server.stdout else "") or 0)
            if not port:
                raise FailedError("the server of the door did not start")
            sheet = _sheet(port)
            time.sleep(3)  # a letter that is sent sooner is taken for a machine's
            for number in range(_WARM):
                _ask(port, number, sheet)
            took = _load(port, sheet)
        finally:
            server.terminate()
    wrong = sum(status >= 400 for status, _ in took)
    times = sorted(1000 * seconds for _, seconds in took)
    note = (
        f"{RATE} requests/s for {SECONDS} s, {database}, server on one core; median {_at(times, 50):.0f} ms"
    )
    note += f", {wrong} refused" if wrong else ""
    yield Row("door form with the litmus test, p99", f"{_at(times, 99):.0f} ms", f"{_PROMISE} ms", note)


def _load(port: int, sheet: str) -> list[tuple[int, float]]:
    """Send each request at its moment; return its status and the seconds from then to its last byte."""
    begin = time.perf_counter() + 0.2

    def one(number: int) -> tuple[int, float]:
        due = begin + number / RATE
        time.sleep(max(0.0, due - time.perf_counter()))
        status = _ask(port, number + _WARM, sheet)
        return status, time.perf_counter() - due

    with ThreadPoolExecutor(64) as pool:
        return list(pool.map(one, range(RATE * SECONDS)))


def _ask(port: int, number: int, sheet: str) -> int:
    """Read along twice, look once, open the door once, and send a letter: as people do, in turns."""
    letter = {
        "matter": f"{_LETTER}{number}",
        "name": "Kai",
        "address": f"kai{number}@falk.example",
        "sheet": sheet,
    }
    match number % 5:
        case 0:
            return _answer(port, "GET", "/olga")
        case 1 | 2:
            return _answer(port, "POST", "/olga/help", letter)
        case 3:
            return _answer(port, "POST", "/olga", {**letter, "look": "yes"})
        case _:
            return _answer(port, "POST", "/olga", {**letter, "send": "yes"})


def _answer(port: int, method: str, path: str, form: dict[str, str] | None = None) -> int:
    line = HTTPConnection("127.0.0.1", port, timeout=30)
    line.request(method, path, urlencode(form) if form else None, _FORM)
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.status


def _sheet(port: int) -> str:
    line = HTTPConnection("127.0.0.1", port, timeout=30)
    line.request("GET", "/olga")
    found = re.search(rb'name="sheet" value="([^"]+)"', line.getresponse().read())
    line.close()
    if found is None:
        raise FailedError("the door has no sheet to write on")
    return found[1].decode()


def _at(times: list[float], percent: int) -> float:
    return times[min(len(times) - 1, len(times) * percent // 100)]
