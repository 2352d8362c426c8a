"""`anlass inbox`, `anlass decide` and `anlass undo`: what the pages can do, on a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from anlass.cli.main import main
from anlass.desk.decisions.deciding import Choice, choice_on
from anlass.policy import Action
from anlass.store import open_book
from anlass.store.book import Book
from anlass.store.cases.kept import CaseState
from tests.contract.values import ARRIVED, case_of

SCHEMA = (Path(__file__).parents[2] / "docs/reference/surface.schema.json").read_text(encoding="utf-8")
pytestmark = pytest.mark.slow  # makes a database with all its tables


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """Yield the owner's book with three cases: two wait, one is done."""
    (tmp_path / "anlass.toml").write_text('[owner]\nname = "Olga"\nlanguage = "en"\n', encoding="utf-8")
    with closing(open_book(tmp_path)) as opened:
        for number, action in enumerate((Action.ASK_BACK, Action.HOLD, Action.LAPSE)):
            case = case_of(f"case{number}", action=action, arrived=ARRIVED + timedelta(days=number))
            text = f"{case.request.text} Es geht um Nummer{number}."
            opened.keep(replace(case, request=replace(case.request, text=text)), now=ARRIVED)
        yield opened


def anlass(folder: Path, *words: str) -> Result:
    """Run the program."""
    return CliRunner().invoke(main, [*words, "--data", str(folder)])


def lines(result: Result, shape: str = "") -> list[dict[str, object]]:
    """Return the lines of JSON, which are as the contract says."""
    assert result.exit_code == 0, result.output
    found = [json.loads(line) for line in result.stdout.splitlines()]
    if shape:
        check = Draft202012Validator({"$ref": f"#/$defs/{shape}", "$defs": json.loads(SCHEMA)["$defs"]})
        assert [error.message for line in found for error in check.iter_errors(line)] == []
    return found


def id_of(line: dict[str, object]) -> object:
    """Return the id of the case of a line."""
    case = line["case"]
    return case["case"] if isinstance(case, dict) else case


def test_inbox_is_listed_searched_and_paged(tmp_path: Path, book: Book) -> None:
    """Groups come one after the other; what is looked for comes newest first; a page goes on from a place."""
    shown = lines(anlass(tmp_path, "inbox", "--json"), "inbox_line")
    assert [(id_of(line), line["group"], line["said"]) for line in shown] == [
        ("case1", "waiting", None), ("case0", "waiting", None), ("case2", "done", None),
    ]  # fmt: skip
    assert [id_of(one) for one in lines(anlass(tmp_path, "inbox", "--search", "minute", "--json"))] == [
        "case2", "case1", "case0",
    ]  # fmt: skip
    for words, found in (
        (("--search", "nummer1"), ["case1"]),
        (("--group", "done"), ["case2"]),
        (("--action", "ask_back"), ["case0"]),
        (("--since", "2026-11-02", "--until", "2026-11-02"), ["case1"]),
        (("--lang", "en"), []),
        (("--person", "hohl@ag.example", "--limit", "1"), ["case2"]),
        (("--after", str(shown[0]["place"])), ["case0", "case2"]),
    ):
        assert [id_of(one) for one in lines(anlass(tmp_path, "inbox", "--json", *words))] == found
    told = anlass(tmp_path, "inbox", "--limit", "2").output
    assert told.startswith("Waiting for you\n  case1")
    assert "Go on with --after waiting." in told
    assert anlass(tmp_path, "inbox", "--search", '"').stdout == "Nothing of that lies here.\n"


def test_a_word_is_rehearsed_said_and_taken_back(tmp_path: Path, book: Book) -> None:
    """A rehearsal changes nothing; one act for two cases is taken back as one."""
    dry = anlass(tmp_path, "decide", "case0", "case1", "watch", "--dry-run")
    assert (dry.stdout, dry.stderr) == (
        "2 cases: on the watch list.\n",
        "Only rehearsed: everything is as it was.\n",
    )
    assert [choice_on(book, f"case{n}") for n in (0, 1)] == [None, None]
    (acted,) = lines(anlass(tmp_path, "decide", "case0", "case1", "watch", "--json"), "decided")
    assert (acted["done"], acted["stood"], acted["refused"]) == (["case0", "case1"], [], [])
    assert book.case("case0").state is CaseState.WATCHED
    (act,) = lines(anlass(tmp_path, "undo", "--list", "--json"), "act")
    assert (act["act"], act["stands"], act["cases"]) == (acted["act"], True, ["case0", "case1"])
    assert "Only rehearsed" in anlass(tmp_path, "undo", "--dry-run").output
    assert choice_on(book, "case0") is Choice.WATCHED
    (undone,) = lines(anlass(tmp_path, "undo", "--json"), "undone")
    assert (undone["act"], undone["cases"], undone["kept"]) == (acted["act"], ["case0", "case1"], [])
    assert book.case("case0").state is CaseState.WAITING
    assert str(anlass(tmp_path, "undo").exception) == "There is nothing that could be taken back."


def test_what_is_not_there_is_said(tmp_path: Path, book: Book) -> None:
    """A case that nobody knows keeps nothing from the others; alone it is a failed check."""
    both = anlass(tmp_path, "decide", "case0", "nobody", "lapse")
    assert (both.exit_code, "This case is no longer there." in both.output) == (0, True)
    assert choice_on(book, "case0") is Choice.LAPSED
    assert anlass(tmp_path, "decide", "nobody", "lapse").exit_code == 1
    assert anlass(tmp_path, "decide", "case0", "burn").exit_code == 2


def test_undo_when_two_acts_fell_into_one_second(tmp_path: Path, book: Book) -> None:
    """The last act is taken back first, however quickly one came after the other."""
    for turn in range(4):
        for case in ("case0", "case1"):
            anlass(tmp_path, "decide", case, "lapse")
        (undone,) = lines(anlass(tmp_path, "undo", "--json"), "undone")
        assert undone["cases"] == ["case1"], turn
        anlass(tmp_path, "undo")
