"""`anlass owners`, `anlass invite`, `anlass sessions`: what they tell; a rehearsal changes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from anlass.bootstrap import open_home
from anlass.cli.gate import invite, owners, sessions
from anlass.desk.house.entering import begin
from anlass.desk.house.keys import accept, invitation_behind
from anlass.errors import NotFound, UserError
from tests.characters import NOW

pytestmark = pytest.mark.slow  # makes a database with all its tables


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The folder of a server."""
    (tmp_path / "anlass.toml").write_text('[server]\naddress = "https://anlass.example.org"\n')
    return tmp_path


def told(command: object, data: Path, *arguments: str) -> list[dict[str, object]]:
    """Call a command and return the lines it prints."""
    done = CliRunner().invoke(command, [*arguments, "--data", str(data), "--json"])  # type: ignore[arg-type]
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_owner_is_added_asked_in_and_listed(data: Path) -> None:
    """A rehearsal leaves nothing; then there is room for Kai, and the link gives him the key."""
    told(owners, data, "add", "kai", "--dry-run")
    assert [line["owner"] for line in told(owners, data)] == ["owner"]
    (added,) = told(owners, data, "add", "kai")
    assert added == {"owner": "kai", "data": str(data / "owners" / "kai"), "dry_run": False}
    (dry,) = told(invite, data, "kai@falk.example", "--owner", "kai", "--dry-run")
    assert dry["link"] is None
    home = open_home(str(data / "owners" / "kai"))
    assert home.book.gate.invitations("kai") == ()
    (asked,) = told(invite, data, "kai@falk.example", "--owner", "kai")
    assert (asked["role"], asked["sent"]) == ("owner", False)
    link = str(asked["link"])
    assert link.startswith("https://anlass.example.org/invitation/")
    found = invitation_behind(home.book.gate, link.split("/")[-2], now=NOW)
    assert found is not None
    accept(home.book, found, now=NOW)
    lines = told(owners, data)
    assert lines[0] == {"owner": "kai", "keys": [{"address": "kai@falk.example", "role": "owner"}]}


def test_sessions_are_listed_and_ended(data: Path) -> None:
    """One by the beginning of its id, or all of somebody; a rehearsal ends none."""
    (asked,) = told(invite, data, "olga@home.example")
    home = open_home(str(data))
    found = invitation_behind(home.book.gate, str(asked["link"]).split("/")[-2], now=NOW)
    assert found is not None
    keyholder = accept(home.book, found, now=NOW)
    assert keyholder is not None
    for device in ("Firefox, Linux", "Safari, iPhone"):
        begin(home.book.gate, keyholder, "code", device, now=NOW)
    listed = told(sessions, data)
    assert {line["device"] for line in listed} == {"Firefox, Linux", "Safari, iPhone"}
    told(sessions, data, "--end-all", "olga@home.example", "--dry-run")
    assert len(told(sessions, data)) == 2
    told(sessions, data, "--end", str(listed[0]["id"]))
    assert [line["id"] for line in told(sessions, data)] == [listed[1]["id"]]
    told(sessions, data, "--end-all", "olga@home.example")
    assert told(sessions, data) == []
    with pytest.raises(NotFound):
        told(sessions, data, "--end", "0000")


def test_what_makes_no_sense_is_refused_in_words(tmp_path: Path, data: Path) -> None:
    """A name that is none, an owner who is nobody, an address that is none, a house that is no server."""
    for command, arguments in (
        (owners, ("add", "../kai")),
        (owners, ("add", "owner")),
        (invite, ("kai@falk.example", "--owner", "kai")),
        (invite, ("no address",)),
    ):
        with pytest.raises(UserError):
            told(command, data, *arguments)
    (data / "anlass.toml").write_text("")
    with pytest.raises(UserError):
        told(invite, data, "kai@falk.example")
