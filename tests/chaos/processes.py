"""The processes of a house under faults: started, watched, killed, and the clock they all live by."""

from __future__ import annotations

import json
import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass
class Clock:
    """The time of the house: so many times as fast as that of the machine, and jumped by hand."""

    file: Path
    pace: float = 60.0
    jumped: float = 0.0
    began: float = field(default_factory=time.time)
    furthest: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    """The latest time that it showed before it was set; something may be planned from there."""

    def __post_init__(self) -> None:
        self._write()

    def now(self) -> datetime:
        """Return the time in the house."""
        went = timedelta(seconds=time.time() - self.began)
        return datetime.fromtimestamp(self.began + self.jumped, UTC) + went * self.pace

    def jump(self, seconds: float) -> None:
        """Set the clock forward or back."""
        self.furthest = max(self.furthest, self.now())
        self.jumped += seconds
        self._write()

    def walk(self) -> None:
        """Let time go as fast as outside from now on."""
        self.jumped += (time.time() - self.began) * (self.pace - 1)
        self.pace = 1.0
        self._write()

    def _write(self) -> None:
        aside = self.file.with_suffix(".new")
        aside.write_text(f"{self.began!r} {self.pace!r} {self.jumped!r}", encoding="ascii")
        aside.replace(self.file)


@dataclass(frozen=True, slots=True)
class Started:
    """A process that was started; it is known by a handle that no other process can get."""

    words: tuple[str, ...]
    pid: int
    handle: int
    log: Path

    @property
    def lives(self) -> bool:
        """Tell whether it has not ended."""
        return not select.select([self.handle], [], [], 0)[0]

    def said(self) -> str:
        """Return what it wrote."""
        return self.log.read_text("utf-8", "replace") if self.log.exists() else ""

    @property
    def code(self) -> int | None:
        """Return its exit code, `None` where it did not end by itself."""
        found = re.search(r"^ended with (\d+)$", self.said(), re.MULTILINE)
        return int(found[1]) if found else None

    @property
    def wrote(self) -> int:
        """Return how often it wrote into the memory."""
        found = re.search(r"^wrote (\d+) times$", self.said(), re.MULTILINE)
        return int(found[1]) if found else 0

    def kill(self) -> None:
        """End it as `kill -9` does, with whatever it started."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self.wait(10)

    def kill_alone(self) -> None:
        """End it alone; what it started finds itself without it."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.handle, signal.SIGKILL)
        self.wait(10)

    def stop(self, seconds: float = 60.0) -> bool:
        """Ask it to end in order; return whether it did."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.handle, signal.SIGTERM)
        return self.wait(seconds)

    def wait(self, seconds: float) -> bool:
        """Wait for its end; return whether it came."""
        return bool(select.select([self.handle], [], [], seconds)[0])


@dataclass
class Starter:
    """Starts processes of the program; see `clocked.py`."""

    zygote: subprocess.Popen[str]
    folder: Path
    all: list[Started] = field(default_factory=list)

    def start(self, *words: str, dies_at: int = 0) -> Started:
        """Start `anlass` with these words; with `dies_at` it is killed at that step of its writing."""
        log = self.folder / f"{len(self.all):03}-{words[0]}.log"
        assert self.zygote.stdin is not None
        assert self.zygote.stdout is not None
        self.zygote.stdin.write(json.dumps({"words": words, "log": str(log), "dies_at": dies_at}) + "\n")
        self.zygote.stdin.flush()
        pid = int(self.zygote.stdout.readline())
        try:
            handle = os.pidfd_open(pid)
        except ProcessLookupError:  # it ended before we looked
            read, write = os.pipe()
            os.close(write)
            handle = read
        self.all.append(Started(tuple(words), pid, handle, log))
        return self.all[-1]


@contextmanager
def starter(folder: Path, clock: Clock) -> Iterator[Starter]:
    """Yield what starts processes on this clock; whatever still runs at the end is killed."""
    command: Sequence[str] = (sys.executable, "-m", "tests.chaos.clocked", str(clock.file))
    places = os.pathsep.join((str(ROOT), str(ROOT / "src")))
    environment = {**os.environ, "PYTHONPATH": places, "LANG": "en_GB.UTF-8", "TZ": "Europe/Berlin"}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT
    ) as zygote:
        made = Starter(zygote, folder)
        try:
            yield made
        finally:
            for one in made.all:
                if one.lives:
                    one.kill()
                os.close(one.handle)
            zygote.kill()
            zygote.wait(60)
