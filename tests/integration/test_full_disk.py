"""The disk is full: one clear line or a page that asks for patience, nothing half written, and on it goes."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connections

from anlass.bootstrap import home_of, open_home
from anlass.channels.form.files import FOLDER, keep
from anlass.store.book import Book
from anlass.wires.own_files import write_own_file
from tests.at_door import MATTER, AtDoor, at_door
from tests.pages import owner, pages_configured

pytestmark = pytest.mark.slow  # makes a database with all its tables
ANLASS = Path(sys.executable).with_name("anlass")
FULL = Path("/dev/full")


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AtDoor]:
    """Yield a house with an open door."""
    with pages_configured():
        made = at_door(tmp_path_factory.mktemp("door"))
        yield made
        made.book.close()


@contextmanager
def no_room(book: Book) -> Iterator[None]:
    """Let the file of the memory not grow, which it is told by `database or disk is full`."""
    with connections[book._tables.using].cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("VACUUM")
        (pages,) = cursor.execute("PRAGMA page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        try:
            yield
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")


def test_letter_at_the_door_is_kept_once_there_is_room(door: AtDoor) -> None:
    """The page says that the door is stuck, with everything that was typed; sent again, it is taken."""
    visitor, long = door.visitor(), MATTER + " Ich erzähle gern mehr davon." * 300
    sheet = door.sheet(visitor)
    with no_room(door.book):
        answer = door.writes(visitor, sheet=sheet, matter=long)
        assert (answer.status_code, "Die Tür klemmt gerade" in answer.content.decode()) == (503, True)
        assert long[:60] in answer.content.decode()
        assert door.book.door.waiting() == ()
    assert door.writes(visitor, sheet=sheet, matter=long).status_code == 200
    assert len(door.book.door.waiting()) == 1


def test_page_of_the_owner_asks_for_patience(door: AtDoor) -> None:
    """No page is broken by it: 503, when to come again, in the owner's language; nothing is changed."""
    browser = owner(door.house)
    before = list(door.book.entries())
    texts = {"of": "de", "who": "Ich schreibe. " * 300, "imprint": "Henrike", "do": "texts"}
    with no_room(door.book):
        answer = browser.post("/door/change/", texts)
        told = answer.content.decode()
        assert (answer.status_code, answer.get("Retry-After")) == (503, "30")
        assert "Das geht gerade nicht" in told
        assert "Geändert wurde nichts" in told
    assert list(door.book.entries()) == before
    assert browser.post("/door/change/", texts).status_code == 302


def test_file_at_the_door_leaves_nothing_half_written(tmp_path: Path) -> None:
    """A file that cannot be kept is none, and no part of it lies about."""

    def chunks() -> Iterator[bytes]:
        yield b"%PDF-" + b"x" * 100
        raise OSError(28, "No space left on device")

    assert keep(tmp_path, "a.pdf", chunks()) is None
    assert list((tmp_path / FOLDER).iterdir()) == []


def test_own_file_is_as_it_was(tmp_path: Path) -> None:
    """What cannot be written is not there, and what was there before stays."""
    path = tmp_path / "house-rules.toml"
    path.write_text("old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, limits[1]))  # the kernel ends the file in the middle
    try:
        with pytest.raises(OSError, match="File too large"):
            write_own_file(path, "new" * 10)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (path.read_text(), sorted(one.name for one in tmp_path.iterdir())) == ("old", [path.name])


def test_whose_a_folder_is_stays_written(tmp_path: Path) -> None:
    """The file that says whose a folder is is written once: a full disk later cannot make it empty."""
    home = open_home(str(tmp_path))
    folder = home_of(home, "kai").settings.data
    (folder / "owner-id").chmod(0o400)
    before = (folder / "owner-id").stat().st_mtime_ns
    assert home_of(home, "kai").book.owner == "kai"
    assert (folder / "owner-id").stat().st_mtime_ns == before


@pytest.mark.parametrize(("lang", "says"), [("de", "kein Platz mehr"), ("en", "no room left")])
def test_command_that_cannot_write_says_so(tmp_path: Path, lang: str, says: str) -> None:
    """One line, and the exit code that means: try again."""
    if not FULL.exists():
        pytest.skip("This system has no disk that is always full.")
    with FULL.open("w") as full:
        told = subprocess.run(
            [ANLASS, "policy", "show", "--data", tmp_path],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "LANG": f"{lang}_{lang.upper()}.UTF-8"},
            check=False,
        )
    assert (told.returncode, says in told.stderr, "Traceback" in told.stderr) == (75, True, False)


def test_worker_whose_log_cannot_be_written_goes_on(tmp_path: Path) -> None:
    """It looks once and ends well, although nobody hears what it says."""
    if not FULL.exists():
        pytest.skip("This system has no disk that is always full.")
    open_home(str(tmp_path)).book.close()
    with FULL.open("w") as full:
        done = subprocess.run([ANLASS, "work", "--once", "--data", tmp_path], stderr=full, check=False)
    assert done.returncode == 0
