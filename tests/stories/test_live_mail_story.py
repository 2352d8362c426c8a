"""A stranger's mail from its arrival to its end: real servers on both sides, a mail program in the middle.

It comes over SMTP and is handed to a real mailbox; the worker watches; the owner never opens a page: the
draft is sent from a mail program, which files its own copy. What comes back is hot air, or worth an answer.
"""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from itertools import count
from pathlib import Path

import pytest

from anlass.channels.mail.account import GERMAN
from anlass.config import PolicySettings
from anlass.desk.decisions.deciding import Choice, choice_on
from anlass.litmus.reply import Outcome
from anlass.policy import Action
from anlass.store.cases.kept import CaseState, KeptCase
from tests.integration.test_live_mail import Box
from tests.live import NOW, REQUEST, House, brought
from tests.mail_server import HOST, MailServer, mail_server
from tests.servers import Dovecot

pytestmark = pytest.mark.slow  # two real servers, and a worker between them
SABINE = "sabine@krohn.example"
FOLDERS = replace(GERMAN, shown="folders", waiting="INBOX")
_NUMBERS = count(1)
HOT_AIR = (
    "Guten Tag,\n\ndas würde ich lieber persönlich besprechen, am Telefon lässt sich das viel besser "
    "erklären. Ich bin sicher, dass es für beide Seiten spannend wird. Wann passt es Ihnen?\n\nSabine Krohn\n"
)
SUBSTANCE = (
    "Guten Tag Frau Wend,\n\nich bin auf Sie gekommen, weil Sie in Ihrem Buch auf Seite 212 den Fahrplan von "
    "1927 nennen; in unserem Archiv in Kiel liegt das Original. Meine Frage: Darf ich am 3. März zwei Sätze "
    "daraus in der Lesereihe vorlesen lassen? Sie bekämen dafür den Scan des Fahrplans und 300 Euro. "
    "Das lässt sich per Mail klären, telefonieren müssen wir nicht.\n\n"
    "Mit freundlichen Grüßen\nSabine Krohn\n"
)


@dataclass
class Day:
    """What the clock of the house says."""

    now: datetime = NOW


class World:
    """The world outside: letters to the owner go by SMTP to the owner's provider, which hands them over."""

    def __init__(self, box: Box, provider: MailServer, day: Day) -> None:
        self.box, self.provider, self.day = box, provider, day
        provider.on_data = self._hand_over

    def _hand_over(self) -> None:
        """Let the provider put a letter that it took for the owner into the mailbox."""
        taken = self.provider.taken[-1]
        if taken.recipients == (self.box.address,):
            self.box.dovecot.deliver(taken.raw, to=self.box.address, sender=taken.sender)

    def writes(self, words: str, answers: str = "") -> None:
        """Let the stranger send a letter."""
        letter = EmailMessage(policy=SMTP)
        letter["From"], letter["To"] = f"Sabine Krohn <{SABINE}>", self.box.address
        letter["Date"] = self.day.now - timedelta(minutes=1)
        letter["Message-ID"] = f"<{next(_NUMBERS)}@krohn.example>"
        letter["Subject"] = "Re: Ein kurzer Austausch" if answers else "Ein kurzer Austausch"
        if answers:
            letter["In-Reply-To"] = letter["References"] = answers
        letter.set_content(words)
        self.submits(letter, SABINE, self.box.address)

    def submits(self, letter: EmailMessage, sender: str, to: str) -> None:
        """Hand a letter to the provider by SMTP."""
        with smtplib.SMTP(HOST, self.provider.port) as line:
            line.send_message(letter, sender, [to])

    def program_sends_the_draft(self) -> str:
        """Let the owner send the only draft with a mail program; return its Message-ID."""
        (raw,) = self.box.mails("Drafts")
        draft = message_from_bytes(raw, policy=SMTP)
        assert isinstance(draft, EmailMessage)
        del draft["Message-ID"], draft["Date"]
        draft["Message-ID"], draft["Date"] = f"<program-{next(_NUMBERS)}@home.example>", self.day.now
        self.submits(draft, self.box.address, SABINE)
        with self.box.dovecot.login(self.box.address) as session:
            session.select("Drafts")
            session.store("1:*", "+FLAGS", r"(\Deleted)")
            session.expunge()
        self.box.append(draft.as_bytes(), "Sent", r"(\Seen)")
        return str(draft["Message-ID"])

    def reached_the_stranger(self) -> list[str]:
        """Return the subjects of all letters that the provider took for the stranger."""
        letters = [one.raw for one in self.provider.taken if one.recipients == (SABINE,)]
        return [str(message_from_bytes(raw, policy=SMTP)["Subject"]) for raw in letters]


