"""A developer's first day as its page tells it: every file written, every command run, in a scratch copy."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.telling import ROOT

pytestmark = pytest.mark.slow  # copies the program, and runs tests of the copy

PAGE = (ROOT / "docs" / "tutorial" / "probe-and-channel.md").read_text(encoding="utf-8")
_PIECE = re.compile(
    r"^(?:`(?P<new>[\w/.]+)`|[^\n`]*[Ii]n `(?P<old>[\w/.]+)`, below `(?P<line>[^`\n]+)`):"
    r"\n\n```python\n(?P<code>.*?)^```$"
    r"|^```sh\n(?P<typed>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """Return a copy of the program and its tests, as a clone after `make dev` is one."""
    without = shutil.ignore_patterns("browser", "stories", "fuzz")
    for name in ("src", "tests"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=without)
    shutil.copy2(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    return tmp_path


def test_a_developer_adds_a_probe_and_a_channel(scratch: Path) -> None:
    """Files are written where the page says, and every command of it ends well with what it promises."""
    printed = []
    for piece in _PIECE.finditer(PAGE):
        if piece["typed"]:
            printed.append(ran(piece["typed"], scratch))
        elif piece["new"]:
            assert not (scratch / piece["new"]).exists()
            (scratch / piece["new"]).write_text(piece["code"], encoding="utf-8")
        else:
            put(scratch / piece["old"], piece["line"], piece["code"])
    probe, letter, door, _, house, owner = printed
    assert re.search(r"^\d+ passed", probe, re.MULTILINE)
    assert '"kind": "pressure", "in": "subject", "start": 0, "end": 3, "quote": "Re:"' in letter
    assert re.search(r"^1\d passed, \d+ deselected", door, re.MULTILINE)
    assert re.search(r"^2\d passed, \d+ deselected", house, re.MULTILINE)
    assert "Max" in owner or "max" in owner
    assert "The other side gets your words. Nothing is decided" in owner


def put(file: Path, line: str, code: str) -> None:
    """Put lines below the only line of a file that is this one."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    (at,) = (number for number, one in enumerate(lines) if one.rstrip("\n") == line)
    file.write_text("".join([*lines[: at + 1], code, *lines[at + 1 :]]), encoding="utf-8")


def ran(typed: str, folder: Path) -> str:
    """Type something in the scratch copy; it ends well. Returns what is printed."""
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", typed],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src"), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_every_block_of_the_page_is_done() -> None:
    """No block of code stands there that the test would pass over."""
    assert PAGE.count("```python") + PAGE.count("```sh") == len(list(_PIECE.finditer(PAGE)))
