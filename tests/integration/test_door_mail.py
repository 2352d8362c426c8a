"""The link of the door on its way: to a real server, once, whatever dies."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from anlass.bootstrap import open_home
from anlass.channels.mail.secrets import Secrets
from anlass.channels.mail.sending import Fate
from anlass.desk.door.asking import Page, confirm, seen
from anlass.desk.door.own import key_of, rename
from anlass.desk.door.posting import LinkPost, post_links
from anlass.desk.outgoing.outbox import Writer
from anlass.intake.form import FormLetter
from anlass.jobs.work import Work
from anlass.store import open_book
from anlass.store.book import Book
from anlass.store.door.letters import Asked, AtDoor
from anlass.store.door.mail import LEASE
from tests.mail_server import MailServer, mail_server

pytestmark = pytest.mark.slow  # a mail server, and a database

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
WRITER = Writer("Henrike Solbach", "henrike@solbach.example")


@pytest.fixture
def server() -> Iterator[MailServer]:
    """Yield a running mail server."""
    with mail_server() as running:
        yield running


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Return a book at whose door a letter waits."""
    made = open_book(tmp_path)
    rename(made, "henrike", "de", now=NOW)
    letter = FormLetter(matter="PLANTED", name="PLANTED", address="Kai@Falk.example")
    made.door.put("sheet", Asked(letter, "henrike", "https://anlass.example.org"), lang="de", now=NOW)
    return made


def posted(book: Book, server: MailServer, *, now: datetime = NOW, dies_at: str = "") -> list[Fate]:
    """Let a worker look after the door, and break where it is told."""

    def watch(step: str, _letter: AtDoor) -> None:
        if step == dies_at:
            raise KeyboardInterrupt

    post = LinkPost(server.way(), WRITER, f"worker {now}", lambda: now, watch)
    return [result.fate for result in post_links(book, post)]


def test_the_link_arrives_once_and_says_that_a_machine_wrote_it(book: Book, server: MailServer) -> None:
    """Null sender, so nothing comes back; no answer is asked for; nothing of the stranger but the address."""
    assert posted(book, server) == [Fate.TAKEN]
    assert posted(book, server) == []
    (taken,) = server.taken
    assert (taken.sender, taken.recipients) == ("<>", ("kai@falk.example",))
    mail = email.message_from_bytes(taken.raw, policy=email.policy.default)
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["Subject"] == "Bitte bestätigen: deine Nachricht an Henrike Solbach"
    body = mail.get_body(("plain",))
    assert body
    words = body.get_content()
    link = words.partition("https://anlass.example.org/henrike/k/")[2].split()[0]
    assert seen(book, link, now=NOW).page is Page.CONFIRM
    assert confirm(book, link, now=NOW)
    assert "PLANTED" not in taken.raw.decode() + words


@pytest.mark.parametrize(("step", "arrives"), [("claimed", 1), ("handing", 0), ("taken", 1)])
def test_a_link_never_goes_twice_whenever_the_worker_dies(
    book: Book, server: MailServer, step: str, arrives: int
) -> None:
    """Before the words leave it is tried again; from their first byte on it is not."""
    with pytest.raises(KeyboardInterrupt):
        posted(book, server, dies_at=step)
    later = NOW + LEASE + timedelta(minutes=1)
    posted(book, server, now=later)
    posted(book, server, now=later + timedelta(days=1))
    assert len(server.taken) == arrives


@pytest.mark.parametrize("step", ["put off", "claimed", "made"])
def test_a_link_does_not_wait_for_a_clock_that_was_set_back(
    book: Book, server: MailServer, step: str
) -> None:
    """What was put off or left behind by a clock that ran a day ahead goes by the right one."""
    ahead, to = NOW + timedelta(days=1), "kai@falk.example"
    if step == "claimed":
        with pytest.raises(KeyboardInterrupt):
            posted(book, server, now=ahead, dies_at=step)
    elif step == "made":
        to = "mia@falk.example"
        letter = FormLetter(matter="PLANTED", name="PLANTED", address=to)
        book.door.put("later", Asked(letter, "henrike", "https://anlass.example.org"), lang="de", now=ahead)
    else:
        (waiting,) = book.door.waiting()
        held = book.door_mail.claim("ahead", now=ahead)
        assert held
        assert book.door_mail.put_off(waiting.id, "ahead", now=ahead, says="not now")
    posted(book, server)
    assert (to,) in [taken.recipients for taken in server.taken]


def test_nothing_of_the_links_counts_as_a_letter_of_the_owners(book: Book, server: MailServer) -> None:
    """Whoever got one is nobody the owner wrote to, and an answer to it answers nothing."""
    posted(book, server)
    mail = email.message_from_bytes(server.taken[0].raw, policy=email.policy.default)
    assert list(book.people(at=NOW)) == []
    assert book.outbox.by_message([mail["Message-ID"].strip("<>")]) == ()
    assert book.sent_ids([mail["Message-ID"].strip("<>")]) == frozenset()
    assert len(key_of(book)) == 32


def test_work_makes_cases_of_what_is_confirmed_and_forgets_what_is_over(tmp_path: Path) -> None:
    """Without pages and without a mailbox too; once."""
    home = open_home(str(tmp_path))
    rename(home.book, "henrike", "de", now=NOW)
    for number in range(2):
        letter = FormLetter(matter=f"Eine Frage {number}", name="Kai", address=f"kai{number}@falk.example")
        id_ = home.book.door.put(f"sheet{number}", Asked(letter, "henrike", ""), lang="de", now=NOW)
        assert id_
        if not number:
            home.book.door.confirm(id_, now=NOW)
    work = Work(home, Secrets(tmp_path, None), now=lambda: NOW + timedelta(days=8))
    assert (work.once(), work.once()) == ({}, {})
    (kept,) = home.book.cases().cases
    assert kept.case.request.text == "Eine Frage 0"
    assert home.book.door.waiting() == ()
