"""`anlass audit` and `anlass ledger PERSON` as whole processes, over the example mailbox."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree as ET

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
    """Return a data folder that holds the example mailbox."""
    folder = tmp_path_factory.mktemp("data")
    owner = [part for one in EXAMPLE.addresses for part in ("--owner", one)]
    assert anlass("collect", str(EXAMPLE.mailbox), *owner, data=folder).returncode == 0
    return folder


def test_audit_of_the_example_is_what_the_tutorial_shows(data: Path) -> None:
    """The sums and the rows of the picture are those printed in the tutorial, in both languages."""
    for lang, page in (("en_GB.UTF-8", "audit.md"), ("de_DE.UTF-8", "audit.de.md")):
        done = anlass("audit", str(EXAMPLE.linkedin), data=data, lang=lang)
        assert done.returncode == 0
        sums = done.stdout.partition("\n\n")[2].partition("\n\n")[0]
        tutorial = (ROOT / "docs" / "tutorial" / page).read_text(encoding="utf-8")
        assert sums in tutorial
        assert done.stdout.splitlines()[0] in tutorial


def test_audit_lines_keep_the_contract(data: Path) -> None:
    """Every line is as the schema says, and there is one for each contact."""
    lines = [
        json.loads(line)
        for line in anlass("audit", str(EXAMPLE.linkedin), "--json", data=data).stdout.splitlines()
    ]
    for line in lines:
        Draft202012Validator({**SCHEMA, "$ref": "#/$defs/audit_line"}).validate(line)
    assert len(lines) == 20


def test_audit_writes_a_table_and_a_picture_and_overwrites_neither(data: Path, tmp_path: Path) -> None:
    """The table has a row for each contact, the picture is SVG with title and description."""
    table, drawn = tmp_path / "audit.csv", tmp_path / "audit.svg"
    order = ("audit", str(EXAMPLE.linkedin), "--csv", str(table), "--picture", str(drawn))
    assert anlass(*order, data=data, lang="de_DE.UTF-8").returncode == 0
    rows = list(csv.DictReader(StringIO(table.read_text(encoding="utf-8-sig"))))
    assert (len(rows), rows[0]["group"], rows[-1]["group"]) == (20, "in touch", "nothing")
    root = ET.fromstring(drawn.read_text(encoding="utf-8"))
    names = [child.tag.rpartition("}")[2] for child in root]
    assert names[:2] == ["title", "desc"]
    again = anlass(*order, data=data)
    assert (again.returncode, again.stdout) == (2, "")
    assert "There is such a file already." in again.stderr


def test_audit_without_a_list_says_what_to_name(data: Path) -> None:
    """Neither a list nor a server: wrong use, in one line."""
    done = anlass("audit", data=data)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Name a list" in done.stderr


def test_ledger_of_a_person_opens_every_number(data: Path) -> None:
    """The picture, what is missing or how silent it is, and each letter with its subject and file."""
    said = anlass("ledger", "Malte Brinkmann", data=data, lang="de_DE.UTF-8").stdout
    assert "zehn Briefe geschrieben" in said
    assert "-mal so lange wie sonst zwischen euch." in said
    assert "an dich |" in said
    assert "Malte Brinkmann schrieb dir. „Re: Pfingstpost“" in said
    assert str(EXAMPLE.mailbox / "Archive" / "0021-re-pfingstpost.eml") in said


def test_ledger_lists_the_closest_first(data: Path) -> None:
    """Who is in touch stands before who only wrote, and who shares nothing comes last."""
    lines = [json.loads(line) for line in anlass("ledger", "--json", data=data).stdout.splitlines()]
    levels = ["in touch", "acquainted", "stranger"]
    ranks = [levels.index(line["tie"]["level"]) for line in lines]
    assert ranks == sorted(ranks)
    assert lines[-1]["mails_in"] == 0
