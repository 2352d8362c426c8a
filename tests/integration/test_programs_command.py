"""`anlass token`, `feed` and `webhook`: made, listed, ended; rehearsed without a trace."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from anlass.cli.main import main

pytestmark = pytest.mark.slow  # makes a database with all its tables

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/reference/surface.schema.json").read_text("utf-8"))


def run(folder: Path, *words: str) -> Result:
    """Run a command in this folder."""
    return CliRunner().invoke(main, [*words, "--data", str(folder)])


def lines(folder: Path, shape: str, *words: str) -> list[dict[str, Any]]:
    """Run a command with --json and return what it prints, each line in its shape."""
    found = run(folder, *words, "--json")
    assert found.exit_code == 0, found.output
    told = [json.loads(one) for one in found.stdout.splitlines()]
    for one in told:
        Draft202012Validator({"$ref": f"#/$defs/{shape}", "$defs": SCHEMA["$defs"]}).validate(one)
    return told


def test_a_token_is_made_listed_and_revoked(tmp_path: Path) -> None:
    """The secret is printed once; the list shows what it may do and that it holds no more."""
    (made,) = lines(tmp_path, "token_made", "token", "add", "Skript", "--scope", "read", "--days", "9")
    assert made["secret"].startswith("anl_owner_")
    (listed,) = lines(tmp_path, "token_line", "token", "list")
    assert {**listed, "secret": made["secret"]} == made
    assert listed["may"] == ["read"]
    (gone,) = lines(tmp_path, "token_line", "token", "revoke", made["token"][:6])
    assert gone["holds"] is False
    assert made["secret"] not in run(tmp_path, "token", "list").output


def test_a_rehearsal_makes_nothing(tmp_path: Path) -> None:
    """With --dry-run all is as it was."""
    for words in (
        ("token", "add", "x", "--scope", "read"),
        ("feed", "add", "x"),
        ("webhook", "add", "https://example.org/", "--on", "case.new"),
    ):
        assert run(tmp_path, *words, "--dry-run").exit_code == 0
        assert run(tmp_path, words[0], "list").output == ""


def test_a_feed_shows_its_links_once(tmp_path: Path) -> None:
    """Both endings are printed; the list says what the feed shows."""
    made = run(tmp_path, "feed", "add", "Kalender", "--details")
    assert [line.rpartition(".")[2] for line in made.output.splitlines() if "/feed/" in line] == [
        "ics",
        "atom",
    ]
    (listed,) = lines(tmp_path, "token_line", "feed", "list")
    assert (listed["kind"], listed["may"]) == ("feed", ["details"])
    lines(tmp_path, "token_line", "feed", "revoke", listed["token"])


def test_a_webhook_is_made_listed_and_ended(tmp_path: Path) -> None:
    """Its secret is printed once; what cannot be one is refused with exit code 2."""
    words = ("webhook", "add", "https://example.org/hook", "--on", "case.new")
    (made,) = lines(tmp_path, "webhook_made", *words)
    assert made["secret"].startswith("whsec_")
    (listed,) = lines(tmp_path, "webhook_line", "webhook", "list")
    assert {**listed, "secret": made["secret"]} == made
    lines(tmp_path, "webhook_line", "webhook", "ping", listed["webhook"])
    lines(tmp_path, "webhook_line", "webhook", "resume", listed["webhook"])
    lines(tmp_path, "webhook_line", "webhook", "remove", listed["webhook"])
    assert lines(tmp_path, "webhook_line", "webhook", "list") == []
    assert len(lines(tmp_path, "webhook_event_line", "webhook", "events")) == 17
