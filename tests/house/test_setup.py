"""What a stranger's clone rests on: locks without addresses, one command for all."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda p: p.stem)
def test_a_lock_holds_names_versions_hashes_and_no_address(lock: Path) -> None:
    """Every requirement is pinned with hashes, and no line names a host."""
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    entries = re.split(r"\n(?=[a-z])", text.strip())
    unpinned = [e.splitlines()[0] for e in entries if not re.search(r"==[^ ]+.*--hash=sha256:", e, re.DOTALL)]
    assert unpinned == []


def test_the_locks_agree() -> None:
    """A package has one version in all locks."""
    pins: dict[str, set[str]] = {}
    for lock in LOCKS:
        for line in lock.read_text(encoding="utf-8").splitlines():
            if match := re.match(r"([a-z0-9-]+)==(\S+)(?: ; (.*?))? \\", line):
                pins.setdefault(f"{match[1]} {match[3] or ''}", set()).add(match[2])
    assert {name: versions for name, versions in pins.items() if len(versions) > 1} == {}


def test_ci_runs_the_same_command_as_everybody() -> None:
    """`.ci/run` is `make test`, and nothing beside it."""
    commands = [
        line
        for line in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    assert commands[-1] == "exec make test"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "banned"),
    [("anlass", "anlass.doorman"), ("anlass.desk.requests.reading", "django"), ("anlass.cli.main", "rich")],
)
def test_an_import_stays_light(module: str, banned: str) -> None:
    """Importing the package, the reading surface or the command line loads no heavy part."""
    code = f"import sys, {module}; sys.exit({banned!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
