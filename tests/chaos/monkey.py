"""Faults by a seed: processes killed, databases restarted, wires cut, clocks set, disks filled."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random

from tests.chaos.house import House
from tests.chaos.memories import Restarted
from tests.chaos.wires import State, Wire

DAY = 86_400.0
_ROOM = 320


@dataclass
class Disk:
    """A small disk of its own, which can be full."""

    place: Path

    def fill(self) -> None:
        """Leave no byte on it."""
        for more in range(100):  # somebody may write meanwhile, and a disk holds what is on it
            used = shutil.disk_usage(self.place).used // 1024
            if self._size(f"{used + 4 * more}k"):
                return

    def clear(self) -> None:
        """Let there be room again."""
        self._size(f"{_ROOM}m")

    def _size(self, size: str) -> bool:
        command = ["mount", "-o", f"remount,size={size}", str(self.place)]
        return subprocess.run(command, check=False, capture_output=True).returncode == 0


@contextmanager
def small_disk(place: Path) -> Iterator[Disk | None]:
    """Put a small disk of its own at a folder; `None` for whoever may not, that takes root."""
    place.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={_ROOM}m,mode=700", "anlass-chaos", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        yield None
        return
    try:
        yield Disk(place)
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False, capture_output=True)


@dataclass
class Monkey:
    """What breaks things; each fault is undone by `mend`, or by whoever keeps the processes going."""

    house: House
    chance: Random
    memory: Restarted | None = None
    disk: Disk | None = None
    moves_clock: bool = False
    """Whether the clock may be set: wishes have their times, and are uploaded before that."""
    done: Counter[str] = field(default_factory=Counter)
    story: list[str] = field(default_factory=list)
    _stopped: bool = False

    def act(self) -> None:
        """Do one thing that breaks something."""
        faults: dict[str, Callable[[], None]] = {
            "kill the worker": lambda: self._kill("work"),
            "kill the pages": lambda: self._kill("serve"),
            "kill a half of the pages": self._kill_half,
            "start a second worker": lambda: self.house.keep_going("second"),
            "cut the mailbox": lambda: self._wire(self.house.incoming, State.CUT),
            "hold the mailbox": lambda: self._wire(self.house.incoming, State.STILL),
            "half an answer of the mailbox": lambda: self._wire(self.house.incoming, State.HALF),
            "cut the way out": lambda: self._wire(self.house.outgoing, State.CUT),
            "hold the way out": lambda: self._wire(self.house.outgoing, State.STILL),
            "half an answer on the way out": lambda: self._wire(self.house.outgoing, State.HALF),
            "cut the webhook": lambda: self._wire(self.house.hearing, State.CUT),
            "hold the webhook": lambda: self._wire(self.house.hearing, State.STILL),
            "let the webhook say 500": lambda: self._say(500),
            "let the webhook hear and hang up": lambda: self._say(0),
        }
        if self.memory is not None:
            faults["restart the database"] = self._restart
            faults["stop the database"] = self._stop
        if self.disk is not None:
            faults["fill the disk"] = self.disk.fill
        if self.moves_clock:
            for name, seconds in (("a day ahead", DAY), ("a day back", -DAY), ("an hour ahead", DAY / 24)):
                faults[f"set the clock {name}"] = partial(self.house.clock.jump, seconds)
        name = self.chance.choice(sorted(faults))
        self.story.append(name)
        self.done[name] += 1
        faults[name]()

    def mend(self) -> None:
        """Undo what does not undo itself."""
        for one in (self.house.incoming, self.house.outgoing, self.house.hearing):
            one.be(State.WHOLE)
        self._say(200)
        if self.disk is not None:
            self.disk.clear()
        if self._stopped and self.memory is not None:
            self.memory.start()
        self._stopped = False

    def _kill(self, who: str) -> None:
        if who in self.house.running:
            self.house.running[who].kill()

    def _kill_half(self) -> None:
        if "serve" in self.house.running:
            self.house.running["serve"].kill_alone()

    def _wire(self, wire: Wire, state: State) -> None:
        wire.be(state)

    def _say(self, status: int) -> None:
        self.house.listener.usual = status

    def _restart(self) -> None:
        self._stop()
        if self.memory is not None:
            self.memory.start()
        self._stopped = False

    def _stop(self) -> None:
        if self.memory is not None and not self._stopped:
            self.memory.stop()
            self._stopped = True
