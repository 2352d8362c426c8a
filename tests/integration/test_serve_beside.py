"""`anlass serve` for oneself watches beside its pages, and the watch ends with them, however they end."""

from __future__ import annotations

import fcntl
import signal
import subprocess
import time
from pathlib import Path

import pytest

from anlass.desk.safekeeping.presence import WORK
from tests.integration.test_live_mail import Box
from tests.integration.test_work_command import ANLASS, ENVIRONMENT, read_until, start
from tests.live import House
from tests.servers import Dovecot

pytestmark = pytest.mark.slow  # whole processes and a real server
PATIENCE = 60.0


def serve(house: House, *more: str) -> subprocess.Popen[str]:
    """Start the pages as an owner does."""
    command = [ANLASS, "serve", "--port", "0", "--data", str(house.data), *more]
    return subprocess.Popen(
        command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )


def is_watched(house: House) -> bool:
    """Tell whether anybody holds the lock of the one who watches."""
    with (house.data / WORK).open("a", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


def until(house: House, *, watched: bool) -> None:
    """Wait until the house is watched, or is not."""
    end = time.monotonic() + PATIENCE
    while is_watched(house) is not watched:
        assert time.monotonic() < end, f"watched is still {not watched}"
        time.sleep(0.1)  # another process does it; there is nothing to be told by


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGKILL], ids=["told to stop", "killed"])
def test_letters_come_in_while_the_pages_are_served(
    told: signal.Signals, tmp_path: Path, dovecot: Dovecot
) -> None:
    """A letter becomes a case; once the pages are gone nobody watches, and nothing leaves."""
    house, box = House(tmp_path), Box(dovecot)
    house.connect(box.name, dovecot.imap)
    with serve(house) as pages:
        try:
            until(house, watched=True)
            box.deliver("one")
            read_until(pages, "new cases 1")
        finally:
            pages.send_signal(told)
            pages.communicate(timeout=PATIENCE)
    until(house, watched=False)
    assert house.cases() == ["one@krohn.example"]


def test_other_settings_are_taken_up(tmp_path: Path) -> None:
    """Whoever watches reads the settings when they begin: so they begin anew, with the new ones."""
    house = House(tmp_path)
    settings = tmp_path / "anlass.toml"
    with serve(house) as pages:
        try:
            until(house, watched=True)
            first = (tmp_path / WORK).read_text(encoding="ascii")
            settings.write_text('[owner]\nname = "Olga Wend"\n', encoding="utf-8")
            end = time.monotonic() + PATIENCE
            while (tmp_path / WORK).read_text(encoding="ascii") in {"", first}:
                assert time.monotonic() < end
                time.sleep(0.1)  # as above
        finally:
            pages.terminate()
            pages.communicate(timeout=PATIENCE)
    until(house, watched=False)


def test_pages_alone_leave_the_watch_to_others(tmp_path: Path) -> None:
    """On a server the worker is a program of its own: it finds nobody in its place, however often it asks."""
    house = House(tmp_path)
    with serve(house, "--pages-alone") as pages:
        try:
            for _ in range(4):
                done = start(house, "--once")
                assert "Another" not in done.communicate(timeout=PATIENCE)[1]
                assert done.returncode == 0
        finally:
            pages.terminate()
            pages.communicate(timeout=PATIENCE)
