"""`anlass init`: the four questions in the terminal, answered by options."""

from __future__ import annotations

from pathlib import Path

import pytest

from anlass.bootstrap import load_policy
from anlass.config import load_settings
from tests.commands import Shell

pytestmark = pytest.mark.slow  # every test makes a memory
SAID = ("--name", "Olga Brandt", "--address", "olga@home.example", "--language", "de", "--about", "Türen.")


def test_answers_stand_in_the_owners_files(tmp_path: Path) -> None:
    """Who, what for and which house rules; said again, one answer changes and the others stay."""
    ended = Shell(tmp_path).run("init", *SAID, "--preset", "open-door")
    assert (ended.code, ended.out) == (0, "")
    assert ended.err.startswith("Notiert. Weiter mit einem von diesen:\n")
    assert Shell(tmp_path).run("init", "--name", "Olga Wend").code == 0
    settings = load_settings(tmp_path)
    owner = settings.owner
    assert (owner.name, owner.addresses, owner.about) == ("Olga Wend", ("olga@home.example",), "Türen.")
    assert (owner.language, load_policy(settings, "de").preset) == ("de", "open-door")


def test_rehearsal_shows_the_file_and_writes_none(tmp_path: Path) -> None:
    """What would stand in anlass.toml is printed; the folder holds nothing but the memory."""
    ended = Shell(tmp_path).run("init", "--name", "Olga", "--preset", "open-door", "--dry-run")
    assert (ended.code, ended.out) == (0, '[owner]\nname = "Olga"\n')
    assert [one.name for one in tmp_path.iterdir() if not one.name.startswith("anlass.sqlite3")] == []


def test_wrong_address_keeps_nothing(tmp_path: Path) -> None:
    """What is no address is named; nothing is written."""
    ended = Shell(tmp_path).run("init", "--address", "olga")
    assert (ended.code, "'olga' is no mail address." in ended.err) == (2, True)
    assert not (tmp_path / "anlass.toml").exists()
