"""Files of the owner are written whole or not at all, and never shown to more people than before."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from anlass.wires.own_files import LONGEST, own_path, read_own_file, write_own_file


def mode(path: Path) -> int:
    """Return who may do what with a file."""
    return path.stat().st_mode & 0o777


@pytest.mark.parametrize("before", [0o600, 0o640, 0o644])
def test_a_file_that_is_written_anew_stays_as_closed_as_it_was(tmp_path: Path, before: int) -> None:
    """The owner shut it; a page that changes a value in it does not open it."""
    path = tmp_path / "anlass.toml"
    path.write_text("[owner]\n", "utf-8")
    path.chmod(before)
    write_own_file(path, '[owner]\nname = "Olga"\n')
    assert (mode(path), read_own_file(path)) == (before, '[owner]\nname = "Olga"\n')


NOBODY, HOUSE = 65534, 1234


@pytest.fixture
def of_the_house() -> Iterator[Path]:
    """Return a file that a group of its own may read beside its owner, who may not leave it to others."""
    if os.geteuid() != 0:
        pytest.skip("only root gives files away")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "anlass.toml"
        path.write_text("before", "utf-8")
        for one in (path.parent, path):
            os.chown(one, NOBODY, HOUSE)
        path.parent.chmod(0o755)
        path.chmod(0o640)
        yield path


@contextmanager
def being_nobody() -> Iterator[None]:
    """Be somebody who is in no group but their own."""
    groups = os.getgroups()
    os.setgroups([])
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)
        os.setgroups(groups)


def test_root_takes_no_file_from_the_house(of_the_house: Path) -> None:
    """Else a command with `sudo` would leave settings that the house can read no more."""
    write_own_file(of_the_house, "after")
    found = of_the_house.stat()
    assert (found.st_uid, found.st_gid, mode(of_the_house)) == (NOBODY, HOUSE, 0o640)


def test_a_file_is_not_opened_to_another_group(of_the_house: Path) -> None:
    """Whoever writes it may be in a group that could not read it, and not in the one that could."""
    with being_nobody():
        write_own_file(of_the_house, "after")
    assert (read_own_file(of_the_house), mode(of_the_house)) == ("after", 0o600)


def test_a_private_file_is_the_owners_alone(tmp_path: Path) -> None:
    """Whoever could read it before, and whatever this machine does with new files."""
    path = tmp_path / "cards.toml"
    path.write_text("", "utf-8")
    path.chmod(0o644)
    usual = os.umask(0)
    try:
        write_own_file(path, "name = 'Olga'\n", is_private=True)
    finally:
        os.umask(usual)
    assert mode(path) == 0o600


def test_nothing_half_written_is_left(tmp_path: Path) -> None:
    """Where a file cannot take the place of another, the other stays, and nothing beside it."""
    place = tmp_path / "taken"
    (place / "within").mkdir(parents=True)
    with pytest.raises(OSError, match="taken"):
        write_own_file(place, "text")
    assert [one.name for one in tmp_path.iterdir()] == ["taken"]


@pytest.mark.parametrize("written", ["~nobody-has-this-name/key", "secrets/key", "/etc/key", ""])
def test_a_path_without_a_home_stays_as_it_was_written(written: str) -> None:
    assert own_path(written) == Path(written)


def test_a_path_begins_at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert own_path("~/key") == tmp_path / "key"


def test_two_who_write_at_once_both_write_whole(tmp_path: Path) -> None:
    """The last one wins; nobody ever reads half of one, and nothing lies beside it in the end."""
    path = tmp_path / "anlass.toml"
    texts = ["a" * LONGEST, "b" * LONGEST]
    write_own_file(path, texts[0])
    with ThreadPoolExecutor(4) as pool:
        writing = [pool.submit(write_own_file, path, text) for text in texts * 20]
        while not all(one.done() for one in writing):
            assert read_own_file(path) in texts
        for one in writing:
            one.result()
    assert [one.name for one in tmp_path.iterdir()] == ["anlass.toml"]
