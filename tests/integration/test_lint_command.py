"""`anlass lint` as a whole process, and as a server for editors."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from anlass.cli.lint_server import serve
from anlass.desk.gatherings import events as desk
from anlass.desk.outgoing.linting import DraftText, look_over
from anlass.litmus.shipped import load_panel
from anlass.outreach.event import Somebody
from anlass.outreach.other_side import View
from anlass.people import Address, AddressKind
from anlass.sources.events import Named
from anlass.store import open_book
from tests.unit.outreach.test_other_side import GOOD, HOLLOW

ROOT = Path(__file__).parents[2]
ANLASS = str(Path(sys.executable).parent / "anlass")
SCHEMA = json.loads((ROOT / "docs/reference/surface.schema.json").read_text("utf-8"))


def lint(*arguments: str, data: Path, said: str = "") -> subprocess.CompletedProcess[str]:
    """Run the installed command with a data folder of its own."""
    environment = {"ANLASS_DATA": str(data), "LANG": "de_DE.UTF-8", "PATH": "/usr/bin:/bin"}
    command = [ANLASS, "lint", *arguments]
    return subprocess.run(command, env=environment, input=said, capture_output=True, text=True, check=False)


@pytest.mark.slow  # runs processes
def test_exit_codes_for_editors(tmp_path: Path) -> None:
    """0 where nothing is to be said, 1 where something is, 2 for wrong use; nothing is left in the folder."""
    assert [lint(data=tmp_path, said=text).returncode for text in (GOOD, HOLLOW, "")] == [0, 1, 1]
    assert lint(str(tmp_path / "nothing"), data=tmp_path).returncode == 2
    (line,) = lint("--json", data=tmp_path, said=HOLLOW).stdout.splitlines()
    Draft202012Validator({**SCHEMA, "$ref": "#/$defs/lint_line"}).validate(json.loads(line))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow  # runs processes
def test_a_remark_is_a_line_that_editors_know(tmp_path: Path) -> None:
    """FILE:LINE:COLUMN: words, as compilers write."""
    draft = tmp_path / "draft.eml"
    draft.write_text(f"To: x@y.example\n\n{HOLLOW}")
    said = lint(str(draft), data=tmp_path).stdout
    assert f"{draft}:5:" in said
    assert "„Synergien“ sagt nichts darüber, worum es geht." in said


@pytest.mark.slow  # runs a process
def test_linting_loads_no_framework() -> None:
    """Where nobody asks for the ledger, neither the store nor the framework is loaded."""
    code = (
        "import sys, anlass.cli.linting as l; l.look_over(l.load_panel(), l.draft_in(b'Hallo'), lang='de');"
        "sys.exit(bool({'django', 'anlass.store', 'socketserver', 'rich'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.slow  # makes a database, runs a process
def test_the_ledger_knows_the_occasion(tmp_path: Path) -> None:
    """With --ledger the receiver of the draft is looked up, and what was shared becomes the occasion."""
    book, now = open_book(tmp_path), datetime(2026, 11, 22, tzinfo=UTC)
    event = desk.begin(book, Named("re:publica", now), now=now)
    grace = Somebody("Grace Adeyemi", (Address(AddressKind.MAIL, "grace@adeyemi.example"),), has_card=True)
    desk.note(book, event, grace, now=now)
    book.close()
    said = lint("--ledger", data=tmp_path, said=f"To: grace@adeyemi.example\n\n{HOLLOW}").stdout
    assert said.startswith("Zwischen euch gibt es eine Visitenkarte (re:publica) und keinen Brief.")
    assert "Auf der Veranstaltung re:publica haben wir unsere Karten getauscht." in said


# --- editors ---


def view_of(draft: DraftText) -> View:
    """Look at a draft as the server does."""
    return look_over(load_panel(), draft, writer="Olga", lang="en")


def framed(*messages: object) -> io.BytesIO:
    """Return messages as an editor sends them."""
    bodies = [one if isinstance(one, bytes) else json.dumps(one).encode() for one in messages]
    return io.BytesIO(b"".join(b"Content-Length: %d\r\n\r\n" % len(body) + body for body in bodies))


def answers(goes: io.BytesIO) -> list[dict[str, object]]:
    """Return what the server said."""
    told, rest = [], goes.getvalue()
    while rest:
        head, _, rest = rest.partition(b"\r\n\r\n")
        length = int(head.rpartition(b" ")[2])
        told.append(json.loads(rest[:length]))
        rest = rest[length:]
    return told


def opened(text: str, method: str = "didOpen") -> dict[str, object]:
    """Return the message that an editor sends with a whole text."""
    document = {"uri": "file:///draft.txt", "languageId": "mail", "version": 1, "text": text}
    params: dict[str, object] = {"textDocument": document}
    if method == "didChange":
        params = {"textDocument": {"uri": document["uri"]}, "contentChanges": [{"text": text}]}
    return {"jsonrpc": "2.0", "method": f"textDocument/{method}", "params": params}


def test_an_editor_gets_diagnostics_and_they_go_when_mended() -> None:
    """Opened, changed, closed: each time the remarks of now, at UTF-16 places."""
    said = "😀 Synergien und gegenseitige Impulse, haben Sie 15 Minuten?"
    goes = io.BytesIO()
    came = framed(
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {}},
        {"jsonrpc": "2.0", "method": "initialized", "params": {}},
        opened(said),
        opened(GOOD, "didChange"),
        {
            "jsonrpc": "2.0",
            "method": "textDocument/didClose",
            "params": {"textDocument": {"uri": "file:///draft.txt"}},
        },
        {"jsonrpc": "2.0", "id": 2, "method": "shutdown"},
        {"jsonrpc": "2.0", "method": "exit"},
    )
    assert serve(came, goes, view_of) == 0
    first, found, mended, closed, last = answers(goes)
    assert first["id"] == 1
    told = found["params"]["diagnostics"]  # type: ignore[index] # JSON
    hollow = [one["range"]["start"] for one in told if one["code"] == "hollow"]
    assert hollow[0] == {"line": 0, "character": 3}
    assert [one["params"]["diagnostics"] for one in (mended, closed)] == [[], []]  # type: ignore[index] # JSON
    assert last == {"jsonrpc": "2.0", "id": 2, "result": None}


@pytest.mark.parametrize(
    "came",
    [
        b"",
        b"Content-Length: 99999999999\r\n\r\n{}",
        b"Content-Length: 10\r\n\r\n{}",
        b"nonsense\r\n\r\n",
        b"Content-Length: 2\r\n\r\n[]",
        b"Content-Length: 3\r\n\r\n{x}",
    ],
)
def test_a_broken_editor_breaks_nothing(came: bytes) -> None:
    """Whatever comes, the server ends in order and says 1, because nobody said shutdown."""
    assert serve(io.BytesIO(came), io.BytesIO(), view_of) == 1


def test_what_is_not_known_is_refused() -> None:
    """An unknown request gets an error, an unknown notification nothing."""
    goes = io.BytesIO()
    came = framed(
        {"jsonrpc": "2.0", "id": 7, "method": "textDocument/hover"}, {"jsonrpc": "2.0", "method": "$/x"}
    )
    assert serve(came, goes, view_of) == 1
    (told,) = answers(goes)
    assert (told["id"], told["error"]["code"]) == (7, -32601)  # type: ignore[index] # JSON
