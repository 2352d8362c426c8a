"""The shipped units of systemd: each can be loaded, starts a command that there is, has the same walls."""

from __future__ import annotations

import re
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from anlass.cli.main import main

ROOT = Path(__file__).parents[2]
UNITS = sorted((ROOT / "deploy" / "systemd").iterdir())
PROGRAM = "/opt/anlass/bin/anlass"


class _Unit(ConfigParser):
    """A unit: names are written large and small."""

    def optionxform(self, optionstr: str) -> str:
        return optionstr


def read(unit: Path) -> _Unit:
    """Return what a unit says."""
    found = _Unit(interpolation=None, delimiters=("=",), strict=False)
    found.read_string(unit.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("unit", UNITS, ids=lambda one: one.name)
def test_a_unit_starts_a_command_that_there_is(unit: Path) -> None:
    """A word that the program does not know would be seen on the server only."""
    program, *words = read(unit)["Service"]["ExecStart"].split()
    assert program == PROGRAM
    done = CliRunner().invoke(main, [*words, "--help"])
    assert (done.exit_code, done.output[:6]) == (0, "Usage:"), done.output


@pytest.mark.parametrize("unit", UNITS, ids=lambda one: one.name)
def test_every_unit_has_the_same_walls(unit: Path) -> None:
    """Whatever is forbidden to the pages is forbidden to the workers."""
    ours, pages = read(unit)["Service"], read(UNITS[0])["Service"]
    assert {name: value for name, value in ours.items() if name != "ExecStart"} == {
        name: value for name, value in pages.items() if name != "ExecStart"
    }


@pytest.mark.slow  # systemd loads each
@pytest.mark.parametrize("unit", UNITS, ids=lambda one: one.name)
def test_systemd_can_load_a_unit(unit: Path, tmp_path: Path) -> None:
    """It has nothing to complain of; only the program lies elsewhere here."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("There is no systemd here.")
    text = unit.read_text(encoding="utf-8")
    here = tmp_path / unit.name
    here.write_text(text.replace(PROGRAM, shutil.which("true") or "/bin/true"), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", str(here)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_guide_names_every_unit() -> None:
    """Both languages say which one is for what."""
    for page in ("run-a-server.md", "run-a-server.de.md"):
        text = (ROOT / "docs" / "howto" / page).read_text(encoding="utf-8")
        assert [unit.stem for unit in UNITS if unit.stem not in re.findall(r"anlass-[a-z-]+@?", text)] == []
