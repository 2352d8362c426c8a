"""`anlass time` as whole processes, over the example mailbox."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from anlass.example import example

pytestmark = pytest.mark.slow  # every test runs processes

ROOT = Path(__file__).parents[2]
ANLASS = str(Path(sys.executable).parent / "anlass")
SCHEMA = json.loads((ROOT / "docs/reference/surface.schema.json").read_text("utf-8"))
EXAMPLE = example()


def anlass(*arguments: str, data: Path, lang: str = "en_GB.UTF-8") -> subprocess.CompletedProcess[str]:
    """Run the installed command with a data folder of its own."""
    environment = {"ANLASS_DATA": str(data), "LANG": lang, "PATH": "/usr/bin:/bin"}
    return subprocess.run([ANLASS, *arguments], env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder that holds the example mailbox, screened."""
    folder = tmp_path_factory.mktemp("data")
    owner = [part for one in EXAMPLE.addresses for part in ("--owner", one)]
    assert anlass("screen", str(EXAMPLE.mailbox), *owner, data=folder).returncode == 0
    return folder


def lines(data: Path, *arguments: str) -> list[dict[str, object]]:
    """Return the JSON lines of a call."""
    done = anlass("time", *arguments, "--json", data=data)
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_months_keep_the_contract_and_open_into_their_cases(data: Path) -> None:
    """Every line is as the schema says, and a month's minutes are those of the cases behind it."""
    months = lines(data)
    for month in months:
        Draft202012Validator({**SCHEMA, "$ref": "#/$defs/time_line"}).validate(month)
    (october,) = [month for month in months if month["month"] == "2026-10"]
    cases = lines(data, "--show", "asked", "--month", "2026-10")
    for case in cases:
        Draft202012Validator({**SCHEMA, "$ref": "#/$defs/time_case"}).validate(case)
    assert sum(int(str(case["amount"])) for case in cases) == october["asked"]


def test_given_time_is_rehearsed_kept_and_taken_back(data: Path) -> None:
    """A rehearsal keeps nothing, a word is kept, and it can be taken back."""
    case = str(lines(data, "--show", "asked")[0]["case"])
    assert anlass("time", "--gave", case, "--minutes", "20", "--dry-run", data=data).returncode == 0
    assert lines(data, "--show", "given") == []
    assert anlass("time", "--gave", case[:8], "--minutes", "20", data=data).returncode == 0
    assert [one["case"] for one in lines(data, "--show", "given")] == [case]
    assert anlass("time", "--take-back", case, data=data).returncode == 0
    assert lines(data, "--show", "given") == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("--month", "2026-13"),
        ("--gave", "abc"),
        ("--minutes", "5"),
        ("--show", "asked", "--digest"),
        ("--show", "x"),
    ],
)
def test_wrong_use_is_said(data: Path, arguments: tuple[str, ...]) -> None:
    """What belongs together is named, and the exit code says wrong use."""
    assert anlass("time", *arguments, data=data).returncode == 2


def test_letter_about_a_month_in_both_languages(data: Path) -> None:
    """It is printed and sent by nobody."""
    for lang, subject in (
        ("de_DE.UTF-8", "Dein Oktober 2026 an der Tür"),
        ("en_GB.UTF-8", "Your October 2026"),
    ):
        done = anlass("time", "--digest", "--month", "2026-10", data=data, lang=lang)
        assert (done.returncode, done.stdout.startswith(subject)) == (0, True)
