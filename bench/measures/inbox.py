"""The inbox with 100,000 cases: what a page takes at 50 visitors a second, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from random import Random

from bench.inbox.visitors import Answered, Browser, come
from bench.report import Row, left_out
from bench.setting import Setting

CASES, PACE, SECONDS = 100_000, 50, 20
KEY = "a key of the bench"
_OLDER = re.compile(r'rel="next" href="([^"]+)"')
SEARCHES = (
    "/?q=gartenarchiv", "/?q=M%C3%BCller+turmbau", "/?q=firma17.example", "/?q=-gespr%C3%A4ch+kahl",
    "/?channel=xing", "/?lang=en&group=watched", "/?since=2020-01-01&until=2020-02-01&action=ask_back",
    "/?q=%22brief+bahn%22", "/?q=example",
)  # fmt: skip


def measure(bench: Setting) -> Iterator[Row]:
    """Fill each database, and let visitors come: to pages of the inbox, and to what they look for."""
    yield from _measured(bench, "SQLite", str(bench.scratch / "inbox"))
    try:
        from tests import servers  # noqa: PLC0415 - the program can be measured without its tests

        with servers.postgres() as postgres:
            yield from _measured(bench, "PostgreSQL", postgres.create("inbox"))
    except (ImportError, LookupError) as missing:
        yield left_out("the inbox on PostgreSQL", str(missing))


def _measured(bench: Setting, name: str, place: str) -> Iterator[Row]:
    subprocess.run([sys.executable, "-m", "bench.inbox.making", place, str(CASES)], check=True)
    with _served(place) as (browser, server):
        dice = Random(f"{bench.seed}:inbox")
        deep = _leafed(browser, 40)
        pages = [dice.choice(deep) if dice.random() < 0.5 else "/" for _ in range(PACE * SECONDS)]
        come(browser, pages[:PACE], each_second=PACE)
        before = _cpu(server)
        found = come(browser, pages, each_second=PACE)
        yield _row(f"a page of the inbox, {name}", found, _cpu(server) - before)
        looked = [dice.choice(SEARCHES) for _ in range(PACE * SECONDS // 2)]
        before = _cpu(server)
        found = come(browser, looked, each_second=PACE / 5)
        yield _row(f"a search in the inbox, {name}", found, _cpu(server) - before, pace=PACE // 5)


def _leafed(browser: Browser, pages: int) -> list[str]:
    """Return the addresses of pages as somebody meets them who leafs on, in every group."""
    found = []
    for group in ("waiting", "watched", "done"):
        address = f"/?group={group}"
        for _ in range(pages // 3):
            body = browser.get(address)[1].decode()
            found.append(address)
            older = _OLDER.search(body)
            if older is None:
                break
            address = unescape(older[1])
    return found


@contextmanager
def _served(place: str) -> Iterator[tuple[Browser, int]]:
    command = [sys.executable, "-m", "bench.inbox.serving", place, KEY]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            browser = Browser(server.stdout.readline().strip())
            browser.cookie = browser.get(f"/?token={KEY.replace(' ', '+')}")[2]
            yield browser, server.pid
        finally:
            server.terminate()


def _cpu(server: int) -> float:
    """Return the CPU seconds that a server and its worker have taken; 0 where that is not told."""
    ticks = 0
    for process in (server, *_children(server)):
        try:
            told = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        except OSError:
            continue
        ticks += int(told[11]) + int(told[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _children(server: int) -> list[int]:
    try:
        told = Path(f"/proc/{server}/task/{server}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [int(one) for one in told.split()]


def _row(what: str, found: Answered, cpu: float, pace: int = PACE) -> Row:
    visits = len(found.seconds)
    figure = f"p50 {found.share(0.5):.0f} ms, p99 {found.share(0.99):.0f} ms"
    note = f"{CASES:,} cases, {pace} a second, one core, {1000 * cpu / visits:.1f} ms of CPU each"
    failed = f", {found.failed} failed" if found.failed else ""
    return Row(what, figure, "p99 100 ms" if pace == PACE else "", note + failed)
