"""`anlass collect` and `ledger` as whole processes, on what networks and blogs export."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

pytestmark = pytest.mark.slow  # every test runs processes

ROOT = Path(__file__).parents[2]
ANLASS = str(Path(sys.executable).parent / "anlass")
SCHEMA = json.loads((ROOT / "docs/reference/surface.schema.json").read_text("utf-8"))
NETWORKS = ROOT / "tests" / "networks"
LINKEDIN = str(NETWORKS / "linkedin" / "2024")


def anlass(*arguments: str, data: Path, lang: str = "en_GB.UTF-8") -> subprocess.CompletedProcess[str]:
    """Run the installed command with a data folder of its own."""
    environment = {"ANLASS_DATA": str(data), "LANG": lang, "PATH": "/usr/bin:/bin"}
    return subprocess.run([ANLASS, *arguments], env=environment, capture_output=True, text=True, check=False)


def test_archive_of_a_network_is_collected_by_its_path_alone(tmp_path: Path) -> None:
    """No address is asked for, the last line accounts for the rows, a second run finds nothing new."""
    first, again = (anlass("collect", LINKEDIN, data=tmp_path) for _ in range(2))
    assert (first.returncode, first.stderr.strip()) == (
        0,
        "13 entries of other sources read, encounters in them: 6. Nothing was sent.",
    )
    assert again.stderr.strip() == "Nothing new since last time. Nothing was sent."


def test_rows_that_cannot_be_read_are_named_in_the_owner_s_language(tmp_path: Path) -> None:
    """File, line and reason, and their number at the end."""
    said = anlass("collect", str(NETWORKS / "xing"), data=tmp_path, lang="de_DE.UTF-8").stderr.splitlines()
    assert said == [
        f"anlass: {NETWORKS}/xing/kontakte.tsv:4: Die Zeile nennt niemanden.",
        "5 Einträge anderer Quellen gelesen, Begegnungen darin: 0. Nichts verschickt.",
    ]


def test_ledger_shows_messages_beside_mail_and_keeps_the_contract(tmp_path: Path) -> None:
    """Every line is as the schema says; the sentence speaks of messages."""
    anlass("collect", str(NETWORKS), "--owner", "olga@home.example", data=tmp_path)
    lines = [json.loads(line) for line in anlass("ledger", "--json", data=tmp_path).stdout.splitlines()]
    for line in lines:
        Draft202012Validator({**SCHEMA, "$ref": "#/$defs/ledger_line"}).validate(line)
    (kai,) = (line for line in lines if "kai@falk.example" in line["person"]["addresses"])
    assert (kai["messages_in"], kai["messages_out"], kai["mails_in"]) == (2, 1, 0)
    assert kai["tie"]["says"] == "You have exchanged three messages in January 2012."
