"""Every command of `anlass`: a list answers programs, a change can be rehearsed, looking changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from anlass.cli.main import main
from tests.commands import Shell, a_lived_in_house

pytestmark = pytest.mark.slow  # a house with all its tables

LOOKS = frozenset(
    (
        "inbox|why|ledger|owners|lint|read|audit|doctor|preview|card list|grant list|grant log|door|door show"
        "|door words|watch list|vouch list|vouch keys|vouch publish|event list|event show"
        "|mailing preview|host list|host report|host records|host export|policy show|policy check"
        "|policy explain|policy replay|policy diff|policy versions|policy export|policy cookbook"
        "|policy propose|outbox|knock|token list|feed list|webhook events|webhook list|block list"
        "|wish list|wish people|wish results|wish check|wish host events|wish host proof|wish host export"
    ).split("|")
)
"""Commands that only look; all others change something, or run until they are stopped."""

WITHOUT_JSON = {
    "read": "its lines are JSON always: requests in, readings out",
    "why": "the case told in words; `inbox --json` and `policy explain --json` hold what programs need",
    "vouch publish": "what it prints is JSON always",
    "host records": "a document by law, in Markdown, to be filed as it is",
    "host export": "a CSV for the organiser's own programs",
    "wish check": "answers by its exit code whether a badge is on the list",
    "wish host proof": "a document, to be filed as it is",
    "wish host export": "what it prints is JSON always",
    "policy export": "house rules as they are written: TOML, read again by `policy import`",
}
WITHOUT_REHEARSAL = {
    "export": "writes into a new folder and changes nothing of the house",
    "backup": "writes a file and changes nothing of the house",
    "grant write": "writes a file and changes nothing of the house",
    "card write": "writes a file and changes nothing of the house",
    "host print": "writes a file and changes nothing of the house",
    "block report": "writes a file and changes nothing of the house",
    "wish host step": "does what the clock says is due; `wish host events` shows it beforehand",
    "work": "runs until it is stopped; `outbox` and `doctor --rehearse` show beforehand what it would do",
    "serve": "shows pages until it is stopped",
    "demo": "has a house of its own that is thrown away",
}


def walked(command: click.Command, name: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield every command that does something, with its words."""
    if not isinstance(command, click.Group):
        yield name, command
        return
    context = click.Context(command)
    for one in command.list_commands(context):
        found = command.get_command(context, one)
        assert found is not None
        yield from walked(found, f"{name} {one}".strip())
    if command.invoke_without_command:
        yield name, command


COMMANDS = dict(walked(main))
OPTIONS = {name: {word for one in command.params for word in one.opts} for name, command in COMMANDS.items()}


@pytest.mark.parametrize("name", sorted(LOOKS))
def test_a_list_answers_programs(name: str) -> None:
    """With --json, or it stands in the table with the reason."""
    assert ("--json" in OPTIONS[name]) != (name in WITHOUT_JSON)


@pytest.mark.parametrize("name", sorted(COMMANDS.keys() - LOOKS))
def test_a_change_can_be_rehearsed(name: str) -> None:
    """With --dry-run, or it stands in the table with the reason."""
    assert ("--dry-run" in OPTIONS[name]) != (name in WITHOUT_REHEARSAL)


def test_the_tables_name_commands_that_there_are() -> None:
    """Nothing is excused that is gone, and nothing is excused from the other law."""
    assert COMMANDS.keys() >= LOOKS
    assert WITHOUT_JSON.keys() <= LOOKS
    assert COMMANDS.keys() - LOOKS >= WITHOUT_REHEARSAL.keys()
    assert len(COMMANDS) > 90


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_says_what_it_is_for(name: str) -> None:
    """One sentence at least, and the folder it works in can be named."""
    assert (COMMANDS[name].help or "").partition("\n")[0].strip().endswith((".", "?"))
    assert "--data" in OPTIONS[name] or name in {"policy cookbook", "demo", "lint"}


MISS_SOMETHING = {("mailing preview", 2), ("wish check", 2), ("wish people", 2), ("wish results", 2)}
"""Looks that end with 2 in this house: it has no public address, and takes part in no round of wishes."""
NEEDS_NOTHING = sorted(
    name
    for name in LOOKS - {"read", "lint", "audit"}
    if not any(isinstance(one, click.Argument) and one.required for one in COMMANDS[name].params)
)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """Return a house with something in every list."""
    return a_lived_in_house(tmp_path_factory.mktemp("house"))


@pytest.mark.parametrize("name", NEEDS_NOTHING)
def test_looking_changes_nothing(house: Shell, name: str) -> None:
    """The whole memory is the same after each look, in words and as JSON."""
    before = house.dump()
    for more in ((), ("--json",) if "--json" in OPTIONS[name] else ()):
        told = house.run(*name.split(), *more)
        assert told.code in {0, 1} or (name, told.code) in UNUSABLE, told.err
        if "--json" in more and told.code == 0:
            told.lines()
    assert house.dump() == before


UNUSABLE = MISS_SOMETHING
"""A mailing needs an event to be named, here as everywhere; it says so."""


def test_every_look_that_needs_nothing_was_tried() -> None:
    """The lists of this house are long enough to be worth the look."""
    assert {"inbox", "vouch list", "token list", "grant list", "policy show"} <= {*NEEDS_NOTHING}
    assert Path(main.name or "main").name