@pytest.fixture
def provider() -> Iterator[MailServer]:
    """Yield the owner's provider, as the world reaches it."""
    with mail_server() as running:
        yield running


@contextmanager
def asked(folder: Path, dovecot: Dovecot, provider: MailServer) -> Iterator[tuple[House, World, str]]:
    """Go as far as the question: a letter came, its draft appeared, a mail program sent it."""
    day, box = Day(), Box(dovecot)
    house, world = House(folder, now=lambda: day.now), World(box, provider, day)
    rules = PolicySettings(preset="show-me-why")
    house.home = replace(house.home, settings=replace(house.home.settings, policy=rules))
    with dovecot.login(box.address) as session:
        session.create("Sent")
    house.connect(box.name, dovecot.imap, FOLDERS)
    with house.working():
        house.until(lambda look: look[1] is not None)
        world.writes(REQUEST)
        house.until(brought)
        assert (only(house).state, only(house).case.decision.action) == (CaseState.WAITING, Action.ASK_BACK)
        assert b"\nIn-Reply-To: <" in box.mails("Drafts")[0].replace(b"\r", b"")
        day.now += timedelta(hours=2)
        sent = world.program_sends_the_draft()
        house.until(lambda _: only(house).state is CaseState.ASKED)
        assert world.reached_the_stranger() == ["Re: Ein kurzer Austausch"]
        day.now += timedelta(days=1)
        yield house, world, sent
    house.home.book.close()


def only(house: House) -> KeptCase:
    """Return the only case there is."""
    (kept,) = house.home.book.cases().cases
    return kept


def test_hot_air_comes_back_and_the_case_lapses(
    tmp_path: Path, dovecot: Dovecot, provider: MailServer
) -> None:
    """Nothing is asked a second time, nothing leaves, no draft lies there: the case is closed silently."""
    with asked(tmp_path, dovecot, provider) as (house, world, sent):
        world.writes(HOT_AIR, sent)
        house.until(lambda _: only(house).case.second is not None)
        house.until(lambda look: look[1] is not None)
        kept = only(house)
        assert kept.case.second is not None
        assert kept.case.second.answer.outcome is Outcome.HOT_AIR
        assert (kept.state, kept.case.decision.action, kept.case.draft) == (
            CaseState.DONE,
            Action.LAPSE,
            None,
        )
        assert (world.box.mails("Drafts"), len(world.reached_the_stranger())) == ([], 1)
        assert house.home.book.outbox.all() == ()


def test_an_answer_with_a_reason_ends_in_a_yes(
    tmp_path: Path, dovecot: Dovecot, provider: MailServer
) -> None:
    """The case comes back to the owner with its reason; moved to a folder on the phone it is accepted."""
    with asked(tmp_path, dovecot, provider) as (house, world, sent):
        world.writes(SUBSTANCE, sent)
        house.until(lambda _: only(house).case.second is not None)
        kept = only(house)
        assert kept.case.second is not None
        assert kept.case.second.answer.outcome is Outcome.FILLED
        assert kept.state is CaseState.WAITING
        world.box.move("INBOX", FOLDERS.accepted)
        house.until(lambda look: bool(look[1] and look[1].decided))
        assert only(house).state is CaseState.DONE
        assert choice_on(house.home.book, kept.id) is Choice.ACCEPTED
        assert len(world.box.mails(FOLDERS.accepted)) == 2
        world.day.now += timedelta(hours=1)
        world.program_sends_the_draft()
        house.until(lambda _: only(house).answered_at == world.day.now)
        assert len(world.reached_the_stranger()) == 2
        assert (only(house).state, house.home.book.outbox.all()) == (CaseState.DONE, ())
