"""Two strangers at a watched mailbox, told with real servers: one has nothing to say, one has a reason.

A letter arrives by SMTP, its draft lies in Drafts, the owner sends it from a mail program like any other
letter. What comes back closes the case, or opens a door; nobody ever pressed a button of the house.
"""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime
from itertools import count
from pathlib import Path

import pytest

from anlass.config import PolicySettings
from anlass.desk.mail.watching import Looked
from anlass.desk.people.standing import standing_of
from anlass.ledger import TieLevel, tie_of
from anlass.litmus.reply import Outcome
from anlass.people import Address, AddressKind, Standing
from anlass.policy import Action
from anlass.store.cases.kept import CaseState, KeptCase
from tests.integration.test_dovecot_archive import quoted
from tests.live import NOW, House, Look
from tests.mail_server import HOST, MailServer, mail_server
from tests.servers import Dovecot

pytestmark = pytest.mark.slow  # two real servers, and a worker that runs between them

_NAMES = count(1)
ASKING = (
    "Guten Tag Frau Wend,\n\nich bin auf Ihr Profil gestoßen und fände einen Austausch sehr spannend. Haben "
    "Sie nächste Woche 30 Minuten für ein Telefonat?\n\nViele Grüße\n{name}\n"
)
HOT_AIR = (
    "Guten Tag Frau Wend,\n\nvielen Dank für Ihre schnelle Antwort. Mir geht es um einen offenen Austausch "
    "auf Augenhöhe, aus dem sich sicher spannende Synergien ergeben. Ich freue mich auf das Gespräch.\n\n"
    "Viele Grüße\n{name}\n"
)
A_REASON = (
    "Guten Tag Frau Wend,\n\nes geht um die Lesung am 12. März in der Stadtbücherei Husum: Ich leite dort "
    "das Programm und möchte Ihr Buch über die Deiche vorstellen, 45 Minuten Lesung und ein Gespräch, "
    "Honorar 600 Euro und die Fahrt. Am Telefon wollte ich nur den Ablauf klären.\n\nViele Grüße\n{name}\n"
)


class Story:
    """An owner with a mailbox, a mail program and a watched house, and the post that brings letters."""

    def __init__(self, folder: Path, dovecot: Dovecot, post: MailServer) -> None:
        self.dovecot, self.post = dovecot, post
        name = f"story{next(_NAMES)}"
        self.address = f"{name}@anlass.example"
        self.now = NOW
        self.house = House(folder, lambda: self.now)
        with dovecot.login(self.address) as session:
            session.create("Sent")
        self.house.connect(name, dovecot.imap)

    def lives_by(self, preset: str) -> None:
        """Choose the house rules."""
        settings = replace(self.house.home.settings, policy=PolicySettings(preset))
        self.house.home = replace(self.house.home, settings=settings)

    def writes(
        self, name: str, address: str, id_: str, text: str, answers: EmailMessage | None = None
    ) -> None:
        """Let a stranger send a letter by SMTP; the owner's provider puts it into the mailbox."""
        letter = EmailMessage(policy=policy.SMTP)
        letter["From"], letter["To"] = f"{name} <{address}>", self.address
        letter["Date"], letter["Message-ID"] = format_datetime(self.now), f"<{id_}>"
        letter["Subject"] = f"Re: {answers['Subject']}" if answers else "Austausch"
        if answers:
            letter["In-Reply-To"] = letter["References"] = answers["Message-ID"]
        letter.set_content(text.format(name=name))
        self._hand_over(letter.as_bytes(), address, self.address)
        taken = self.post.taken.pop()
        self.dovecot.deliver(taken.raw, to=taken.recipients[0], sender=taken.sender)

    def draft(self) -> EmailMessage:
        """Return the only draft, as the owner sees it in a mail program."""
        (raw,) = self._mails("Drafts")
        return message_from_bytes(raw, policy=policy.SMTP)

    def drafts(self) -> int:
        """Count the drafts."""
        return len(self._mails("Drafts"))

    def sends(self, draft: EmailMessage) -> EmailMessage:
        """Send a draft as mail programs do: under an id of theirs, with a copy in Sent, out of Drafts."""
        id_ = f"<program-{draft['Message-ID'].strip('<>')}>"
        draft.replace_header("Message-ID", id_)
        draft.replace_header("Date", format_datetime(self.now))
        to = draft["To"].addresses[0].addr_spec
        self._hand_over(draft.as_bytes(), self.address, to)
        with self.dovecot.login(self.address) as session:
            assert session.append("Sent", r"(\Seen)", "", draft.as_bytes())[0] == "OK"
            session.select("Drafts")
            session.store("1:*", "+FLAGS", r"(\Deleted)")
            session.expunge()
        return message_from_bytes(self.post.taken.pop().raw, policy=policy.SMTP)

    def answers(self, id_: str, text: str) -> None:
        """Let the owner answer a letter of the inbox in words of their own, from a mail program."""
        letter = EmailMessage(policy=policy.SMTP)
        letter["From"], letter["To"] = self.address, "Inga Petersen <inga@buecherei.example>"
        letter["Date"], letter["Message-ID"] = format_datetime(self.now), f"<answer-to-{id_}>"
        letter["Subject"], letter["In-Reply-To"], letter["References"] = (
            "Re: Austausch",
            f"<{id_}>",
            f"<{id_}>",
        )
        letter.set_content(text)
        with self.dovecot.login(self.address) as session:
            assert session.append("Sent", r"(\Seen)", "", letter.as_bytes())[0] == "OK"

    def standing(self, address: str) -> Standing:
        """Return what somebody is to the owner by now."""
        book = self.house.home.book
        person = book.person_of(Address(AddressKind.MAIL, address))
        return standing_of(
            book, person, tie_of(book.encounters_with(person, at=self.now), at=self.now), at=self.now
        )

    def case(self) -> KeptCase:
        """Return the only case."""
        (kept,) = self.house.home.book.cases().cases
        return kept

    def _mails(self, folder: str) -> list[bytes]:
        with self.dovecot.login(self.address) as session:
            session.select(quoted(folder), readonly=True)
            uids = session.uid("SEARCH", "UNDELETED")[1][0].split()
            return [session.uid("FETCH", uid, "(BODY.PEEK[])")[1][0][1] for uid in uids]

    def _hand_over(self, raw: bytes, sender: str, to: str) -> None:
        with smtplib.SMTP(HOST, self.post.port) as link:
            link.sendmail(sender, [to], raw)


