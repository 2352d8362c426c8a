"""`anlass door`: built, opened, shut, and what the doctor says of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from anlass.cli.main import main
from anlass.desk.door.own import door_of
from anlass.errors import Refused
from anlass.store import open_book

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/reference/surface.schema.json").read_text("utf-8"))
pytestmark = pytest.mark.slow  # makes a database with all its tables


def anlass(*arguments: str, data: Path) -> Result:
    """Call the command with a data folder of its own."""
    return CliRunner().invoke(main, [*arguments, "--data", str(data)], env={"LANG": "en_GB.UTF-8"})


def is_refused(*arguments: str, data: Path) -> str:
    """Return what a command says that must refuse."""
    result = anlass(*arguments, data=data)
    assert isinstance(result.exception, Refused)
    return str(result.exception)


def checked(shape: str, line: object) -> None:
    """Hold a line against the schema."""
    Draft202012Validator({**SCHEMA, "$ref": f"#/$defs/{shape}"}).validate(line)


def shown(data: Path) -> dict[str, object]:
    """Return the door as JSON."""
    found: dict[str, object] = json.loads(anlass("door", "--json", data=data).output)
    checked("door_line", found)
    return found


def test_a_door_is_built_and_opened_from_the_command_line(tmp_path: Path) -> None:
    """Each step by itself; what is missing is named all at once; a rehearsal changes nothing."""
    assert shown(tmp_path)["missing"] == ["name", "imprint", "privacy", "address", "mail"]
    assert "name" in is_refused("door", "open", data=tmp_path)
    assert "a room of this house" in is_refused("door", "name", "rules", data=tmp_path)
    assert anlass("door", "name", "olga", "--register", "sie", data=tmp_path).exit_code == 0
    refused = is_refused("door", "open", data=tmp_path)
    assert ("imprint" in refused, "privacy" in refused) == (True, True)
    text = tmp_path / "text.txt"
    text.write_text("Olga Türen\n\nTorweg 3", encoding="utf-8")
    for field in ("imprint", "privacy"):
        assert anlass("door", "text", field, str(text), "--lang", "de", data=tmp_path).exit_code == 0
    rehearsed = anlass("door", "open", "--dry-run", data=tmp_path)
    assert (rehearsed.exit_code, shown(tmp_path)["is_open"]) == (0, False)
    assert anlass("door", "open", data=tmp_path).exit_code == 0
    (tmp_path / "anlass.toml").write_text('[door]\naddress = "https://olga.example.org"\n')
    assert shown(tmp_path) == {
        "name": "olga",
        "address": "https://olga.example.org/olga",
        "is_open": True,
        "register": "sie",
        "missing": ["mail"],
        "texts": {
            "de": {
                "who": "",
                "glad": "",
                "imprint": "Olga Türen\n\nTorweg 3",
                "privacy": "Olga Türen\n\nTorweg 3",
            }
        },
        "words": 0,
        "unconfirmed": 0,
    }
    doctor = anlass("doctor", data=tmp_path)
    assert (doctor.exit_code, "No mailbox lets mail out" in doctor.output) == (1, True)
    assert anlass("door", "close", data=tmp_path).exit_code == 0
    assert shown(tmp_path)["is_open"] is False


def test_code_words_are_given_listed_and_taken_away(tmp_path: Path) -> None:
    """With an end and a note; a word too short or not there is refused, and so is a day that is none."""
    anlass("door", "name", "olga", data=tmp_path)
    assert (
        anlass(
            "door", "word", "Kornblume", "--until", "2099-12-24", "--note", "Bremen", data=tmp_path
        ).exit_code
        == 0
    )
    line = json.loads(anlass("door", "words", "--json", data=tmp_path).output)
    checked("code_word_line", line)
    assert (line["word"], line["until"][:10], line["note"]) == ("Kornblume", "2099-12-24", "Bremen")
    for wrong in (("ab",), ("Distel", "--remove")):
        is_refused("door", "word", *wrong, data=tmp_path)
    assert anlass("door", "word", "Blume", "--until", "soon", data=tmp_path).exit_code == 2
    assert "Kornblume" in anlass("door", "show", data=tmp_path).output
    assert anlass("door", "word", "korn blume", "--remove", data=tmp_path).exit_code == 0
    assert door_of(open_book(tmp_path)).words == ()
