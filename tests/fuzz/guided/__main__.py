"""Every target for its share of the time: `make fuzz MINUTES=60 [TARGET=name]`.

Prints for each target how often it was run, how much of the code it reached and what was found. What was
learnt stays in the folder, so that the next run goes on where this one ended. Ends with 1 where something
was found.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

from tests.fuzz.guided.target import ROOT

_RUNS = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_REACHED = re.compile(r"cov: (\d+) ft: (\d+)")
_MEMORY = re.compile(r"stat::peak_rss_mb:\s*(\d+)")
_FINDING = re.compile(r"^finding: (.*)$|^(SUMMARY: libFuzzer: .*)$", re.MULTILINE)
_NAMES = "from tests.fuzz.guided.table import TARGETS; print(*(one.name for one in TARGETS))"


def names() -> tuple[str, ...]:
    """Return the names of all targets, without loading them into this process."""
    told = subprocess.run(
        [sys.executable, "-c", _NAMES], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return tuple(told.stdout.split())


def searched(name: str, seconds: int, place: Path) -> tuple[str, ...]:
    """Search one target and print its line; return what was found."""
    command = [sys.executable, "-m", "tests.fuzz.guided.one", name, str(seconds), str(place)]
    done = subprocess.run(command, capture_output=True, check=False, cwd=ROOT)
    said = done.stderr.decode("utf-8", "replace")
    (place / name / "log.txt").write_text(said, encoding="utf-8")
    found = tuple(one or other for one, other in _FINDING.findall(said))
    if done.returncode and not found:
        found = (f"ended with {done.returncode}: {said.strip().splitlines()[-1:]}",)
    runs, memory = _RUNS.search(said), _MEMORY.search(said)
    reached = _REACHED.findall(said)
    print(
        f"{name:22} {runs[1] if runs else '?':>9} runs {reached[-1][0] if reached else '?':>6} places"
        f" {memory[1] if memory else '?':>5} MB  {len(found)} findings",
        flush=True,
    )
    for one in found:
        print(f"    {one}", flush=True)
    return found


def main() -> int:
    """Read what is wanted, search, and say with the exit status whether something was found."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--minutes", type=float, default=60)
    wanted.add_argument("--target", default="", help="names of targets; all without one")
    wanted.add_argument("--folder", type=Path, default=ROOT / "artefacts" / "fuzz")
    given = wanted.parse_args()
    asked = given.target.split()
    known = [name for name in names() if not asked or name in asked]
    if not known:
        raise SystemExit(f"There is no target {given.target!r}: {' '.join(names())}")
    share = max(1, round(given.minutes * 60 / len(known)))
    for name in known:
        (given.folder / name).mkdir(parents=True, exist_ok=True)
    found = [searched(name, share, given.folder.resolve()) for name in known]
    return int(any(found))


if __name__ == "__main__":
    sys.exit(main())