@pytest.fixture
def story(tmp_path: Path, dovecot: Dovecot) -> Iterator[Story]:
    """Return an owner whose mailbox is watched by nobody yet."""
    with mail_server() as post:
        yield Story(tmp_path, dovecot, post)


def asked(story: Story, name: str, address: str) -> EmailMessage:
    """Let a stranger ask for half an hour, and the owner send the counter-question; return what was sent."""
    story.writes(name, address, f"first-{address}", ASKING)
    story.house.until(brought_a_case)
    kept = story.case()
    assert (kept.state, kept.case.decision.action) == (CaseState.WAITING, Action.ASK_BACK)
    draft = story.draft()
    assert draft["In-Reply-To"] == f"<first-{address}>"
    story.now += timedelta(hours=2)
    sent = story.sends(draft)
    story.house.until(lambda look: story.case().state is CaseState.ASKED)
    return sent


def brought_a_case(look: Look) -> bool:
    """Tell whether a look found a new case."""
    return isinstance(look[1], Looked) and bool(look[1].cases)


def test_hot_air_ends_kindly_and_silently(story: Story) -> None:
    """Asked what it is about, the stranger says that it will be exciting: the case lapses in silence."""
    story.lives_by("show-me-why")
    with story.house.working():
        sent = asked(story, "Jonas Trapp", "jonas@trapp.example")
        story.now += timedelta(days=1)
        story.writes("Jonas Trapp", "jonas@trapp.example", "second@trapp.example", HOT_AIR, sent)
        story.house.until(lambda look: story.case().case.second is not None)
    kept = story.case()
    assert kept.case.second is not None
    assert kept.case.second.answer.outcome is Outcome.HOT_AIR
    assert (kept.case.decision.action, kept.state) == (Action.LAPSE, CaseState.DONE)
    assert (story.drafts(), story.post.taken) == (0, [])


def test_a_reason_opens_the_door(story: Story) -> None:
    """Asked what it is about, she says it: they write on, and by evidence she is a contact."""
    story.lives_by("relationship-first")
    with story.house.working():
        sent = asked(story, "Inga Petersen", "inga@buecherei.example")
        story.now += timedelta(days=1)
        story.writes("Inga Petersen", "inga@buecherei.example", "second@buecherei.example", A_REASON, sent)
        story.house.until(lambda look: story.case().case.second is not None)
        kept = story.case()
        assert kept.case.second is not None
        assert kept.case.second.answer.outcome is Outcome.FILLED
        assert (kept.case.decision.action, kept.state) == (Action.HOLD, CaseState.WAITING)
        story.now += timedelta(hours=1)
        story.answers("second@buecherei.example", "Gern. Ich komme am 12. März. Den Ablauf klären wir so.")
        story.house.until(lambda look: story.case().state is CaseState.DONE)
        story.now += timedelta(days=20)
        story.writes(
            "Inga Petersen", "inga@buecherei.example", "third@buecherei.example", "Der Vertrag liegt bei.\n"
        )
        story.house.until(lambda look: bool(look[1] and look[1].read))
        story.answers("third@buecherei.example", "Danke, er ist unterschrieben in der Post.")
        story.house.until(lambda look: story.standing("inga@buecherei.example") is Standing.CONTACT)
    book = story.house.home.book
    person = book.person_of(Address(AddressKind.MAIL, "inga@buecherei.example"))
    tie = tie_of(book.encounters_with(person, at=story.now), at=story.now)
    assert tie.level is TieLevel.IN_TOUCH
    assert (len(book.cases().cases), story.drafts(), story.post.taken) == (2, 0, [])
