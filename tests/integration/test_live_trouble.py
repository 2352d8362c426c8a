"""Whatever breaks: nothing is lost, nothing is done twice, and the owner is told in one clear line."""

from __future__ import annotations

import logging
import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path

import pytest

from anlass.channels.mail.account import GERMAN
from anlass.desk.accounts.notices import mail_notices
from anlass.jobs.lock import only_worker
from anlass.store.settings import FILE
from tests.cutting import Cutting, When, cutting
from tests.imap_server import Relay, relayed
from tests.integration.test_live_mail import Box
from tests.live import NOW, QUICK, House, brought
from tests.servers import Dovecot

pytestmark = pytest.mark.slow  # a real server answers each question

FOLDERS = replace(GERMAN, shown="folders")


@pytest.fixture
def box(dovecot: Dovecot) -> Box:
    """Return a new mailbox."""
    return Box(dovecot)


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Return a new house."""
    return House(tmp_path)


@pytest.fixture
def wire(dovecot: Dovecot) -> Iterator[Cutting]:
    """Return a wire to the server that may break."""
    with cutting(dovecot.imap) as wire:
        yield wire


def in_order(house: House, box: Box) -> None:
    """See that one letter is one case with one draft, and its mail lies in one place."""
    assert house.cases() == ["one@krohn.example"]
    assert len(box.mails("Drafts")) == 1
    assert (len(box.mails(FOLDERS.waiting)), len(box.mails("INBOX"))) == (1, 0)


@pytest.mark.parametrize(
    ("word", "when"),
    [
        *product((b"APPEND", b"MOVE", b"FETCH"), ("before", "half", "after")),
        (b"EXAMINE", "half"),
        (b"Message-ID", "after"),
        (b"SEARCH", "before"),
    ],
)
def test_a_line_that_breaks_in_the_middle(
    house: House, box: Box, wire: Cutting, word: bytes, when: When
) -> None:
    """Before a question is heard, in the middle of it, before the answer comes: the next look mends it."""
    house.connect(box.name, wire.port, FOLDERS)
    box.deliver("one")
    wire.word, wire.when = word, when
    first = house.once()
    assert (wire.broken, len(first)) == (1, 1)
    assert house.once() == {}
    house.once()
    in_order(house, box)


def test_a_wire_cut_after_any_number_of_bytes(house: House, box: Box) -> None:
    """However little of the answers arrives each time, in the end all is done, and once."""
    with relayed(box.dovecot.imap) as relay:
        house.connect(box.name, relay.port, FOLDERS)
        box.deliver("one")
        for limit in range(50, 2_000, 260):
            cut_after(relay, limit)
            house.once()
        cut_after(relay, -1)
        house.once()
        house.once()
    in_order(house, box)


def cut_after(relay: Relay, limit: int) -> None:
    """Let the next talk break after so many bytes of its answers; never for a negative number."""
    relay.limit = limit
    relay.is_over.clear()


@pytest.mark.parametrize("answers", [1, 2, 4, 8, 16])
def test_answers_that_are_spoiled_on_the_way(house: House, box: Box, wire: Cutting, answers: int) -> None:
    """What cannot be read is asked again another time; nothing of it is believed."""
    house.connect(box.name, wire.port, FOLDERS)
    box.deliver("one")
    wire.garbles = answers
    while wire.garbles > 0:
        before = wire.garbles
        house.once()
        assert wire.garbles < before
    house.once()
    house.once()
    in_order(house, box)


def test_a_wire_that_hands_over_byte_by_byte(house: House, box: Box, wire: Cutting) -> None:
    """Slow is not broken: the same comes of it, in the same run."""
    house.connect(box.name, wire.port, FOLDERS)
    box.deliver("one")
    wire.delays = True
    assert house.once() == {}
    in_order(house, box)


def test_the_worker_mends_a_broken_line_by_itself(house: House, box: Box, wire: Cutting) -> None:
    """It says so on the inbox, tries again, and says nothing any more once it is mended."""
    house.connect(box.name, wire.port, FOLDERS)
    with house.working():
        house.until(lambda look: look[1] is not None)
        wire.word, wire.when = b"FETCH", "half"
        box.deliver("one")
        house.until(lambda look: look[2] == "broke_off")
        house.until(brought)
    assert mail_notices(house.home.book, now=NOW, lang="de") == ()
    house.once()
    in_order(house, box)


def test_a_password_that_was_changed(house: House, box: Box, caplog: pytest.LogCaptureFixture) -> None:
    """The owner is told in one line; the server is not asked again until there is another password."""
    house.connect(box.name, box.dovecot.imap)
    house.secrets.put(box.name, "no longer", "file")
    with caplog.at_level(logging.INFO), house.working():
        house.until(lambda look: look[2] == "password")
        says = "127.0.0.1 nimmt Nutzer oder Passwort nicht an. Neu setzen: anlass connect"
        told = mail_notices(house.home.book, now=NOW, lang="de")
        assert told == (f"{says} {box.address} (gerade eben)",)
        box.deliver("one")
        house.secrets.put(box.name, "secret", "file")
        house.until(brought)
        assert mail_notices(house.home.book, now=NOW, lang="de") == ()
    assert f"{box.name}: password" in caplog.text
    assert "no longer" not in caplog.text
    assert "Sabine" not in caplog.text
    assert "inspirierend" not in caplog.text
    assert house.cases() == ["one@krohn.example"]


def test_a_password_that_others_can_read_is_not_used(house: House, box: Box) -> None:
    """It counts as none, and that is said."""
    house.connect(box.name, box.dovecot.imap)
    house.secrets.place(box.name).chmod(0o644)
    assert house.once() == {box.name: "no_secret"}


def test_a_clock_that_jumps(tmp_path: Path, box: Box) -> None:
    """Years back or ahead between two looks: each letter is a case once, with one draft."""
    moments = iter([timedelta(days=-3000), timedelta(days=900), timedelta(days=-1)])
    jumped = [timedelta(0)]

    def now() -> datetime:
        return NOW + jumped[0]

    house = House(tmp_path, now)
    house.connect(box.name, box.dovecot.imap)
    for number, jump in enumerate(moments):
        box.deliver(f"m{number}")
        house.once()
        jumped[0] = jump
        house.once()
    assert house.cases() == [f"m{number}@krohn.example" for number in range(3)]
    assert len(box.mails("Drafts")) == 3


def test_a_clock_that_jumps_is_said(tmp_path: Path, box: Box, caplog: pytest.LogCaptureFixture) -> None:
    """One line in the log when it happens, and one on the inbox as long as the clock is behind."""
    times = [NOW, NOW + timedelta(days=40), NOW + timedelta(days=40, minutes=1)]
    house = House(tmp_path, lambda: times[0])
    house.connect(box.name, box.dovecot.imap)
    work = house.work()
    with caplog.at_level(logging.INFO):
        work._mind_the_clock()
        times.pop(0)
        work._mind_the_clock()
        assert work.once() == {}
        times.pop(0)
        work._mind_the_clock()
    jumps = [one.getMessage() for one in caplog.records if "the clock jumped" in one.getMessage()]
    (line,) = jumps
    assert line.startswith(("the clock jumped by 34559", "the clock jumped by 3456000"))
    (told,) = mail_notices(house.home.book, now=NOW, lang="en")
    assert told.startswith(f"The clock of this machine is wrong: {box.address} was last seen on 2027-01-01")


def test_a_memory_that_is_locked(house: House, box: Box, caplog: pytest.LogCaptureFixture) -> None:
    """While another program holds the memory nothing is judged, and the log says so; then everything is."""
    house.connect(box.name, box.dovecot.imap)
    other = sqlite3.connect(house.data / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    box.deliver("one")
    with caplog.at_level(logging.INFO), house.working():
        house.until(lambda look: look[2] == "store")
        assert f"{box.name}: store (StoreError)" in caplog.text
        other.execute("ROLLBACK")
        other.close()
        house.until(brought)
    assert house.cases() == ["one@krohn.example"]
    assert len(box.mails("Drafts")) == 1


def test_a_disk_that_is_full(house: House, box: Box) -> None:
    """It is said in one line that the memory takes nothing; with room again everything is done."""
    house.connect(box.name, box.dovecot.imap)
    house.once()
    for number in range(8):
        box.deliver(f"n{number}", sender=f"Sabine Krohn <sabine{number}@krohn.example>")
    house.home.book.close()
    full = work_once(house.data, limit=150_000)  # bytes of any one file: less than eight cases need
    assert full.returncode == 75
    assert "Traceback" not in full.stderr
    assert f"{box.name}: " in full.stderr
    assert "memory" in full.stderr.casefold()
    roomy = work_once(house.data)
    assert (roomy.returncode, "Traceback" in roomy.stderr) == (0, False)
    again = House(house.data)
    assert sorted(again.cases()) == sorted(f"n{number}@krohn.example" for number in range(8))
    assert len(box.mails("Drafts")) == 8


def work_once(data: Path, limit: int | None = None) -> subprocess.CompletedProcess[str]:
    """Run `anlass work --once`; no file may grow beyond `limit` bytes, as where a disk is full."""

    def bounded() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    command = (Path(sys.executable).with_name("anlass"), "work", "--once", "--data", data)
    environment = {**os.environ, "LANG": "en_GB.UTF-8"}
    return subprocess.run(
        command, capture_output=True, text=True, env=environment, preexec_fn=bounded, check=False
    )


def test_a_full_mailbox_is_said_and_costs_no_case(house: House, box: Box, wire: Cutting) -> None:
    """The letter is a case all the same; its draft comes when there is room."""
    house.connect(box.name, wire.port)
    box.deliver("one")
    wire.word, wire.when = b"APPEND", "before"
    house.once()
    assert (house.cases(), box.mails("Drafts")) == (["one@krohn.example"], [])
    house.once()
    assert len(box.mails("Drafts")) == 1


def test_only_one_worker_watches(tmp_path: Path) -> None:
    """The second one learns that there is a first; when that is gone, it may."""
    with only_worker(tmp_path) as first, only_worker(tmp_path) as second:
        assert (first, second) == (True, False)
    with only_worker(tmp_path) as third:
        assert third


def test_switched_off_mail_flows_and_is_caught_up(house: House, box: Box) -> None:
    """Nobody watches: mail arrives as ever. Whoever watches again finds it all, oldest first."""
    house.connect(box.name, box.dovecot.imap)
    for run in range(2):
        with house.working(QUICK):
            house.until(lambda look: look[1] is not None)
        box.deliver(f"off{run}")
        assert len(box.mails("INBOX")) == run + 1
    house.once()
    assert house.cases() == ["off0@krohn.example", "off1@krohn.example"]
