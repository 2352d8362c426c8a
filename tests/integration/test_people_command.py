"""`anlass people`, `same`, `apart` and `circle` as whole processes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

pytestmark = pytest.mark.slow  # every test runs processes

ROOT = Path(__file__).parents[2]
ANLASS = str(Path(sys.executable).parent / "anlass")
SCHEMA = json.loads((ROOT / "docs/reference/surface.schema.json").read_text("utf-8"))
ME, KAI, HOME = "olga@home.example", "kai@falk.example", "kai.falk@home.example"


def anlass(*arguments: str, data: Path, lang: str = "en_GB.UTF-8") -> subprocess.CompletedProcess[str]:
    """Run the installed command with a data folder of its own."""
    environment = {"ANLASS_DATA": str(data), "LANG": lang, "PATH": "/usr/bin:/bin"}
    return subprocess.run([ANLASS, *arguments], env=environment, capture_output=True, text=True, check=False)


def lines(shape: str, *arguments: str, data: Path) -> list[dict[str, object]]:
    """Return the lines of a list, each held against the schema."""
    check = Draft202012Validator({**SCHEMA, "$ref": f"#/$defs/{shape}"})
    told = [json.loads(line) for line in anlass(*arguments, "--json", data=data).stdout.splitlines()]
    for line in told:
        check.validate(line)
    return told


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with two letters of one thread, by one name at two addresses."""
    folder = tmp_path_factory.mktemp("data")
    mails = folder / "mails"
    mails.mkdir()
    for number, sender in enumerate((KAI, HOME)):
        (mails / f"{number}.eml").write_text(
            f"From: Kai \x1b[31mFalk <{sender}>\nTo: {ME}\nMessage-ID: <k{number}@x.example>\n"
            "In-Reply-To: <k0@x.example>\nDate: Mon, 02 Mar 2026 10:00:00 +0000\nSubject: Hallo\n\nWorte.\n"
        )
    anlass("collect", str(mails), "--owner", ME, data=folder)
    return folder


@pytest.fixture
def data(collected: Path, tmp_path: Path) -> Path:
    """Return a copy of that folder of the test's own."""
    return shutil.copytree(collected, tmp_path / "data")


def test_two_become_one_and_two_again(data: Path) -> None:
    """Proposed with what speaks for it, rehearsed, said, listed, taken back; lines keep the contract."""
    (proposal,) = lines("proposal", "people", "--same", data=data)
    assert [one["sign"] for one in proposal["evidence"]] == ["name", "thread"]  # type: ignore[attr-defined]  # JSON
    rehearsed = anlass("same", KAI, HOME, "--dry-run", data=data)
    assert (rehearsed.returncode, rehearsed.stderr.splitlines()[-1]) == (
        0,
        "Only rehearsed: everything is as it was.",
    )
    assert len(lines("person", "people", data=data)) == 2
    assert anlass("same", KAI, HOME, data=data).returncode == 0
    assert len(lines("person", "people", data=data)) == 1
    (word,) = lines("word", "people", "--said", data=data)
    assert word["kind"] == "same"
    assert anlass("people", "--undo", str(word["word"])[:8], data=data).returncode == 0
    assert len(lines("person", "people", data=data)) == 2
    assert anlass("apart", KAI, HOME, data=data).returncode == 0
    assert lines("proposal", "people", "--same", data=data) == []


def test_names_of_strangers_cannot_steer_the_terminal(data: Path) -> None:
    """No list lets an escape through."""
    anlass("circle", "--in", KAI, data=data)
    for arguments in (["people"], ["people", "--same"], ["people", "--said"], ["circle"]):
        said = anlass(*arguments, data=data).stdout
        assert "Falk" in said
        assert "\x1b" not in said


def test_circle_says_why_in_the_owner_s_language(data: Path) -> None:
    """Put in and taken out, with the day it was said."""
    anlass("circle", "--in", KAI, data=data)
    (line,) = lines("circle_line", "circle", data=data)
    assert (line["in"], line["by"], line["is_close"]) == (True, "word", False)
    assert "    Du hast es am " in anlass("circle", data=data, lang="de_DE.UTF-8").stdout
    anlass("circle", "--out", KAI, data=data)
    assert anlass("circle", data=data).stdout.startswith("- ")


def test_empty_lists_say_that_they_are_empty_and_programs_get_no_line(tmp_path: Path) -> None:
    """A new house answers in a sentence, in the owner's language, and ends well."""
    lists = (["ledger"], ["people"], ["people", "--same"], ["people", "--said"], ["circle"])
    told = [anlass(*arguments, data=tmp_path, lang="de_DE.UTF-8").stdout for arguments in lists]
    assert told == [
        "Das Beziehungsbuch ist leer. Lies erst deine Mail ein: anlass collect PATH\n",
        "Hier steht noch niemand. Lies erst deine Mail ein: anlass collect PATH\n",
        "Niemand scheint hier zweimal zu stehen.\n",
        "Du hast noch nichts über Personen gesagt.\n",
        "Noch gehört niemand dazu. `anlass circle --in PERSON` nimmt jemanden auf.\n",
    ]
    silent = [anlass(*arguments, "--json", data=tmp_path) for arguments in lists]
    assert [(one.returncode, one.stdout) for one in silent] == [(0, "")] * len(lists)


@pytest.mark.parametrize(
    "arguments",
    [
        ["same", KAI, KAI],
        ["same", KAI, "nobody@x.example"],
        ["apart", KAI, KAI],
        ["people", "--undo", "zzz"],
        ["people", "--same", "--said"],
        ["circle", "--in", KAI, "--out", KAI],
    ],
    ids=" ".join,
)
def test_wrong_use_is_said_in_one_line_and_changes_nothing(data: Path, arguments: list[str]) -> None:
    """Exit code 2, a sentence, no word kept."""
    done = anlass(*arguments, data=data)
    assert (done.returncode, "Traceback" in done.stderr, bool(done.stderr)) == (2, False, True)
    assert lines("word", "people", "--said", data=data) == []
