"""What strangers, broken disks and full ones do to the commands: a clear line, and the rest goes on."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow  # each starts the program at least once

ANLASS = str(Path(sys.executable).parent / "anlass")
LETTER = (
    b"From: Max Muster <max@example.net>\nTo: vera@example.org\nDate: Mon, 5 Oct 2026 10:00:00 +0200\n"
    b"Message-ID: <%s@example.net>\nSubject: Frage\n\nGuten Tag, haben Sie 15 Minuten?\n"
)
NO_MAIL = b"\x89PNG\r\n\x1a\n\0\0"


def anlass(*arguments: str | bytes, data: Path) -> subprocess.CompletedProcess[bytes]:
    """Run the installed command on a data folder of its own."""
    environment = {**os.environ, "ANLASS_DATA": str(data), "LC_ALL": "en_US.UTF-8"}
    return subprocess.run(
        [os.fsencode(ANLASS), *map(os.fsencode, arguments)], capture_output=True, check=False, env=environment
    )


def screen(*paths: str | bytes | Path, data: Path) -> subprocess.CompletedProcess[bytes]:
    """Screen these paths for Vera."""
    return anlass("screen", *map(os.fsencode, paths), "--owner", "vera@example.org", data=data)


def lines(done: subprocess.CompletedProcess[bytes]) -> list[str]:
    """The lines on standard error."""
    return done.stderr.decode("utf-8", "surrogateescape").split("\n")[:-1]


def test_file_names_cannot_steer_the_terminal_and_can_be_found(tmp_path: Path) -> None:
    """Line breaks, escape sequences, turned text and broken bytes in a name come out escaped, on one line."""
    post = os.fsencode(tmp_path / "post")
    os.mkdir(post)  # noqa: PTH102 - names that are no text
    for name in (b"a\nb.eml", b"c\x1b]0;x\x07.eml", b"d\xff.eml", "e\u202ef.eml".encode()):
        Path(os.fsdecode(post + b"/" + name)).write_bytes(NO_MAIL)
    Path(os.fsdecode(post + b"/g\xfc.eml")).write_bytes(LETTER % b"g")
    done = screen(post, data=tmp_path / "data")
    assert done.returncode == 0
    says = "These bytes are neither text nor a mail."
    shown = ["a\\nb", "c\\x1b]0;x\\x07", "d\\xff", "e\\u202ef"]
    assert lines(done) == [
        *(f"anlass: {tmp_path}/post/{name}.eml: {says}" for name in shown),
        "5 letters read, 1 of them new, 4 set aside. Nothing was sent.",
    ]


def test_words_on_the_sheet_cannot_steer_the_terminal(tmp_path: Path) -> None:
    """Name, subject and text of a stranger reach `screen`, `why` and `ledger` without a control character."""
    letter = LETTER.replace(b"Max Muster", b'"\x1b[31mMax\x1b]0;x\x07 \xe2\x80\xaeretsuM"').replace(
        b"Frage", b"=?utf-8?b?G1sySkZyYWdl?= \xe2\x80\xae"
    )
    (tmp_path / "a.eml").write_bytes(letter % b"a" + b"\x1b[2J\xc2\x9b31m")
    data = tmp_path / "data"
    screened = screen(tmp_path / "a.eml", data=data)
    case = screened.stdout.split()[0].decode()
    for done in (screened, anlass("why", case, data=data), anlass("ledger", data=data)):
        assert done.returncode == 0
        shown = done.stdout.decode()
        assert shown
        assert [ch for ch in shown if not ch.isprintable() and ch != "\n"] == []


@pytest.mark.parametrize("command", ["ledger", "why"])
def test_an_argument_that_is_no_text_is_answered(command: str, tmp_path: Path) -> None:
    """Half a character given as a name or a case is nobody's, and that is said."""
    done = anlass(command, b"\xffmax", data=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert len(lines(done)) == 2


@pytest.mark.parametrize("path", ["/" + "a" * 300, "/a" * 3_000, "nowhere/at/all"])
def test_a_path_that_cannot_be_is_wrong_use(path: str, tmp_path: Path) -> None:
    """A name that no file can have is answered like one that no file has."""
    done = screen(path, data=tmp_path)
    assert done.returncode == 2
    assert lines(done)[0] == f"anlass: {path}: There is no such file or folder."


def test_a_data_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    """Where the system refuses the folder, its name and the system's word are told."""
    done = anlass("ledger", data=Path("/proc/anlass"))
    assert done.returncode == 2
    assert lines(done)[0] == "anlass: /proc/anlass: cannot be made: No such file or directory"
    assert tmp_path.exists()


@pytest.mark.parametrize("damage", [b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5_000])
def test_a_damaged_memory_is_named_and_left_alone(damage: bytes, tmp_path: Path) -> None:
    """A file that no second try can open is no `try again`, and nobody writes into it."""
    book = tmp_path / "anlass.sqlite3"
    book.write_bytes(damage)
    for command in (["ledger"], ["why", "x"]):
        done = anlass(*command, data=tmp_path)
        assert done.returncode == 2
        assert lines(done)[0].startswith(f"anlass: {book}: The memory cannot be opened: ")
        assert len(lines(done)) == 1
    assert book.read_bytes() == damage


def test_a_locked_memory_is_a_reason_to_try_again(tmp_path: Path) -> None:
    """Somebody else is writing: the file is named, exit code 75."""
    assert anlass("ledger", data=tmp_path).returncode == 0
    book = sqlite3.connect(tmp_path / "anlass.sqlite3", isolation_level=None)
    book.execute("BEGIN EXCLUSIVE")
    done = anlass("ledger", data=tmp_path)
    book.close()
    assert done.returncode == 75
    assert lines(done) == [
        f"anlass: {tmp_path}/anlass.sqlite3: The memory cannot be used: database is locked"
    ]
