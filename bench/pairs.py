"""Two commands against each other, fairly: A B A B, in one run, by CPU seconds.

Machines and their neighbours differ, so absolute figures say little. Each pair gives a
ratio; the median of the ratios is the figure, and where they spread by more than 30 % no
judgement is given.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_ALONE = Path(__file__).with_name("alone.py")
SPREAD = 0.30  # of the median, between the lowest and the highest ratio


@dataclass(frozen=True, slots=True)
class Used:
    """What one process and its children took: seconds, and the largest memory in kB."""

    cpu: float
    wall: float
    peak: int


@dataclass(frozen=True, slots=True)
class Job:
    """A command to be measured; `before` makes things as they were and is not measured."""

    name: str
    command: Sequence[str | Path]
    env: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[], None] = lambda: None
    stdin: Path | None = None
    codes: frozenset[int] = frozenset({0})


class FailedError(RuntimeError):
    """A command that was to be measured did not do its work; says which and how."""


def run(job: Job) -> Used:
    """Run one job to its end and return what it took, of its own."""
    job.before()
    told, tells = os.pipe()
    with (
        tempfile.TemporaryFile() as errors,
        Path(job.stdin or os.devnull).open("rb") as source,
        os.fdopen(told, encoding="ascii") as answer,
    ):
        subprocess.run(
            [sys.executable, "-S", "-E", str(_ALONE), str(tells), *map(str, job.command)],
            stdin=source,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env=os.environ | dict(job.env),
            pass_fds=(tells,),
            check=False,
        )
        os.close(tells)
        took = answer.read().split()
        code = int(took[3]) if took else None
        if code not in job.codes:
            errors.seek(0)
            last = errors.read().decode(errors="replace").strip().rpartition("\n")[2]
            raise FailedError(f"{job.name} ended with {code}: {last}")
    return Used(float(took[0]), float(took[1]), int(took[2]))


@dataclass(frozen=True, slots=True)
class Comparison:
    """How often A fits into B: a ratio above 1 says that A takes less."""

    ratios: tuple[float, ...]
    a: tuple[Used, ...]
    b: tuple[Used, ...]

    @property
    def median(self) -> float:
        """The figure."""
        return statistics.median(self.ratios)

    @property
    def is_judged(self) -> bool:
        """Say whether the pairs agree well enough to give a figure."""
        return max(self.ratios) - min(self.ratios) <= SPREAD * self.median

    def __str__(self) -> str:
        if self.is_judged:
            return f"{self.median:.2f} times"
        low, high = min(self.ratios), max(self.ratios)
        return f"not judged: the pairs gave {low:.2f} to {high:.2f}"


def compare(a: Job, b: Job, pairs: int, *, less: tuple[Used, Used] | None = None) -> Comparison:
    """Run A B A B ... after one warm-up each; `less` is taken off first (start-up of A and of B)."""
    run(a), run(b)
    taken = [(run(a), run(b)) for _ in range(pairs)]
    off_a, off_b = (less[0].cpu, less[1].cpu) if less else (0.0, 0.0)
    ratios = tuple((two.cpu - off_b) / max(one.cpu - off_a, 0.001) for one, two in taken)
    return Comparison(ratios, tuple(one for one, _ in taken), tuple(two for _, two in taken))


def middle(uses: Sequence[Used]) -> Used:
    """Return the median of each quantity."""
    return Used(
        statistics.median(use.cpu for use in uses),
        statistics.median(use.wall for use in uses),
        round(statistics.median(use.peak for use in uses)),
    )
