"""anlass.toml: every problem at once, each with its place, and nothing that could stop the reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from anlass.config import OwnerSettings, Settings, load_settings
from anlass.errors import ConfigError


def refused(data: Path, content: bytes) -> list[str]:
    """What is said of a file with this content, without its name."""
    (data / "anlass.toml").write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        load_settings(data)
    return [str(problem).removeprefix(f"{data / 'anlass.toml'}:") for problem in caught.value.problems]


def test_every_problem_is_told_with_line_and_column(tmp_path: Path) -> None:
    """Unknown sections and keys, and values of the wrong kind, in their order."""
    told = refused(tmp_path, b'[ownr]\nname = "x"\n[owner]\n  nme = "x"\nname = 5\naddresses = "a"\n')
    assert told == [
        "1:1: [ownr] is not known; did you mean owner?",
        "4:3: owner.nme is not known; did you mean name?",
        "5:1: owner.name must be a string",
        "6:1: owner.addresses must be a list of strings",
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\n[owner\n", "2:7: Expected ']' at the end of a table declaration"),
        (b"a = " + b"[" * 5_000, " is nested too deeply"),
        (b"a" + b".a" * 50_000 + b" = 1", " is nested too deeply"),
        (b"# " + b"a" * 300_000, " cannot be read: it is longer than 262144 characters"),
        (b"\xff", " cannot be read: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"),
    ],
)
def test_a_file_that_is_none_is_refused_at_once(content: bytes, says: str, tmp_path: Path) -> None:
    """Neither depth nor length nor bytes stop the reader."""
    assert refused(tmp_path, content) == [says]


def test_byte_order_mark_and_windows_lines_are_read(tmp_path: Path) -> None:
    """What editors add changes nothing."""
    (tmp_path / "anlass.toml").write_bytes(b'\xef\xbb\xbf[owner]\r\nname = "Vera"\r\n')
    assert load_settings(tmp_path) == Settings(tmp_path, OwnerSettings(name="Vera"))
