"""The last minute before wishes are compared: everybody uploads at once, through the real server.

python -m bench.wish_rush PEOPLE [--quota 30] [--database postgresql://...]

`anlass serve` runs as it is installed. Every person's program opens a connection of its own, asks what there
is to know, fetches the list and sends its envelope; what is not taken is an error.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from anlass.bootstrap import open_home
from anlass.desk.wishes.keys import key_ring
from anlass.desk.wishes.steps import take_steps
from anlass.outreach.wish_times import timetable
from bench.wishes import envelope, filled

AT_ONCE = 50
"""Connections that are open at a time."""
WINDOW = 60.0
"""Seconds until wishes are compared, and that a client waits for an answer."""


@contextmanager
def serving(folder: Path) -> Iterator[int]:
    """Run `anlass serve` on a free port until the block ends; yields the port."""
    command: list[str | Path] = [
        Path(sys.executable).with_name("anlass"),
        "serve",
        "--pages-alone",
        "--data",
        str(folder),
        "--port",
        "0",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            said = (re.search(r"http://127.0.0.1:(\d+)/", line) for line in server.stdout or ())
            found = next((one for one in said if one), None)
            if found is None:
                raise RuntimeError("the pages cannot be had")
            yield int(found[1])
        finally:
            server.terminate()


def prepared(folder: Path, people: int, quota: int, window: float) -> None:
    """Make an event whose list is closed and whose window ends soon, by the clock on the wall."""
    home = open_home(str(folder))
    now = datetime.now(UTC)
    times = timetable(now - timedelta(hours=1), now + timedelta(seconds=window), now + timedelta(hours=1))
    filled(home.book, people, quota, times)
    if not list(take_steps(home.book, key_ring(home.settings), now=now)):
        raise RuntimeError("the list cannot be closed")
    home.book.close()


def hurried(port: int, people: int, quota: int, patience: float) -> list[tuple[str, float]]:
    """Let everybody do what their program does; return what became of each, and the seconds it took."""

    def one(number: int) -> tuple[str, float]:
        begin = time.perf_counter()
        link = HTTPConnection("127.0.0.1", port, timeout=patience)
        try:
            for what in ("about", "roster"):
                if _asked(link, "GET", f"/w/{number}/{what}", None)[0] != 200:
                    return what, time.perf_counter() - begin
            status, said = _asked(link, "POST", f"/w/{number}/upload", envelope(number, people, quota))
            taken = json.loads(said)["upload"] if status == 200 else str(status)
        except (OSError, HTTPException) as error:
            taken = type(error).__name__
        finally:
            link.close()
        return taken, time.perf_counter() - begin

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(people)))


def _asked(link: HTTPConnection, method: str, path: str, body: bytes | None) -> tuple[int, bytes]:
    link.request(method, path, body=body)
    answer = link.getresponse()
    return answer.status, answer.read()


def rush(
    folder: Path, people: int, quota: int, database: str = "", *, window: float = WINDOW
) -> dict[str, object]:
    """Hold the last seconds of a round and return how many errors there were, and how long it took."""
    lines = ['[owner]\nname = "Olga"\n', f'[store]\ndatabase = "{database}"\n' if database else ""]
    (folder / "anlass.toml").write_text("".join(lines), encoding="utf-8")
    with serving(folder) as port:
        prepared(folder, people, quota, window)
        begin = time.perf_counter()
        came = hurried(port, people, quota, window)
        took = time.perf_counter() - begin
    errors = sorted(taken for taken, _ in came if taken != "taken")
    slowest = sorted(seconds for _, seconds in came)[int(0.99 * len(came))]
    kept = open_home(str(folder)).book
    (event,) = kept.wishes.events()
    found = {"people": people, "errors": len(errors), "which": sorted(set(errors))}
    found |= {"seconds": round(took, 2), "p99": round(slowest, 2)}
    found["kept"] = kept.wishes.shelf.count(event.id, 1)
    kept.close()
    return found


def main() -> int:
    """Measure what was asked for and print it as JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.wish_rush")
    parser.add_argument("people", type=int)
    parser.add_argument("--quota", type=int, default=30)
    parser.add_argument("--database", default="", help="a PostgreSQL address; SQLite where none is named")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="anlass-rush-") as folder:
        print(json.dumps(rush(Path(folder), given.people, given.quota, given.database)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
