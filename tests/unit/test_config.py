"""anlass.toml: what may stand in it, and how wrong lines are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from anlass.config import Settings, data_folder, language_of_the_system, load_settings
from anlass.errors import ConfigError


def written(folder: Path, text: str) -> Path:
    """Write a settings file into a data folder."""
    (folder / "anlass.toml").write_text(text, "utf-8")
    return folder


def test_a_missing_file_gives_every_default(tmp_path: Path) -> None:
    """Nothing has to be configured, and the defaults are the careful ones."""
    settings = load_settings(tmp_path)
    assert settings == Settings(tmp_path)
    assert settings.policy.preset == "show-me-why"
    assert settings.store.database == ""


def test_every_key_is_read(tmp_path: Path) -> None:
    """Strings and lists of strings arrive in their fields."""
    settings = load_settings(
        written(
            tmp_path,
            '[owner]\nname = "Olga"\naddresses = ["olga@brandt.example"]\nabout = "Bücher"\nlanguage = "de"\n'
            '[mail]\ntrusted_servers = ["mx.example"]\n[policy]\npreset = "open-door"\nfile = "own.toml"\n'
            '[store]\ndatabase = "postgresql://anlass@localhost/anlass"\n',
        )
    )
    assert settings.owner.name == "Olga"
    assert settings.owner.addresses == ("olga@brandt.example",)
    assert settings.owner.about == "Bücher"
    assert settings.owner.language == "de"
    assert settings.mail.trusted_servers == ("mx.example",)
    assert (settings.policy.preset, settings.policy.file) == ("open-door", "own.toml")
    assert settings.store.database == "postgresql://anlass@localhost/anlass"


def test_every_problem_is_told_at_once_with_the_nearest_known_name(tmp_path: Path) -> None:
    """Four wrong things give four problems, each naming the file."""
    with pytest.raises(ConfigError) as told:
        load_settings(
            written(
                tmp_path,
                'polcy = 1\n[owner]\nnmae = "x"\nname = 3\naddresses = "a@b.example"\n[male]\nx = 1\n',
            )
        )
    says = [str(problem).partition(": ")[2] for problem in told.value.problems]
    assert says == [
        "[polcy] is not known; did you mean policy?",
        "owner.nmae is not known; did you mean name?",
        "owner.name must be a string",
        "owner.addresses must be a list of strings",
        "[male] is not known; did you mean mail?",
    ]
    assert {problem.where for problem in told.value.problems} == {str(tmp_path / "anlass.toml")}


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"[owner\n", "anlass.toml"), (b"\xff\xfe", "cannot be read"), (b"owner = 1", "a table")],
)
def test_a_file_that_is_no_toml_is_told_and_not_guessed(tmp_path: Path, content: bytes, said: str) -> None:
    """Broken syntax, bytes that are no text, a section that is no table: errors that name the file."""
    (tmp_path / "anlass.toml").write_bytes(content)
    with pytest.raises(ConfigError, match=said):
        load_settings(tmp_path)


def test_the_data_folder_is_the_option_then_the_environment_then_the_systems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is nearer to the command wins."""
    monkeypatch.setenv("ANLASS_DATA", str(tmp_path / "environment"))
    assert data_folder(str(tmp_path / "option")) == tmp_path / "option"
    assert data_folder(None) == tmp_path / "environment"
    monkeypatch.delenv("ANLASS_DATA")
    assert data_folder(None).name == "anlass"


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({"LANG": "de_AT.UTF-8"}, "de"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LC_ALL": "de_DE", "LANG": "en_GB"}, "de"),
        ({}, "en"),
    ],
)
def test_the_systems_language_is_german_where_it_says_so(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], spoken: str
) -> None:
    """The first variable that is set decides; English for everything else."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language_of_the_system() == spoken
