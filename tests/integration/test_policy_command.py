"""`anlass policy` from its words to its exit code: look, try, choose, share, take back."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator

from anlass.cli.main import run
from anlass.example import example
from anlass.policy import preset_text

pytestmark = pytest.mark.slow  # the example is screened once, and replayed again and again

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs/reference/surface.schema.json").read_text("utf-8"))
Run = Callable[..., subprocess.CompletedProcess[str]]


def runner(data: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return the command on this data folder, run as the installed one runs but in this process."""
    monkeypatch.setenv("ANLASS_DATA", str(data))
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)

    def called(*arguments: str) -> subprocess.CompletedProcess[str]:
        out, err = StringIO(), StringIO()
        monkeypatch.setattr(sys, "argv", ["anlass", *arguments])
        with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
            run()
        code = ended.value.code if isinstance(ended.value.code, int) else 0
        return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())

    return called


@pytest.fixture(scope="module")
def screened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example mailbox, collected and judged once."""
    data, shown = tmp_path_factory.mktemp("example"), example()
    owner = [part for one in shown.addresses for part in ("--owner", one)]
    with pytest.MonkeyPatch.context() as patch:
        done = runner(data, patch)("screen", str(shown.mailbox), *owner)
    assert done.returncode == 0, done.stderr
    return data


@pytest.fixture
def data(screened: Path, tmp_path: Path) -> Path:
    """A copy of the screened example, to be changed."""
    with (
        closing(sqlite3.connect(screened / "anlass.sqlite3")) as there,
        closing(sqlite3.connect(tmp_path / "anlass.sqlite3")) as here,
    ):
        there.backup(here)
    return tmp_path


@pytest.fixture
def anlass(data: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command on that copy."""
    return runner(data, monkeypatch)


def written(data: Path) -> list[str]:
    """Everything the book holds."""
    with closing(sqlite3.connect(data / "anlass.sqlite3")) as book:
        return list(book.iterdump())


def lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    """The JSON lines of a command that succeeded."""
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_replay_tells_every_past_request_under_both_rules(anlass: Run, data: Path) -> None:
    """A line per request, then the sums; a picture beside it; nothing is changed."""
    before = written(data)
    told = lines(anlass("policy", "replay", "--against", "open-door", "--json"))
    requests, sums = told[:-2], told[-2:]
    for line in requests:
        Draft202012Validator({**SCHEMA, "$ref": "#/$defs/replayed_line"}).validate(line)
    for line in sums:
        Draft202012Validator({**SCHEMA, "$ref": "#/$defs/replay_sums"}).validate(line)
    assert len(requests) == 76
    assert {"held", "against"} <= requests[0].keys()
    counted = sums[1]["sums"]
    assert isinstance(counted, dict)
    assert sum(one["cases"] for one in counted.values()) == 76
    assert written(data) == before
    both, same = (
        anlass("policy", "replay", "--against", name).stdout for name in ("open-door", "show-me-why")
    )
    assert (both.count("Held against"), same.count("Held against")) == (2, 1)
    assert same.endswith("The rules are the same.\n")
    shown = anlass("policy", "replay", "--picture", str(data / "flow.svg"))
    assert "Held against your own answers:" in shown.stdout
    root = ET.fromstring((data / "flow.svg").read_text(encoding="utf-8"))
    assert root.attrib["role"] == "img"
    assert "76 requests" in "".join(root.itertext())
    assert anlass("policy", "replay", "--picture", str(data / "flow.svg")).returncode == 2
    assert len(lines(anlass("policy", "replay", "--since", "2026-10-01", "--json"))) < 76


