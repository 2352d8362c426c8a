"""How long it takes until something can happen."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from bench.pairs import Job, compare, middle
from bench.report import Row
from bench.setting import Setting


def measure(bench: Setting) -> Iterator[Row]:
    """Measure the import of the package and `anlass --version`, beside a bare Python."""
    bare = Job("python", [sys.executable, "-c", "pass"])
    imported = Job("import anlass", [sys.executable, "-c", "import anlass"])
    for what, job, goal in (
        ("import of anlass", imported, "150 ms"),
        ("anlass --version", bench.anlass("--version"), ""),
    ):
        found = compare(bare, job, bench.pairs)
        more = max(middle(found.b).wall - middle(found.a).wall, 0.0)
        yield Row(what, f"{more * 1000:.0f} ms", goal, f"beyond a bare Python; {found} its CPU")
