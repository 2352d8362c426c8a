"""Visitors who come at a steady pace, whether the last one has been served or not."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class Answered:
    """What visitors found: seconds from the moment each was to come to the last byte, failures, bytes."""

    seconds: tuple[float, ...]
    failed: int
    largest: int

    def share(self, part: float) -> float:
        """Return the milliseconds within which this part of all were served."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * part))]


@dataclass(slots=True)
class Browser:
    """One line to a server for each thread, with the cookie of somebody who was let in."""

    host: str
    cookie: str = ""
    _own: threading.local = field(default_factory=threading.local)

    def get(self, address: str) -> tuple[int, bytes, str]:
        """Return status, body and the cookie that was set."""
        line = getattr(self._own, "line", None)
        if line is None:
            line = self._own.line = http.client.HTTPConnection(self.host, timeout=30)
        headers = {"Cookie": self.cookie, "Accept-Language": "de"}
        try:
            line.request("GET", address, headers=headers)
            answer = line.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            line.close()  # the server let a line go that lay idle
            line.request("GET", address, headers=headers)
            answer = line.getresponse()
        return answer.status, answer.read(), (answer.headers["Set-Cookie"] or "").partition(";")[0]


def come(browser: Browser, addresses: Sequence[str], *, each_second: float) -> Answered:
    """Let one visitor come for every address, at this pace, and measure what each of them waits."""
    begin, largest, failed = time.perf_counter() + 0.1, 0, 0

    def visit(number: int) -> tuple[float, bool, int]:
        due = begin + number / each_second
        time.sleep(max(0.0, due - time.perf_counter()))
        status, body, _ = browser.get(addresses[number])
        return time.perf_counter() - due, status == 200, len(body)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        told = list(pool.map(visit, range(len(addresses))))
    failed = sum(not well for _, well, _ in told)
    largest = max(size for _, _, size in told)
    return Answered(tuple(waited for waited, _, _ in told), failed, largest)