def test_rules_are_shown_checked_and_explained_as_if(anlass: Run, data: Path) -> None:
    """Looking changes nothing; a broken file is told with its place and exit code 1."""
    rules = lines(anlass("policy", "show", "--json"))
    for line in rules:
        Draft202012Validator({**SCHEMA, "$ref": "#/$defs/rule_line"}).validate(line)
    assert rules[0]["rule"] == "Nobody screens people who are close"
    assert anlass("policy", "check").returncode == 0
    bad = data / "bad.toml"
    bad.write_text('[[rule]]\nname = "n"\nwhy = "w"\nall = ["tie.turn > 1"]\ndo = "hold"\n')
    checked = anlass("policy", "check", str(bad))
    assert checked.returncode == 1
    assert (
        "bad.toml:4:9: “tie.turn” is unknown. Did you mean “tie.turns”? tie.turns is int." in checked.stderr
    )
    as_lines = anlass("policy", "check", str(bad), "--json")
    (problem,) = [json.loads(line) for line in as_lines.stdout.splitlines()]
    Draft202012Validator({**SCHEMA, "$ref": "#/$defs/rule_problem"}).validate(problem)
    assert (as_lines.returncode, as_lines.stderr) == (1, "")
    assert (problem["line"], problem["column"], problem["file"]) == (4, 9, str(bad))
    assert [
        line.index(mark) for line, mark in zip(problem["shown"].splitlines(), ("tie", "^"), strict=True)
    ] == [
        10,
        10,
    ]
    told = lines(anlass("policy", "replay", "--json"))
    case = str(next(line["case"] for line in told if line["name"] == "Kevin"))
    assert "Rule “First the question: why?” applies." in anlass("policy", "explain", case).stdout
    (explained,) = lines(anlass("policy", "explain", case, "--as-if", "open-door", "--json"))
    Draft202012Validator({**SCHEMA, "$ref": "#/$defs/rules_explained"}).validate(explained)
    tried = explained["tried"]
    assert isinstance(tried, list)
    assert (tried[-1]["rule"], tried[-1]["matched"]) == (explained["rule"], True)
    other = anlass("policy", "explain", case, "--as-if", "open-door").stdout
    assert "Rule “A friendly question” applies." in other
    assert anlass("policy", "explain", case, "--as-if", "nowhere.toml").returncode == 2


def test_choosing_adding_and_undoing_leave_a_trail(anlass: Run, data: Path) -> None:
    """One line each; a rehearsal writes nothing; undo goes back step by step to where it began."""
    rules = data / "house-rules.toml"
    rehearsed = anlass("policy", "choose", "open-door", "--dry-run")
    assert rehearsed.stderr.endswith("Only rehearsed: everything is as it was.\n")
    assert not rules.exists()
    assert [line["by"] for line in lines(anlass("policy", "versions", "--json"))] == ["file"]
    chosen = anlass("policy", "choose", "open-door")
    assert chosen.stdout.startswith("In force now: Open door, 9 rules. 21 waiting requests")
    assert rules.read_text() == 'preset = "open-door"\n'
    assert anlass("policy", "add", "code-word").stdout.startswith("In force now: Open door, 10 rules.")
    assert "Kornblume" not in rules.read_text().partition("[[rule.example]]")[0]
    added = rules.read_text()
    assert anlass("policy", "undo").returncode == 0
    assert rules.read_text() == 'preset = "open-door"\n'
    undone = anlass("policy", "undo")
    assert (
        undone.stdout == "In force now: Show me why, 13 rules. 21 waiting requests are decided otherwise.\n"
    )
    assert anlass("policy", "undo").returncode == 2
    versions = lines(anlass("policy", "versions", "--json"))
    assert [line["by"] for line in versions] == ["undo", "undo", "add code-word", "choose open-door", "file"]
    assert versions[2]["text"] == added


def test_broken_file_never_holds_and_the_last_good_one_goes_on(anlass: Run, data: Path) -> None:
    """Screening goes on by the last good rules, says so, and ends with 1; the broken text is not lost."""
    anlass("policy", "choose", "relationship-first")
    (data / "house-rules.toml").write_text('preset = "relationship-first"\n[[rule]]\nname = 1\n')
    done = anlass("screen", str(example().mailbox))
    assert done.returncode == 1
    assert "The last good ones" in done.stderr
    held = lines(anlass("policy", "show", "--json"))
    assert held[0]["rule"] == "The inner circle is free"
    assert anlass("policy", "choose", "open-door").returncode == 2
    assert "name = 1" in (data / "house-rules.toml").read_text()


