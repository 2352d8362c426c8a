"""`anlass` in processes of its own that are quickly there, on a clock that the test moves.

python -m tests.chaos.clocked CLOCK: reads a JSON line for each process to start, `{"words": [...],
"log": FILE, "dies_at": N}`, and answers with its pid. Each is a fork of this one, which has only imported the
program and opened nothing: it runs the command line as installed, until it ends or is killed. All die with
whoever started this.

The clock is a file with three numbers: a moment of the machine's clock, how fast time goes since, and how
many seconds were jumped. Only the three places of the program that read the clock see it.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any, cast

from django.db.backends.signals import connection_created

import anlass.channels.mail.sending
import anlass.cli.clock
import anlass.cli.main
import anlass.jobs.commands
import anlass.jobs.out
import anlass.jobs.work
import anlass.litmus.shipped
import anlass.web.commands
import anlass.web.serving.opening

PLACES = (anlass.jobs.work, anlass.cli.clock, anlass.web.serving.opening)
"""The modules that read the clock."""
_PR_SET_PDEATHSIG = 1
_WRITES = re.compile(
    r"\s*(?:INSERT|UPDATE|DELETE|WITH\b.*?\b(?:INSERT|UPDATE|DELETE))\b", re.IGNORECASE | re.DOTALL
)
_ROUND = 0.3
"""Seconds between two rounds of the worker, which takes its time else."""
_DOUBT = 2.0
"""Seconds for which a clock that was set far ahead is not believed; an hour else."""


def moved(file: Path) -> type[datetime]:
    """Return the machine's clock as a file says it goes."""

    class Moved(datetime):
        """A time that was asked for."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override] # a plain time is enough
            """Return the time by the file."""
            began, pace, jumped = map(float, file.read_text(encoding="ascii").split())
            went = datetime.now(tz) - datetime.fromtimestamp(began, tz)
            return datetime.fromtimestamp(began + jumped, tz) + went * pace

    return Moved


@dataclass
class Steps:
    """Counts what is written into the memory; at step `dies_at` the process is gone, before it is done."""

    dies_at: int
    count: int = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Count a statement, and run it."""
        if _WRITES.match(sql):
            self.count += 1
            if self.count == self.dies_at:
                os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    def follow(self, connection: Any, **_more: object) -> None:
        """Count what goes over a connection."""
        connection.execute_wrappers.append(self)


def become(words: Sequence[str], log: str, dies_at: int = 0) -> None:
    """Be a process of the program, from here to its end; with `dies_at`, to that step of its writing."""
    os.setsid()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    sink = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream in (1, 2):
        os.dup2(sink, stream)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for place in (anlass.jobs.out, anlass.jobs.work):  # each worker has a name of its own
        vars(place).update(WORKER=f"chaos-{os.getpid()}")
    sys.argv = ["anlass", *words]
    steps, code = Steps(dies_at), cast("object", 0)
    connection_created.connect(steps.follow, weak=False)
    try:
        anlass.cli.main.run()
    except SystemExit as left:
        code = left.code
    finally:
        os.write(1, f"\nwrote {steps.count} times\nended with {code}\n".encode())


def _bury(_number: int, _frame: object) -> None:
    """Take note of those that ended, so that what they cost is counted."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def main(clock: str) -> None:
    """Start what is asked for, line by line."""
    for place in PLACES:
        vars(place)["datetime"] = moved(Path(clock))
    vars(anlass.jobs.work).update(_NEW_ACCOUNTS=_ROUND, _DOUBT=_DOUBT)
    anlass.litmus.shipped.load_panel()
    signal.signal(signal.SIGCHLD, _bury)
    for line in sys.stdin:
        asked = json.loads(line)
        pid = os.fork()
        if pid == 0:
            become(asked["words"], asked["log"], asked.get("dies_at", 0))
            os._exit(0)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
