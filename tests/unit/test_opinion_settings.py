"""What the owner may name as a second reader, and where its key may lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from anlass.adviser import Key, adviser
from anlass.bootstrap import make_adviser
from anlass.config import OpinionSettings, Settings, load_settings, read_key
from anlass.errors import ConfigError

SECRET = "sk-never-to-be-seen"


def settings(folder: Path, toml: str) -> Settings:
    """Write an anlass.toml and read it."""
    (folder / "anlass.toml").write_text(toml, "utf-8")
    return load_settings(folder)


def wrong(folder: Path, toml: str) -> str:
    """Return what is said of a wrong anlass.toml."""
    with pytest.raises(ConfigError) as told:
        make_adviser(settings(folder, toml))
    return str(told.value)


def test_nothing_is_asked_by_default(tmp_path: Path) -> None:
    """Without a line of the owner's there is no second reader."""
    assert make_adviser(load_settings(tmp_path)) is None
    assert make_adviser(settings(tmp_path, '[opinion]\nmodel = "tiny"\nwhen = "every"\n')) is None


def test_numbers_are_read_as_numbers(tmp_path: Path) -> None:
    """Whole and broken numbers stand in the file as such."""
    read = settings(tmp_path, "[opinion]\nseconds = 5\ncents_read = 15\ncents_a_month = 2.5\n").opinion
    assert read == OpinionSettings(seconds=5, cents_read=15.0, cents_a_month=2.5)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('seconds = "5"', "opinion.seconds must be a whole number, not below 0"),
        ("seconds = true", "opinion.seconds must be a whole number, not below 0"),
        ("seconds = 1.5", "opinion.seconds must be a whole number, not below 0"),
        ("letters_a_month = -1", "opinion.letters_a_month must be a whole number, not below 0"),
        ("cents_read = nan", "opinion.cents_read must be a number, not below 0"),
        ("cents_read = inf", "opinion.cents_read must be a number, not below 0"),
        ("cents_read = false", "opinion.cents_read must be a number, not below 0"),
        ('key = "sk-1"', "opinion.key is not known"),
    ],
)
def test_a_wrong_value_is_told_with_its_place(tmp_path: Path, line: str, says: str) -> None:
    """What is no such number, or no such key, is said at its line."""
    assert wrong(tmp_path, f"[opinion]\n{line}\n").startswith(f"{tmp_path / 'anlass.toml'}:2:1: {says}")


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("http://127.0.0.1:11434", "http://127.0.0.1:11434/v1"),
        ("http://127.0.0.1:11434/", "http://127.0.0.1:11434/v1"),
        ("http://localhost:8080/v1/", "http://localhost:8080/v1"),
        ("http://[::1]:8080/v1", "http://[::1]:8080/v1"),
        ("http://192.168.1.9/v1", "http://192.168.1.9/v1"),
        ("http://100.64.0.7:11434", "http://100.64.0.7:11434/v1"),
        ("http://nas:11434", "http://nas:11434/v1"),
        ("http://nas.local:11434", "http://nas.local:11434/v1"),
        ("https://api.example.com/v1", "https://api.example.com/v1"),
        ("https://api.example.com/openai/v2", "https://api.example.com/openai/v2"),
    ],
)
def test_an_address_is_taken_as_it_is_known(given: str, asked: str) -> None:
    """An Ollama is named without a path; in the clear a letter stays within the house."""
    assert adviser(given, "tiny", Key(), 20).address == asked


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("http://api.example.com/v1", "letters would travel in the clear"),
        ("http://8.8.8.8/v1", "letters would travel in the clear"),
        ("https://user:secret@api.example.com/v1", "must hold no key"),
        ("https://api.example.com/v1?key=secret", "must hold no key"),
        ("ftp://api.example.com/v1", "must begin with https://"),
        ("api.example.com/v1", "must begin with https://"),
        ("https:///v1", "must begin with https://"),
        ("https://api.example.com/ v1", "must begin with https://"),
        ("https://api.example.com:port/v1", "is no address"),
        ("https://[half/v1", "is no address"),
    ],
)
def test_an_address_that_letters_must_not_go_to_is_refused(tmp_path: Path, address: str, says: str) -> None:
    """The reason is said, and no key that was written into it."""
    told = wrong(tmp_path, f'[opinion]\naddress = "{address}"\nmodel = "tiny"\n')
    assert says in told
    assert "secret" not in told


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("", "opinion.model must name the model to ask"),
        ('model = "tiny"\nseconds = 0\n', "opinion.seconds must lie between 1 and 600"),
        (
            'model = "tiny"\nwhen = "sometimes"\n',
            "opinion.when is 'sometimes'; known are unsure, every, demand",
        ),
    ],
)
def test_what_is_missing_or_unknown_is_said(tmp_path: Path, lines: str, says: str) -> None:
    """A second reader without a name, without time or at an unknown time is refused."""
    assert says in wrong(tmp_path, f'[opinion]\naddress = "http://localhost:1"\n{lines}')


def test_a_key_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings name the variable; where it is empty there is no key, rather than an empty one."""
    named = settings(tmp_path, '[opinion]\nkey_variable = "MY_KEY"\n')
    monkeypatch.setenv("MY_KEY", f" {SECRET}\n")
    assert read_key(named) == SECRET
    monkeypatch.setenv("MY_KEY", "")
    assert read_key(named) is None
    assert read_key(Settings(tmp_path)) == ""


def test_a_key_file_is_read_only_while_nobody_else_can(tmp_path: Path) -> None:
    """Mode 600 is; anything that group or others may read is not, nor a folder or a missing file."""
    named = settings(tmp_path, '[opinion]\nkey_file = "key"\n')
    assert read_key(named) is None
    file = tmp_path / "key"
    file.write_text(f"{SECRET}\n", "utf-8")
    told = {}
    for mode in (0o600, 0o400, 0o640, 0o604, 0o644):
        file.chmod(mode)
        told[mode] = read_key(named)
    assert told == {0o600: SECRET, 0o400: SECRET, 0o640: None, 0o604: None, 0o644: None}
    file.unlink()
    file.mkdir(mode=0o700)
    assert read_key(named) is None


def test_no_printed_value_shows_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the adviser nor the settings hold it where they are printed."""
    monkeypatch.setenv("MY_KEY", SECRET)
    toml = '[opinion]\naddress = "http://localhost:1"\nmodel = "tiny"\nkey_variable = "MY_KEY"\n'
    named = settings(tmp_path, toml)
    made = make_adviser(named)
    assert made is not None
    assert made.key == Key(SECRET)
    assert SECRET not in f"{made!r}{made}{named!r}{made.key}"
