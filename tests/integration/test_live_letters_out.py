"""A watched mailbox on a real server, and letters that leave it by a real mail server: once, and kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.utils import format_datetime
from itertools import count
from pathlib import Path

import pytest

from anlass.channels.mail.account import Account, Server
from anlass.config import MailSettings, OutboxSettings, PolicySettings
from anlass.desk.accounts.mail import keep
from anlass.desk.house.rehearsal_letters import TRUSTED, Scene
from anlass.desk.house.rehearsing import TALKATIVE
from anlass.desk.outgoing.outbox import release, writer_of
from anlass.jobs.out import Out
from anlass.jobs.work import Work
from anlass.store.cases.kept import CaseState
from anlass.store.outgoing.outbox import OutboxState
from tests.integration.test_dovecot_archive import quoted
from tests.live import NOW, House
from tests.mail_server import HOST, MailServer, mail_server
from tests.servers import Dovecot

pytestmark = pytest.mark.slow  # two real servers answer each question
_NAMES = count(1)
SENT = "Sent"
PERSON = "hanna@ag.example"


@pytest.fixture
def server() -> Iterator[MailServer]:
    """Yield a running mail server that takes letters."""
    with mail_server() as running:
        yield running


class Door:
    """A house with one mailbox that letters come to and leave from."""

    def __init__(
        self,
        folder: Path,
        dovecot: Dovecot,
        server: MailServer,
        policy: PolicySettings | None = None,
        mail: MailSettings | None = None,
    ) -> None:
        self.dovecot, self.name = dovecot, f"out{next(_NAMES)}"
        self.address = f"{self.name}@anlass.example"
        self.house = House(folder)
        home = self.house.home
        outbox = OutboxSettings(address=self.address)
        self.house.home = replace(
            home,
            settings=replace(
                home.settings,
                owner=replace(home.settings.owner, time_zone="UTC"),
                outbox=outbox,
                policy=policy or home.settings.policy,
                mail=mail or home.settings.mail,
            ),
        )
        with dovecot.login(self.address) as session:
            session.create(SENT)
        account = self.house.connect(self.name, dovecot.imap)
        self.account: Account = replace(account, smtp=Server(HOST, server.port, "none"), user=account.user)
        keep(self.book, self.account, now=NOW)
        self.now = NOW

    @property
    def book(self):  # type: ignore[no-untyped-def]  # the house's own
        """Return the house's memory."""
        return self.house.home.book

    def comes(self, id_: str, *, is_vouched: bool = False) -> None:
        """Let a request arrive, and look into the mailbox."""
        voucher = f"{TRUSTED}; dmarc=pass header.from=ag.example" if is_vouched else None
        fields = {
            "To": self.address,
            "Return-Path": None,
            "Authentication-Results": voucher,
            "Received": None,
        }
        raw = Scene(id_, fields).raw(format_datetime(self.now - timedelta(minutes=5)))
        self.dovecot.deliver(raw, to=self.address, sender=PERSON)
        self.look()

    def look(self) -> None:
        """Look into the mailbox one time, as `anlass work --once` does."""
        assert Work(self.house.home, self.house.secrets, now=lambda: self.now).once() == {}

    def goes(self) -> list[OutboxState]:
        """Hand over what is due at this moment."""
        out = Out(self.house.home, self.house.secrets, lambda: self.now)
        return [posted.boxed.state for posted in out.once()]

    def lies_in(self, folder: str) -> list[bytes]:
        """Return the mails of a folder that are not marked as deleted."""
        with self.dovecot.login(self.address) as session:
            if session.select(quoted(folder), readonly=True)[0] != "OK":
                return []
            uids = session.uid("SEARCH", "UNDELETED")[1][0].split()
            return [session.uid("FETCH", uid, "(BODY.PEEK[])")[1][0][1] for uid in uids]


def test_a_released_letter_leaves_once_and_lies_among_the_sent(
    tmp_path: Path, dovecot: Dovecot, server: MailServer
) -> None:
    """The draft is taken out of Drafts, so that there is no second way out."""
    door = Door(tmp_path, dovecot, server)
    door.comes("eins")
    (kept,) = door.book.cases(limit=5).cases
    assert (kept.state, len(door.lies_in("Drafts"))) == (CaseState.WAITING, 1)
    boxed = release(door.book, writer_of(door.house.home), kept.id, now=NOW, lang="de")
    assert door.goes() == []
    door.now = boxed.due + timedelta(seconds=1)
    assert door.goes() == [OutboxState.SENT]
    assert door.goes() == []
    (taken,) = server.taken
    assert (taken.sender, taken.recipients) == (door.address, (PERSON,))
    (copy,) = door.lies_in(SENT)
    assert message_from_bytes(copy)["Message-ID"] == f"<{boxed.letter.message_id}>"
    door.look()
    assert door.lies_in("Drafts") == []
    assert door.book.case(kept.id).state is CaseState.ASKED
    assert len(server.taken) == 1


def test_a_question_goes_by_itself_where_a_rule_says_so(
    tmp_path: Path, dovecot: Dovecot, server: MailServer
) -> None:
    """Vouched for by the owner's provider it waits a quarter of an hour and leaves; else it is a draft."""
    (tmp_path / "rules.toml").write_text(TALKATIVE, encoding="utf-8")
    door = Door(
        tmp_path,
        dovecot,
        server,
        mail=MailSettings((TRUSTED,)),
        policy=PolicySettings(file="rules.toml"),
    )
    door.now = NOW + timedelta(hours=4)
    door.comes("forged")
    assert door.book.outbox.all() == ()
    door.comes("honest", is_vouched=True)
    (boxed,) = door.book.outbox.all()
    assert (boxed.letter.is_automatic, boxed.due) == (True, door.now + timedelta(minutes=15))
    door.now = boxed.due
    assert door.goes() == [OutboxState.SENT]
    (taken,) = server.taken
    assert taken.sender == "<>"
    assert message_from_bytes(taken.raw)["Auto-Submitted"] == "auto-replied"
    assert len(door.lies_in(SENT)) == 1
    door.look()
    door.comes("again", is_vouched=True)
    door.now += timedelta(days=1)
    door.look()
    assert len(server.taken) == 1
