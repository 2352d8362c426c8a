"""`anlass screen`, `why` and `ledger` as whole processes, on the example mailbox."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from socket import create_server

import pytest
from jsonschema import Draft202012Validator

from anlass.example import example

pytestmark = pytest.mark.slow  # every test runs a process over two hundred mails

ANLASS = str(Path(sys.executable).parent / "anlass")
SCHEMA = json.loads((Path(__file__).parents[2] / "docs/reference/surface.schema.json").read_text("utf-8"))
MAILBOX = str(example().mailbox)


def anlass(*arguments: str, data: Path, lang: str = "en_GB.UTF-8") -> subprocess.CompletedProcess[str]:
    """Run the installed command with a data folder of its own."""
    environment = {"ANLASS_DATA": str(data), "LANG": lang, "PATH": "/usr/bin:/bin"}
    return subprocess.run([ANLASS, *arguments], env=environment, capture_output=True, text=True, check=False)


def lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    """Return the JSON lines a command printed."""
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_every_line_keeps_the_contract_and_a_second_run_finds_nothing_new(tmp_path: Path) -> None:
    """Requests, others and persons are as the schema says; spans index the text; `new` is true once."""
    first = lines(anlass("screen", MAILBOX, "--json", "--all", data=tmp_path))
    for line in first:
        name = "screen_case" if line["is_request"] else "screen_other"
        Draft202012Validator({**SCHEMA, "$ref": f"#/$defs/{name}"}).validate(line)
        reading = line.get("reading")
        if isinstance(reading, dict):
            for finding in reading["findings"]:
                field = str(line[finding["in"]])
                assert field[finding["start"] : finding["end"]] == finding["quote"]
    assert {line["new"] for line in first} == {True}
    second = lines(anlass("screen", MAILBOX, "--json", "--all", data=tmp_path))
    assert second == [line | {"new": False} for line in first]
    persons = lines(anlass("ledger", "--json", data=tmp_path))
    for line in persons:
        Draft202012Validator({**SCHEMA, "$ref": "#/$defs/ledger_line"}).validate(line)
    assert len(persons) > 50


def test_the_last_line_accounts_for_what_was_read(tmp_path: Path) -> None:
    """The first run counts; the second says that nothing is new; a folder without mail is no mystery."""
    data, empty = tmp_path / "data", tmp_path / "empty"
    empty.mkdir()
    first = anlass("screen", MAILBOX, data=data)
    again = anlass("screen", MAILBOX, data=data, lang="de_DE.UTF-8")
    none = anlass("screen", str(empty), data=data)
    read, junk = (len(list(Path(MAILBOX).glob(glob))) for glob in ("[!J]*/*.eml", "Junk/*.eml"))
    sent = "Nothing was sent."
    assert [done.stderr for done in (first, again, none)] == [
        f"{read} letters read, {read} of them new, 0 set aside. {junk} in junk not looked at. {sent}\n",
        f"Nichts Neues seit dem letzten Mal. {junk} im Spam nicht angesehen. Nichts verschickt.\n",
        f"There is no mail there. {sent}\n",
    ]


def test_no_sentence_about_a_rule_ends_in_a_colon(tmp_path: Path) -> None:
    """Where the value that hit is not known, the sentence does without it."""
    told = lines(anlass("screen", MAILBOX, "--json", "--all", data=tmp_path))
    assert [line["why"] for line in told if str(line["why"]).endswith(": .")] == []


def test_a_taken_port_is_one_line_at_once(tmp_path: Path) -> None:
    """Before anything is screened: which port, what helps, and exit code 75."""
    with create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = anlass("demo", "--port", str(port), data=tmp_path)
    said = f"anlass: Port {port} is taken. `--port 0` takes a free one.\n"
    assert (done.returncode, done.stdout, done.stderr) == (75, "", said)


def test_a_dry_run_shows_the_same_and_keeps_nothing(tmp_path: Path) -> None:
    """What a rehearsal finds is new again in the run that counts."""
    rehearsed = lines(anlass("screen", MAILBOX, "--json", "--dry-run", data=tmp_path))
    assert lines(anlass("ledger", "--json", data=tmp_path)) == []
    real = lines(anlass("screen", MAILBOX, "--json", data=tmp_path))
    assert [line["case"] for line in rehearsed] == [line["case"] for line in real]
    assert {line["new"] for line in real} == {True}


def test_why_takes_the_beginning_of_an_id_and_says_when_there_is_none(tmp_path: Path) -> None:
    """The explanation is in the owner's language; a wrong id is one clear line and exit code 2."""
    case = str(lines(anlass("screen", MAILBOX, "--json", data=tmp_path))[0]["case"])
    told = anlass("why", case[:8], data=tmp_path, lang="de_DE.UTF-8")
    assert told.returncode == 0
    assert "Was die Hausordnung sagt" in told.stdout
    assert told.stdout.endswith("Nichts verschickt.\n")
    assert max(map(len, told.stdout.splitlines())) <= 200
    missing = anlass("why", "nobody", data=tmp_path)
    assert (missing.returncode, missing.stdout) == (2, "")
    assert missing.stderr.startswith("anlass: There is no case 'nobody'.")


def test_broken_house_rules_hold_every_case_and_are_told_with_their_place(tmp_path: Path) -> None:
    """Nothing of a broken file is applied; every problem has its line; the exit code says so."""
    (tmp_path / "anlass.toml").write_text('[policy]\nfile = "mine.toml"\n', "utf-8")
    (tmp_path / "mine.toml").write_text(
        '[[rule]]\nname = "Alle"\nwhy = "So."\nall = ["reading.verdikt == \'reason\'"]\ndo = "lapse"\n',
        "utf-8",
    )
    done = anlass("screen", MAILBOX, "--json", data=tmp_path)
    assert done.returncode == 1
    assert {json.loads(line)["action"] for line in done.stdout.splitlines()} == {"hold"}
    assert "mine.toml:4" in done.stderr
    assert "reading.verdict" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("screen", "nowhere"), "nowhere"),
        (("screen",), "PATHS"),
        (("ledger", "nobody at all"), "nobody at all"),
        (("fly",), "fly"),
    ],
)
def test_wrong_use_is_one_clear_line_and_exit_code_2(
    tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    """No traceback, no output, the thing that is wrong named."""
    done = anlass(*arguments, data=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
