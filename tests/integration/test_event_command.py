"""`anlass event` as whole processes."""

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


def anlass(*arguments: str, data: Path, said: str = "") -> subprocess.CompletedProcess[str]:
    """Run the installed command with a data folder of its own."""
    environment = {"ANLASS_DATA": str(data), "LANG": "en_GB.UTF-8", "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        [ANLASS, *arguments], env=environment, input=said, capture_output=True, text=True, check=False
    )


def lines(shape: str, *arguments: str, data: Path, said: str = "") -> list[dict[str, object]]:
    """Return the lines of a command, each held against the schema."""
    check = Draft202012Validator({**SCHEMA, "$ref": f"#/$defs/{shape}"})
    done = anlass(*arguments, "--json", data=data, said=said)
    is_rehearsed = "--dry-run" in arguments
    assert (done.returncode, done.stderr) == (0, "Only rehearsed: everything is as it was.\n" * is_rehearsed)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    for line in told:
        check.validate(line)
    return told


def test_from_the_hallway_to_the_ledger(tmp_path: Path) -> None:
    """An event, a card on standard input, a sorted name: all is in the ledger, a rehearsal is not."""
    (event,) = lines("event_line", "event", "new", "re:publica", "--on", "2026-05-18", data=tmp_path)
    id_ = str(event["event"])
    assert lines("met_line", "event", "met", id_, "--name", "Nobody", "--dry-run", data=tmp_path) != []
    card = "Grace Adeyemi\nLektorin\ngrace@adeyemi.example"
    (grace,) = lines("met_line", "event", "met", id_, data=tmp_path, said=card)
    assert (grace["card"], grace["talked"], grace["about"]) == (True, False, "Lektorin")
    said = ("--as", "interesting", "--topic", "tariffs", "--note", "write to her")
    (grace,) = lines("met_line", "event", "sort", id_, "grace@adeyemi.example", *said, data=tmp_path)
    assert (grace["talked"], grace["sort"], grace["topic"]) == (True, "interesting", "tariffs")
    assert lines("met_line", "event", "show", id_, data=tmp_path) == [grace]
    (known,) = lines("ledger_line", "ledger", data=tmp_path)
    assert (known["person"], known["meetings"], known["cards"]) == (grace["person"], 1, 1)
    (event,) = lines("event_line", "event", "list", data=tmp_path)
    assert (event["people"], event["unsorted"]) == (1, 0)


def test_wrong_use_is_said(tmp_path: Path) -> None:
    """No such event, nobody named, a file that names no event: exit code 2 and a sentence."""
    assert anlass("event", "show", "nothing", data=tmp_path).returncode == 2
    anlass("event", "new", "X", data=tmp_path)
    assert anlass("event", "met", "X", data=tmp_path).returncode == 2
    table = tmp_path / "list.csv"
    table.write_text("Name,Email\nA,a@x.example\n")
    lost = anlass("event", "import", str(table), data=tmp_path)
    assert (lost.returncode, "--event" in lost.stderr) == (2, True)
    assert "one person new" in anlass("event", "import", str(table), "--event", "X", data=tmp_path).stdout


def test_who_is_meant_is_asked_where_several_bear_a_name(tmp_path: Path) -> None:
    """Nobody and several are two things; of several each is named by what tells them apart."""
    anlass("event", "new", "re:publica", data=tmp_path)
    anlass("event", "met", "re:publica", "--name", "Uwe Still", "--topic", "tariffs", data=tmp_path)
    card = anlass("event", "met", "re:publica", data=tmp_path, said="Uwe Still\nuwe@still.example")
    assert 'anlass same uwe@still.example "Uwe Still"' in card.stderr
    several = anlass("event", "sort", "re:publica", "Uwe Still", "--as", "business", data=tmp_path)
    assert several.returncode == 2
    assert "(uwe@still.example)" in several.stderr
    assert "tariffs)" in several.stderr
    nobody = anlass("event", "sort", "re:publica", "Uwe Laut", "--as", "business", data=tmp_path)
    assert (nobody.returncode, "Nobody there is called 'Uwe Laut'." in nobody.stderr) == (2, True)


def test_a_title_on_a_card_hides_nobody(tmp_path: Path) -> None:
    """Whoever is noted with a title is found without it, whatever the letters."""
    anlass("event", "new", "re:publica", data=tmp_path)
    anlass("event", "met", "re:publica", "--name", "Dr. Clara von der Heide", data=tmp_path)
    named = ("event", "sort", "re:publica", "clara von der heide", "--as", "business")
    (clara,) = lines("met_line", *named, data=tmp_path)
    assert clara["sort"] == "business"