def test_what_holds_is_said_of_the_houses_own_rules_alone(anlass: Run, data: Path) -> None:
    """Somebody else's broken file and broken words of a letter leave the rules in force.

    Where a slip in anlass.toml keeps the last good ones from holding as well, nobody says that they do.
    """
    anlass("policy", "add", "code-word")
    (data / "theirs.toml").write_text("broken")
    theirs = anlass("policy", "check", str(data / "theirs.toml"))
    assert (theirs.returncode, "cannot be used" in theirs.stderr) == (1, False)
    (data / "templates").mkdir()
    (data / "templates" / "en.toml").write_text("broken")
    screened = anlass("screen", str(example().mailbox))
    assert (screened.returncode, "en.toml" in screened.stderr) == (1, True)
    assert "cannot be used" not in screened.stderr
    (data / "house-rules.toml").write_text("broken")
    assert "The last good ones" in anlass("policy", "check").stderr
    (data / "anlass.toml").write_text('[policy]\npreset = "?"\n')
    assert "Everything is left to you" in anlass("policy", "check").stderr
    assert "Everything is left to you" in anlass("policy", "show").stderr


def test_rules_are_shared_without_personal_data_and_tried_before_adoption(anlass: Run, data: Path) -> None:
    """Export leaves out the code word and says so; import changes nothing until it is told to."""
    anlass("policy", "add", "code-word")
    anlass("policy", "add", "no-selling")
    shared = anlass("policy", "export")
    assert "kornblume" not in shared.stdout.casefold()
    assert "Left out: “The code word”" in shared.stderr
    (data / "theirs.toml").write_text(shared.stdout)
    own = (data / "house-rules.toml").read_text()
    tried = anlass("policy", "import", str(data / "theirs.toml"))
    assert "Gone is the rule “The code word”: accept." in tried.stdout
    assert (data / "house-rules.toml").read_text() == own
    assert anlass("policy", "import", str(data / "theirs.toml"), "--adopt").returncode == 0
    assert (data / "house-rules.toml").read_text() == shared.stdout
    assert anlass("policy", "undo").returncode == 0
    assert (data / "house-rules.toml").read_text() == own


def test_public_page_is_made_edited_published_and_made_again(anlass: Run, data: Path) -> None:
    """The owner's words take the place of the generated ones; what gives a rule away is said."""
    anlass("policy", "add", "code-word")
    made = anlass("policy", "page", "--lang", "de").stdout
    assert made.startswith("Wie ich mit Post umgehe\n\n")
    (data / "mine.txt").write_text("Schreib Kornblume in den Betreff.")
    edited = anlass("policy", "page", "--lang", "de", "--edit", str(data / "mine.txt"))
    assert edited.stderr == "“kornblume” gives away something of your rules.\n"
    anlass("policy", "page", "--lang", "de", "--html", str(data / "page.html"))
    page = (data / "page.html").read_text()
    assert "<p>Schreib Kornblume in den Betreff.</p>" in page
    assert "<script" not in page
    assert "http" not in page
    assert anlass("policy", "page", "--lang", "de", "--reset").stdout == made


def test_cookbook_is_listed_and_printed_and_proposals_are_only_said(anlass: Run) -> None:
    """Recipes have names, titles and words; proposals change nothing."""
    recipes = lines(anlass("policy", "cookbook", "--json"))
    assert len(recipes) >= 30
    printed = anlass("policy", "cookbook", "holidays").stdout
    assert "time.is_away" in printed
    assert anlass("policy", "cookbook", "nowhere").returncode == 2
    proposed = anlass("policy", "propose")
    assert (proposed.returncode, proposed.stderr) == (0, "Your answers suggest no rule yet.\n")
    assert anlass("policy", "add", str(ROOT / "README.md")).returncode == 2


def test_diff_names_the_rules_and_the_people(anlass: Run, data: Path) -> None:
    """The same rules differ in nothing; others in rules and in the past."""
    same = data / "same.toml"
    same.write_text(preset_text("show-me-why"))
    assert "“A reason comes to you”" not in anlass("policy", "diff", "show-me-why").stdout
    told = anlass("policy", "diff", "relationship-first").stdout
    assert "New is the rule “First letters, then contact”: accept." in told
    assert "Maren Kolbe: so far ask back, then put on the watch list" in told
    assert {"held", "against"} <= lines(anlass("policy", "diff", "open-door", "--json"))[0].keys()
