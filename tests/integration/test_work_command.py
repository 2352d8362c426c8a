"""`anlass work` as a whole process: it starts, watches, and ends in order when it is told to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.test_live_mail import Box
from tests.live import House
from tests.servers import Dovecot

pytestmark = pytest.mark.slow  # a whole process and a real server

ANLASS = str(Path(sys.executable).parent / "anlass")
ENVIRONMENT = {"LANG": "en_GB.UTF-8", "PATH": "/usr/bin:/bin"}


def start(house: House, *arguments: str) -> subprocess.Popen[str]:
    """Start the installed command."""
    command = [ANLASS, "work", "--data", str(house.data), *arguments]
    return subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.PIPE, text=True)


def read_until(process: subprocess.Popen[str], words: str) -> str:
    """Read what a process says until these words come."""
    said = ""
    assert process.stderr is not None
    for row in process.stderr:
        said += row
        if words in row:
            return said
    raise AssertionError(f"It ended without saying {words!r}:\n{said}")


def test_it_watches_until_it_is_told_to_stop(tmp_path: Path, dovecot: Dovecot) -> None:
    """A letter becomes a case while it runs; a second one is sent away; SIGTERM ends it in order."""
    house, box = House(tmp_path), Box(dovecot)
    house.connect(box.name, dovecot.imap)
    process = start(house)
    try:
        read_until(process, "Anlass is watching")
        box.deliver("one")
        said = read_until(process, "new cases 1")
        second = start(house)
        assert "Another `anlass work`" in second.communicate(timeout=30)[1]
        assert second.returncode == 75
    finally:
        process.send_signal(signal.SIGTERM)
        rest = process.communicate(timeout=60)[1]
    assert (process.returncode, "put down in order" in rest) == (0, True)
    assert house.cases() == ["one@krohn.example"]
    assert [state.watch for state in house.home.book.mail.states()] == ["stopped"]
    for word in ("Sabine", "krohn", "Austausch", "secret"):
        assert word not in said + rest


def test_killed_in_the_middle_it_goes_on_where_it_was(tmp_path: Path, dovecot: Dovecot) -> None:
    """Without any farewell, between two looks: the next run finds each letter once."""
    house, box = House(tmp_path), Box(dovecot)
    house.connect(box.name, dovecot.imap)
    for number in range(3):
        box.deliver(f"m{number}")
        process = start(house)
        read_until(process, "new cases 1")
        os.kill(process.pid, signal.SIGKILL)
        process.communicate(timeout=30)
    done = start(house, "--once")
    done.communicate(timeout=60)
    assert done.returncode == 0
    assert house.cases() == [f"m{number}@krohn.example" for number in range(3)]
    assert len(box.mails("Drafts")) == 3


def test_looking_once_says_what_stands_in_the_way(tmp_path: Path, dovecot: Dovecot) -> None:
    """With a wrong password the exit code says to try again, and the sentence what to do."""
    house, box = House(tmp_path), Box(dovecot)
    house.connect(box.name, dovecot.imap)
    house.secrets.put(box.name, "wrong", "file")
    done = start(house, "--once")
    said = done.communicate(timeout=60)[1]
    assert done.returncode == 75
    assert "does not accept the user or the password" in said
    assert "wrong" not in said
