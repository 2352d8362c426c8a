"""The walls between the rooms hold, and each would notice a hole."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

HOLES = {
    "a room below imports a room above": ("people/person.py", "import anlass.policy", "rooms point inwards"),
    "a page imports the command line": ("web/__init__.py", "import anlass.cli", "rooms point inwards"),
    "a module has no place in the house": ("attic.py", "", "rooms point inwards"),
    "a room opens a database": ("policy/decision.py", "import sqlite3", "rooms touch no wire"),
    "a room asks a model itself": ("litmus/opinion.py", "import httpx2", "rooms touch no wire"),
    "the wire to a model opens the memory": ("adviser.py", "import anlass.store", "rooms point inwards"),
    "a room opens a socket": ("replies/draft.py", "import socket", "rooms touch no wire"),
    "a room imports the framework": ("ledger/tie.py", "import django", "rooms touch no wire"),
    "a card throws dice": ("cards/link.py", "import secrets", "rooms touch no wire"),
    "a card knows the house rules": ("cards/grant.py", "import anlass.policy", "rooms point inwards"),
    "a mailing throws dice": ("outreach/mailing.py", "import secrets", "rooms touch no wire"),
    "a reader of lists opens the memory": (
        "sources/events/lists.py",
        "import anlass.store",
        "rooms point inwards",
    ),
    "a wish throws dice": ("outreach/wish.py", "import secrets", "rooms touch no wire"),
    "a room throws dice": ("litmus/reading.py", "import random", "rooms touch no wire"),
    "a source loads the framework": ("sources/__init__.py", "import django", "the judging path"),
    "an act opens a database": ("desk/surface.py", "import sqlite3", "acts and commands"),
    "a command imports the framework": ("cli/main.py", "import django", "acts and commands"),
    "a probe leans on another": (
        "litmus/probes/hollow.py",
        "import anlass.litmus.probes.pressure",
        "probes know nothing of each other",
    ),
    "two rooms lean on each other": ("people/person.py", "import anlass.intake", "rooms have no cycles"),
}


def database_users(source: Path) -> set[str]:
    """Return the top-level rooms below `source` in which any file imports a database."""
    databases = ("django.db", "django.contrib.postgres", "sqlite3", "psycopg")
    users = set()
    for path in source.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
            if any(name == db or name.startswith(db + ".") for name in names for db in databases):
                users.add(path.relative_to(source).parts[0])
    return users


def test_only_the_store_speaks_to_the_database(house: Path) -> None:
    """No other room imports a database, in whatever form; a planted import is noticed."""
    source = house / "src" / "anlass"
    assert database_users(source) <= {"store"}
    (source / "web" / "planted.py").write_text("def late() -> None:\n    from django import db\n", "utf-8")
    assert "web" in database_users(source)


def lint(house: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts of pyproject.toml over the source tree below `house`."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    return subprocess.run(
        command,
        cwd=house,
        env={"PYTHONPATH": str(house / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the source tree that may be broken."""
    shutil.copytree(
        ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "*.eml", "*.json")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.slow
def test_every_wall_stands(house: Path) -> None:
    """The contracts of the house hold as it is."""
    result = lint(house)
    assert result.returncode == 0, result.stdout


@pytest.mark.slow
@pytest.mark.parametrize("hole", HOLES)
def test_a_planted_hole_is_noticed(house: Path, hole: str) -> None:
    """An import that breaks a wall is reported by the contract that is meant for it."""
    name, line, contract = HOLES[hole]
    path = house / "src" / "anlass" / name
    before = path.read_text(encoding="utf-8") if path.exists() else '"""Nothing."""\n'
    path.write_text(f"{before}\n{line}\n", encoding="utf-8")
    result = lint(house)
    broken = [text for text in result.stdout.splitlines() if text.rstrip().endswith("BROKEN")]
    assert result.returncode == 1
    assert any(text.startswith(contract) for text in broken), result.stdout
