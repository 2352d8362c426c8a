"""A watched mailbox on a real server: what comes is a case with its draft, and what the owner does is heard."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from anlass.channels.mail.account import GERMAN
from dataclasses import replace
from anlass.store.cases import CaseState
from tests.integration.test_dovecot_archive import quoted
from tests.live import House, brought, request
from tests.servers import Dovecot

pytestmark = pytest.mark.slow  # a real server answers each question
_NAMES = count(1)


class Box:
    """The mailbox of one test, as the owner's mail program sees it."""

    def __init__(self, dovecot: Dovecot) -> None:
        self.dovecot, self.name = dovecot, f"live{next(_NAMES)}"
        self.address = f"{self.name}@anlass.example"

    def deliver(self, id_: str, **more: str) -> bytes:
        """Let a request arrive."""
        raw = request(id_, to=self.address, **more)
        self.dovecot.deliver(raw, to=self.address, sender="sabine@krohn.example")
        return raw

    def append(self, raw: bytes, folder: str, flags: str = "") -> None:
        """Put a mail into a folder, which is made where it is missing."""
        with self.dovecot.login(self.address) as session:
            session.create(quoted(folder))
            assert session.append(quoted(folder), flags, "", raw)[0] == "OK"

    def mails(self, folder: str) -> list[bytes]:
        """Return the mails of a folder that are not marked as deleted."""
        with self.dovecot.login(self.address) as session:
            if session.select(quoted(folder), readonly=True)[0] != "OK":
                return []
            uids = session.uid("SEARCH", "UNDELETED")[1][0].split()
            return [session.uid("FETCH", uid, "(BODY.PEEK[])")[1][0][1] for uid in uids]

    def move(self, source: str, target: str) -> None:
        """Move all mails of a folder into another, as a thumb does."""
        with self.dovecot.login(self.address) as session:
            session.create(quoted(target))
            session.select(quoted(source))
            assert session.uid("MOVE", "1:*", quoted(target))[0] == "OK"

    def remove(self, folder: str) -> None:
        """Throw away all mails of a folder."""
        with self.dovecot.login(self.address) as session:
            session.select(quoted(folder))
            session.store("1:*", "+FLAGS", r"(\Deleted)")
            session.expunge()


@pytest.fixture
def box(dovecot: Dovecot) -> Box:
    """Return a new mailbox."""
    return Box(dovecot)


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Return a new house."""
    return House(tmp_path)


def test_new_mail_becomes_a_case_with_its_draft(house: House, box: Box) -> None:
    """What lay there is history; what comes is a case, and its draft lies in Drafts as a reply in the thread."""
    box.deliver("old")
    house.connect(box.name, box.dovecot.imap)
    with house.working():
        house.until(lambda look: look[1] is not None)
        box.deliver("one")
        _, looked, _ = house.until(brought)
    assert looked is not None
    assert (len(looked.cases), looked.drafts) == (1, 1)
    assert house.cases() == ["one@krohn.example"]
    (draft,) = box.mails("Drafts")
    assert b"In-Reply-To: <one@krohn.example>" in draft
    assert b"To: Sabine Krohn <sabine@krohn.example>" in draft
    assert len(box.mails("INBOX")) == 2
