"""What is done in a house beside pages: history read, letters judged, and the round of the worker.

    python -m bench.scale.works FOLDER

prints how long a round through all houses of a server takes, in seconds, the first and the second.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from anlass.bootstrap import OWNER_FILE, OWNERS
from bench.archive.cast import OWNERS as ADDRESSES
from bench.archive.strangers import strangers
from bench.scale.pages import cpu_of
from bench.scale.pattern import write_maildir

_OWN = [word for one in ADDRESSES for word in ("--owner", one)]
_MAILS, _REQUESTS = 4_000, 150


@dataclass(frozen=True, slots=True)
class Done:
    """So many letters in so many seconds; of CPU the program's and the database's."""

    letters: int
    seconds: float
    cpu: float

    def __str__(self) -> str:
        each = 1000 * self.cpu / self.letters
        return f"{self.letters} letters in {self.seconds:.1f} s, {each:.2f} ms of CPU each"


def home_of(folder: Path, owner: str) -> Path:
    """Return the data folder of an owner on a server; it is made where there is none."""
    home = folder / OWNERS / owner
    home.mkdir(parents=True, exist_ok=True)
    (home / OWNER_FILE).write_text(f"{owner}\n", encoding="utf-8")
    return home


def history(folder: Path) -> tuple[Path, int]:
    """Return an archive that no house has read, and how many mails it has."""
    maildir = folder / "history"
    return maildir, write_maildir(maildir, seed=9_001, mails=_MAILS)


def requests(folder: Path) -> tuple[Path, int]:
    """Return a folder of strangers' requests that no house has seen."""
    maildir, dice = folder / "requests", Random("9001:requests")
    for part in ("cur", "new", "tmp"):
        (maildir / part).mkdir(parents=True, exist_ok=True)
    count = 0
    for mail in strangers(dice):
        if mail.composed:
            (maildir / "cur" / f"{count:05d}.host:2,S").write_bytes(mail.raw)
            count += 1
        if count == _REQUESTS:
            break
    return maildir, count


def worked(act: str, maildir: Path, letters: int, home: Path, servers: Sequence[int]) -> Done:
    """Let the installed program collect or screen an archive in a house, and measure it."""
    program = Path(sys.executable).with_name("anlass")
    before = cpu_of(servers), _children(), time.perf_counter()
    command: list[str | Path] = [program, act, maildir, *_OWN, "--data", home]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    took = time.perf_counter() - before[2]
    return Done(letters, took, cpu_of(servers) - before[0] + _children() - before[1])


def _children() -> float:
    told = resource.getrusage(resource.RUSAGE_CHILDREN)
    return told.ru_utime + told.ru_stime


def rounds(folder: Path) -> dict[str, float]:
    """Go round a server's houses two times as `anlass work --all` does."""
    from anlass.bootstrap import open_home  # noqa: PLC0415 - a process of its own
    from anlass.jobs.rounds import Rounds  # noqa: PLC0415

    one, told = Rounds(open_home(str(folder))), dict[str, float]()
    for name in ("first", "second"):
        begin, cpu = time.perf_counter(), time.process_time()
        told["houses"] = one.once()
        told |= {name: time.perf_counter() - begin, f"{name}_cpu": time.process_time() - cpu}
    told["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    one.over.set()
    one.run()
    return told


def round_of(folder: Path) -> dict[str, float]:
    """Return what rounds through all houses take, in a process of their own."""
    command = [sys.executable, "-m", "bench.scale.works", str(folder)]
    found: dict[str, float] = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    return found


if __name__ == "__main__":
    os.environ.pop("ANLASS_DATA", None)
    print(json.dumps(rounds(Path(sys.argv[1]))))
