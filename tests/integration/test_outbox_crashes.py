"""Exactly once: a worker is killed between every two steps, and two work at the same time."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from anlass.desk.outgoing.posting import PostOffice, Step, post
from anlass.store import open_book
from anlass.store.book import Book
from anlass.store.outgoing.outbox import LEASE, OutboxState
from tests.letters_out import NOW, Drawer, letter_out
from tests.mail_server import MailServer, kills, mail_server

pytestmark = pytest.mark.slow  # processes of their own, and a database

WORKER = Path(__file__).parents[1] / "outbox_worker.py"
LATER = NOW + LEASE + timedelta(hours=1)
OWNER = "olga"


@pytest.fixture
def server() -> Iterator[MailServer]:
    """Yield a running mail server."""
    with mail_server() as running:
        yield running


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """Yield a book with one letter that is due."""
    with closing(open_book(tmp_path, OWNER)) as opened:
        opened.outbox.put(letter_out(), due=NOW, now=NOW)
        opened.close()
        yield opened


def worker(folder: Path, port: int, dies_at: str = "") -> subprocess.Popen[str]:
    """Start a worker that dies at a step."""
    command = [sys.executable, str(WORKER), str(folder), OWNER, str(port), dies_at, NOW.isoformat()]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def killed(process: subprocess.Popen[str]) -> bool:
    """Wait for a worker and tell whether it was killed."""
    process.communicate(timeout=60)
    return process.returncode == -9


def later(book: Book, server: MailServer, sent: Drawer | None = None) -> None:
    """Let another worker look, after the dead one's time is over."""
    list(post(book, PostOffice(server.way(), "second", lambda: LATER, sent)))


def state_of(book: Book) -> OutboxState:
    """Return where the one letter stands."""
    (boxed,) = book.outbox.all()
    return boxed.state


@pytest.mark.parametrize(
    ("step", "arrived", "state"),
    [
        (Step.CLAIMED, 0, OutboxState.SENT),
        (Step.HANDING, 0, OutboxState.DOUBTFUL),
        (Step.TAKEN, 1, OutboxState.DOUBTFUL),
        (Step.RECORDED, 1, OutboxState.SENT),
    ],
)
def test_a_killed_worker_never_sends_twice(
    tmp_path: Path, book: Book, server: MailServer, step: Step, arrived: int, state: OutboxState
) -> None:
    """Before the words leave it is tried again; from then on it is in doubt, whether it arrived or not."""
    assert killed(worker(tmp_path, server.port, step))
    assert len(server.taken) == arrived
    before_its_time = PostOffice(server.way(), "second", lambda: NOW + timedelta(minutes=1))
    assert list(post(book, before_its_time)) == []
    assert len(server.taken) == arrived
    later(book, server)
    assert (state_of(book), len(server.taken)) == (state, 0 if step is Step.HANDING else 1)
    later(book, server)
    assert (state_of(book), len(server.taken)) == (state, 0 if step is Step.HANDING else 1)


def test_a_worker_killed_while_the_server_takes_the_letter_leaves_a_doubt(
    tmp_path: Path, book: Book, server: MailServer
) -> None:
    """The server has all of it and has not said so: it arrived once, and never goes again by itself."""
    process = worker(tmp_path, server.port)
    server.on_data = kills(lambda: process.pid)
    assert killed(process)
    server.on_data = lambda: None
    later(book, server)
    assert (state_of(book), len(server.taken)) == (OutboxState.DOUBTFUL, 1)


def test_a_doubt_is_settled_by_the_sent_folder(tmp_path: Path, book: Book, server: MailServer) -> None:
    """A server that files what it takes knows: the letter is found there and counts as sent."""
    assert killed(worker(tmp_path, server.port, Step.TAKEN))
    later(book, server, Drawer({letter_out().message_id: b"filed by the server"}))
    (boxed,) = book.outbox.all()
    assert (boxed.state, boxed.is_kept, len(server.taken)) == (OutboxState.SENT, True, 1)


def test_a_copy_that_was_not_kept_is_kept_later(tmp_path: Path, book: Book, server: MailServer) -> None:
    """Killed between the record and the Sent folder: the next run files it, once."""
    assert killed(worker(tmp_path, server.port, Step.RECORDED))
    drawer = Drawer()
    later(book, server, drawer)
    assert list(drawer.letters) == [letter_out().message_id]
    drawer.letters.clear()
    later(book, server, drawer)
    assert drawer.letters == {}


def test_two_workers_at_once_send_each_letter_once(tmp_path: Path, server: MailServer) -> None:
    """Two processes over one book of many letters: every letter arrives exactly once."""
    with closing(open_book(tmp_path, OWNER)) as book:
        for number in range(12):
            book.outbox.put(letter_out(f"case{number}"), due=NOW, now=NOW)
        book.close()
        both = [worker(tmp_path, server.port) for _ in range(2)]
        told = [process.communicate(timeout=60) for process in both]
        assert [process.returncode for process in both] == [0, 0], told
        assert {one.state for one in book.outbox.all()} == {OutboxState.SENT}
    assert len(server.taken) == 12
    assert len({one.raw for one in server.taken}) == 12


def test_two_threads_put_a_letter_in_once(tmp_path: Path) -> None:
    """The same answer offered at the same moment by many is one row."""
    with closing(open_book(tmp_path, OWNER)) as book:
        new: list[bool] = []

        def put(number: int) -> None:
            letter = letter_out(message_id=f"{number:020}.0@home.example")
            new.append(book.outbox.put(letter, due=NOW, now=NOW))
            book.close()

        threads = [threading.Thread(target=put, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (len(book.outbox.all()), sum(new)) == (1, 1)
