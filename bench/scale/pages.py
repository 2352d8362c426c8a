"""What pages take: asked one after the other, of owners small and big, at several processes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.inbox.visitors import Browser

VISITS = 100
SEARCH = "/?q=gespr%C3%A4ch"
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Taken:
    """What one page took: milliseconds by share of the visits, from the question to the last byte."""

    page: str
    p50: float
    p95: float
    p99: float
    failed: int

    def __str__(self) -> str:
        failed = f", {self.failed} FAILED" if self.failed else ""
        shares = f"p50 {self.p50:.0f}, p95 {self.p95:.0f}, p99 {self.p99:.0f}"
        return f"{self.page}: {shares}{failed}"


def pages_of(told: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the addresses of each kind of page."""
    return {
        "inbox": ["/"],
        "one case": [f"/case/{one}/" for one in told["cases"].split()],
        "people": ["/people/"],
        "one person": [f"/person/{one}/" for one in told["persons"].split()],
        "search": [SEARCH],
        "journal": ["/journal/"],
        "time": ["/time/"],
    }


def asked(browsers: Sequence[Browser], told: Mapping[str, str], *, visits: int = VISITS) -> Iterator[Taken]:
    """Ask for every kind of page so many times, at one process after the other."""
    for page, addresses in pages_of(told).items():
        for number, browser in enumerate(browsers):
            browser.get(addresses[number % len(addresses)])
        took, failed = list[float](), 0
        for number in range(visits):
            since = time.perf_counter()
            status, _, _ = browsers[number % len(browsers)].get(addresses[number % len(addresses)])
            took.append(1000 * (time.perf_counter() - since))
            failed += status != 200
            if sum(took) > 60_000:
                break
        took.sort()
        p50, p95, p99 = (took[int(part * (len(took) - 1))] for part in (0.5, 0.95, 0.99))
        yield Taken(page, p50, p95, p99, failed)


def cpu_of(processes: Sequence[int]) -> float:
    """Return the CPU seconds of processes and all that they begot and still live."""
    return sum(_ticks(one) for one in {*processes, *_below(processes)}) / _TICKS


def _below(processes: Sequence[int]) -> Iterator[int]:
    for one in processes:
        try:
            told = Path(f"/proc/{one}/task/{one}/children").read_text(encoding="ascii")
        except OSError:
            continue
        children = [int(child) for child in told.split()]
        yield from children
        yield from _below(children)


def _ticks(process: int) -> int:
    try:
        told = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(int(one) for one in told[11:15])  # its own, and of those it waited for
