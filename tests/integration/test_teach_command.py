"""`anlass teach` and `anlass read --personal` as whole processes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.unit.litmus.lessons_at_hand import HOLLOW

pytestmark = pytest.mark.slow  # every test runs several processes

ANLASS = str(Path(sys.executable).parent / "anlass")
SCHEMA = json.loads((Path(__file__).parents[2] / "docs/reference/surface.schema.json").read_text("utf-8"))
MAIL = f"""From: Benedikt Hohl <b@hohl.example>
To: ruth@weber.example
Subject: Austausch
Date: Mon, 2 Nov 2026 10:00:00 +0100
Message-ID: <one@hohl.example>
Content-Type: text/plain; charset=utf-8

{HOLLOW}
"""

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def anlass(tmp_path: Path) -> Run:
    """The installed command with a data folder and a mail of its own."""
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "one.eml").write_text(MAIL, encoding="utf-8")
    environment = {"ANLASS_DATA": str(tmp_path / "data"), "LANG": "de_DE.UTF-8", "PATH": "/usr/bin:/bin"}

    def run(*arguments: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [ANLASS, *arguments],
            env=environment, cwd=tmp_path, input=given, capture_output=True, text=True, check=False,
        )  # fmt: skip

    return run


def screened(anlass: Run) -> dict[str, object]:
    """The one case, as `screen --json` tells it."""
    done = anlass("screen", "mail", "--json", "--owner", "ruth@weber.example")
    assert done.returncode == 0, done.stderr
    line: dict[str, object] = json.loads(done.stdout)
    Draft202012Validator({**SCHEMA, "$ref": "#/$defs/screen_case"}).validate(line)
    return line


def test_a_verdict_is_taught_told_read_and_taken_back(anlass: Run) -> None:
    """The word counts in `why`, `screen` and `read --personal`; plain `read` stays pure."""
    case = str(screened(anlass)["case"])[:8]
    assert "Nur geprobt" in anlass("teach", case, "--verdict", "reason", "--dry-run").stderr
    assert anlass("teach", "--list").stdout == ""
    learned = anlass("teach", case, "--verdict", "reason")
    assert learned.stdout.startswith("Gemerkt: Der Brief von Benedikt Hohl hat einen Anlass.\n")
    assert "Für dich hat dieser Brief einen Anlass. Sonst hieße es: hohl." in anlass("why", case).stdout
    reading = screened(anlass)["reading"]
    assert isinstance(reading, dict)
    assert (reading["verdict"], reading["personal"]["is_same"]) == ("reason", True)
    line = json.dumps({"id": 1, "channel": "mail", "subject": "Austausch", "text": HOLLOW})
    plain, personal = (json.loads(anlass("read", *how, given=line).stdout) for how in ([], ["--personal"]))
    Draft202012Validator({**SCHEMA, "$ref": "#/$defs/read_out"}).validate(personal)
    assert (plain["verdict"], personal["verdict"]) == ("hollow", "reason")
    assert "personal" not in plain
    lesson = learned.stdout.split("--undo ")[1].split("`")[0]
    undone = anlass("teach", "--undo", lesson)
    assert undone.stdout.startswith("Zurückgenommen: Der Brief von Benedikt Hohl hat einen Anlass.\n")
    assert anlass("teach", "--list").stderr == "Du hast noch nichts gelehrt.\n"


def test_words_are_taught_and_lessons_carried(anlass: Run, tmp_path: Path) -> None:
    """What words are not is learned, exported, and learned again elsewhere."""
    case = str(screened(anlass)["case"])
    quotes = [f["quote"] for f in screened(anlass)["reading"]["findings"] if f["kind"] == "hollow"]  # type: ignore[index]
    done = anlass("teach", case, "--is-not", "hollow", quotes[0])
    assert done.stdout.startswith(f"Gemerkt: „{quotes[0]}“ ist für dich nicht hohl.\n")
    exported = anlass("teach", "--export").stdout
    elsewhere = anlass("teach", "--import", "-", "--data", str(tmp_path / "other"), given=exported + "{}\n")
    assert (elsewhere.returncode, elsewhere.stdout.splitlines()[0]) == (
        2,
        "1 Lektionen sind neu, 0 waren bekannt.",
    )
    assert elsewhere.stderr == 'anlass: <stdin>:2: no lesson: not an object with "lesson": 1\n'
    again = anlass("teach", "--export", "--data", str(tmp_path / "other"))
    assert again.stdout == exported


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        ["x"],
        ["--verdict", "reason"],
        ["x", "--list"],
        ["--list", "--export"],
        ["x", "--verdict", "great"],
        ["x", "--is", "great", "words"],
        ["x", "--verdict", "reason", "--undo", "y"],
        ["nobody", "--verdict", "reason"],
        ["--undo", "nothing"],
    ],
)
def test_what_makes_no_sense_is_said(anlass: Run, wrong: list[str]) -> None:
    """Wrong use ends with 2, one plain message and no traceback."""
    done = anlass("teach", *wrong)
    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr
