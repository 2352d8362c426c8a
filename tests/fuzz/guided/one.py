"""One target under the fuzzer: `python -m tests.fuzz.guided.one NAME SECONDS FOLDER`.

Whatever is wrong is written down once for each place in the code, with the input, and the search goes on.
"""

from __future__ import annotations

import sys
import time
import traceback
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from shutil import rmtree

import atheris

with atheris.instrument_imports(include=["anlass", "authres", "imapclient"]):
    from tests.fuzz.guided.table import TARGETS

from tests.fuzz.guided.target import Target, folder

_SLOW = 3.0
"""CPU seconds of one input while everything is counted; without that it is a third of it."""


class TooSlow(AssertionError):
    """An input costs more than it may."""


def _within(seconds: float) -> None:
    if seconds > _SLOW:
        raise TooSlow(f"{seconds:.1f} s")


class Findings:
    """What is wrong, each place once, with the smallest input that shows it."""

    def __init__(self, target: Target, place: Path) -> None:
        self._target, self._place = target, place
        self._seen = dict[str, int]()

    def __call__(self, data: bytes) -> None:
        """Try one input."""
        begin = time.process_time()
        try:
            self._target.take(data)
            _within(time.process_time() - begin)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
            self._keep(data, error)

    def _keep(self, data: bytes, error: Exception) -> None:
        steps = traceback.extract_tb(error.__traceback__)
        own = [step for step in steps if "/anlass/" in step.filename] or steps
        where = f"{type(error).__name__} {Path(own[-1].filename).stem}:{own[-1].lineno}"
        if len(data) >= self._seen.get(where, 1 << 30):
            return
        is_new = where not in self._seen
        self._seen[where] = len(data)
        path = self._place / f"{sha256(where.encode()).hexdigest()[:8]}.input"
        path.write_bytes(data)
        path.with_suffix(".txt").write_text("".join(traceback.format_exception(error)), encoding="utf-8")
        if is_new:
            sys.stderr.write(f"finding: {where}: {str(error)[:120]!r} {path}\n")
            sys.stderr.flush()


def main(name: str, seconds: int, place: Path) -> None:
    """Search for so many seconds; what was learnt stays in the folder for the next time."""
    target = next(one for one in TARGETS if one.name == name)
    corpus, findings = place / name / "corpus", place / name / "findings"
    for one in (corpus, findings):
        one.mkdir(parents=True, exist_ok=True)
    seeds = tuple(target.seeds())
    for seed in seeds:
        (corpus / f"seed-{sha256(seed).hexdigest()[:16]}").write_bytes(seed[: target.longest])
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={target.longest}",
        "-timeout=60",
        "-rss_limit_mb=3072",
        "-print_final_stats=1",
        "-verbosity=1",
        f"-artifact_prefix={findings}/",
        str(corpus),
    ]
    folder()
    with suppress(Exception):
        target.take(seeds[0])  # what is made once, a house or a table of words, is no part of an input's time
    try:
        atheris.Setup([sys.argv[0], *options], Findings(target, findings))
        atheris.Fuzz()
    finally:
        rmtree(folder(), ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
