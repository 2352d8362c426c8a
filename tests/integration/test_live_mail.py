"""A watched mailbox on a real server: what comes is a case with a draft, what the owner does is heard."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from anlass.bootstrap import make_doorman
from anlass.channels.mail.account import GERMAN, Folders
from anlass.channels.mail.sent import Sent
from anlass.desk.accounts.mail import opened
from anlass.desk.decisions.deciding import Choice
from anlass.desk.decisions.deciding import decide as desk_decide
from anlass.policy import Action
from anlass.store.cases.kept import CaseState
from tests.integration.test_dovecot_archive import quoted
from tests.live import NOW, House, Look, brought, request
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

    def keywords(self) -> list[str]:
        """Return the keywords of the house on the only mail of the inbox."""
        with self.dovecot.login(self.address) as session:
            session.select("INBOX", readonly=True)
            told = session.fetch("1", "(FLAGS)")[1][0]
        return re.findall("Anlass[A-Z][a-z]+", told.decode() if isinstance(told, bytes) else "")

    def number_anew(self) -> None:
        """Give the inbox another UIDVALIDITY, as a server does that was restored."""
        maildir = self.dovecot.maildir(self.address)
        for index in maildir.glob("dovecot.index*"):
            index.unlink()
        numbers = maildir / "dovecot-uidlist"
        head, *lines = numbers.read_text().splitlines()
        again = re.sub(r"V(\d+)", lambda hit: f"V{int(hit[1]) + 1_000}", head)
        more = [re.sub(r"^\d+", lambda hit: str(int(hit[0]) + 40), line) for line in lines]
        numbers.write_text("\n".join([re.sub(r"N\d+", "N80", again), *more, ""]))

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
    """What lay there is history; what comes is a case, and its draft is a reply in the thread."""
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


def test_no_draft_lies_where_the_owner_wants_none(house: House, box: Box) -> None:
    """The mail is a case; in the mailbox nothing has changed."""
    house.connect(box.name, box.dovecot.imap, Folders(keeps_drafts=False))
    with house.working():
        house.until(lambda look: look[1] is not None)
        box.deliver("one")
        _, looked, _ = house.until(brought)
    assert looked is not None
    assert (len(looked.cases), looked.drafts) == (1, 0)
    assert (len(box.mails("INBOX")), box.mails("Drafts")) == (1, [])


def test_a_second_look_does_nothing_again(house: House, box: Box) -> None:
    """What was read, judged and drafted before is left as it is, also by another run of the program."""
    house.connect(box.name, box.dovecot.imap)
    box.deliver("one")
    assert house.once() == {}
    again = House(house.data)
    assert again.once() == {}
    assert [(look[1].read, look[1].drafts) for look in list(again.looks.queue) if look[1]] == [(0, 0)]
    assert (len(box.mails("Drafts")), house.cases()) == (1, ["one@krohn.example"])


def test_days_offline_are_caught_up(house: House, box: Box) -> None:
    """What came while nobody watched becomes cases; what was thrown away meanwhile does no harm."""
    house.connect(box.name, box.dovecot.imap)
    house.once()
    box.deliver("gone")
    box.remove("INBOX")
    for number in range(3):
        box.deliver(f"later{number}")
    house.once()
    assert house.cases() == [f"later{number}@krohn.example" for number in range(3)]
    assert len(box.mails("Drafts")) == 3


def test_a_folder_that_is_numbered_anew_brings_nothing_twice(house: House, box: Box) -> None:
    """Where the server gives other numbers, letters are known by what they are; the new one is found."""
    house.connect(box.name, box.dovecot.imap)
    box.deliver("one")
    house.once()
    box.number_anew()
    box.deliver("two")
    house.once()
    assert house.cases() == ["one@krohn.example", "two@krohn.example"]
    assert len(box.mails("Drafts")) == 2


def only_case(house: House) -> str:
    """Return the id of the only case."""
    (kept,) = house.home.book.cases().cases
    return kept.id


def test_a_draft_that_the_owner_changed_is_left_alone(house: House, box: Box) -> None:
    """Neither is it changed when the case is, nor taken away when the case is done."""
    house.connect(box.name, box.dovecot.imap)
    box.deliver("one")
    house.once()
    (draft,) = box.mails("Drafts")
    changed = draft.replace(b"\r\n\r\n", b"\r\n\r\nMoin, Sabine.\r\n", 1)
    box.remove("Drafts")
    box.append(changed, "Drafts", r"(\Draft)")
    decide(house, only_case(house), Choice.WATCHED)
    house.once()
    assert box.mails("Drafts") == [changed]


def test_a_draft_that_the_owner_threw_away_stays_away(house: House, box: Box) -> None:
    """It is not put there again."""
    house.connect(box.name, box.dovecot.imap)
    box.deliver("one")
    house.once()
    box.remove("Drafts")
    decide(house, only_case(house), Choice.ACCEPTED)
    house.once()
    assert box.mails("Drafts") == []


def test_a_draft_follows_the_decision(house: House, box: Box) -> None:
    """Where nobody has touched it, another takes its place; where nothing is to be said it goes."""
    house.connect(box.name, box.dovecot.imap)
    box.deliver("one")
    house.once()
    (asking,) = box.mails("Drafts")
    decide(house, only_case(house), Choice.ACCEPTED)
    house.once()
    (accepting,) = box.mails("Drafts")
    assert asking != accepting
    decide(house, only_case(house), Choice.WATCHED)
    house.once()
    assert box.mails("Drafts") == []


def decide(house: House, case: str, choice: Choice) -> None:
    """Decide on a case elsewhere, as on a page."""
    doorman, _ = make_doorman(house.home.settings, "de")
    assert desk_decide(house.home.book, doorman, case, choice, now=NOW).is_new


def test_an_answer_from_the_mail_program_closes_the_step(house: House, box: Box) -> None:
    """A letter among sent mail, in the thread, answers the case; the draft that lay there goes."""
    house.connect(box.name, box.dovecot.imap)
    box.deliver("one")
    house.once()
    (draft,) = box.mails("Drafts")
    answer = draft.replace(b"Message-ID: <", b"Message-ID: <my-", 1)
    box.append(answer, "Sent", r"(\Seen)")
    with house.working():
        house.until(lambda look: bool(look[1] and look[1].drafts))
    (kept,) = house.home.book.cases().cases
    assert kept.answered_at is not None
    assert kept.state is (CaseState.ASKED if kept.case.decision.action is Action.ASK_BACK else CaseState.DONE)
    assert box.mails("Drafts") == []


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("asked", CaseState.ASKED),
        ("watched", CaseState.WATCHED),
        ("accepted", CaseState.DONE),
        ("lapsed", CaseState.DONE),
    ],
)
def test_moving_a_mail_is_the_decision_and_the_way_back(
    house: House, box: Box, word: str, state: CaseState
) -> None:
    """A mail in a folder of the house says what the owner decides; back in the inbox it takes that back."""
    folders = replace(GERMAN, shown="folders", waiting="INBOX")
    house.connect(box.name, box.dovecot.imap, folders)
    box.deliver("one")
    house.once()
    (before,) = house.home.book.cases().cases
    title = getattr(folders, word)
    box.move("INBOX", title)
    house.once()
    (kept,) = house.home.book.cases().cases
    assert (kept.state, len(box.mails(title)), box.mails("INBOX")) == (state, 1, [])
    assert [
        one.content["choice"] for one in house.home.book.entries(about=kept.id) if one.act == "decide"
    ] == [word]
    lessons = len(house.home.book.lessons())
    assert lessons == (0 if word == "watched" else 1)
    box.move(title, "INBOX")
    house.once()
    (kept,) = house.home.book.cases().cases
    assert (kept.state, len(house.home.book.lessons())) == (before.state, 0)
    assert (len(box.mails("INBOX")), box.mails(title)) == (1, [])


def test_cases_appear_in_the_folders_of_the_owners_choice(house: House, box: Box) -> None:
    """A new request lies among requests; decided on elsewhere, its mail moves there too, and once."""
    folders = replace(GERMAN, shown="folders")
    house.connect(box.name, box.dovecot.imap, folders)
    box.deliver("one")
    house.once()
    assert (box.mails("INBOX"), len(box.mails(folders.waiting))) == ([], 1)
    decide(house, only_case(house), Choice.WATCHED)
    house.once()
    house.once()
    assert (box.mails(folders.waiting), len(box.mails(folders.watched))) == ([], 1)
    (kept,) = house.home.book.cases().cases
    assert kept.state is CaseState.WATCHED
    assert len([one for one in house.home.book.entries(about=kept.id) if one.act == "decide"]) == 1


@pytest.mark.parametrize("dies", [False, True])
def test_what_the_house_moved_is_nobodys_word(house: House, box: Box, dies: bool) -> None:
    """Decided on a page before the moved mail is met where it lies: the page holds, also after a restart."""
    house.connect(box.name, box.dovecot.imap, replace(GERMAN, shown="folders"))
    box.deliver("one")
    house.once()
    decide(house, only_case(house), Choice.WATCHED)
    house.once()
    decide(house, only_case(house), Choice.LAPSED)
    if dies:
        house.home.book.close()
        house = House(house.data)
    house.once()
    house.once()
    (kept,) = house.home.book.cases().cases
    entries = house.home.book.entries(about=kept.id)
    words = [str(one.content["choice"]) for one in entries if one.act == "decide"]
    assert (kept.state, sorted(words)) == (CaseState.DONE, ["lapsed", "watched"])
    assert (box.mails(GERMAN.watched), len(box.mails(GERMAN.lapsed))) == ([], 1)
    box.move(GERMAN.lapsed, GERMAN.watched)
    house.once()
    assert house.home.book.case(kept.id).state is CaseState.WATCHED


def test_cases_appear_as_keywords_and_another_keyword_decides(house: House, box: Box) -> None:
    """The mail stays in the inbox and bears one keyword of the house; one that the owner adds decides."""
    house.connect(box.name, box.dovecot.imap, replace(GERMAN, shown="keywords"))
    box.deliver("one")
    house.once()
    assert box.keywords() == ["AnlassWaiting"]
    with box.dovecot.login(box.address) as session:
        session.select("INBOX")
        session.store("1", "+FLAGS", "AnlassWatched")
    house.once()
    (kept,) = house.home.book.cases().cases
    assert (kept.state, box.keywords()) == (CaseState.WATCHED, ["AnlassWatched"])


def test_originals_stay_where_they_are_unless_the_owner_chose_otherwise(house: House, box: Box) -> None:
    """Without a choice no folder is made, no mail moved, none marked as read."""
    house.connect(box.name, box.dovecot.imap)
    box.deliver("one")
    house.once()
    decide(house, only_case(house), Choice.WATCHED)
    house.once()
    with box.dovecot.login(box.address) as session:
        names = sorted(row.split()[-1].decode() for row in session.list()[1] if isinstance(row, bytes))
        session.select("INBOX", readonly=True)
        flags = session.fetch("1", "(FLAGS)")[1][0]
    assert names == ["Drafts", "INBOX"]
    assert isinstance(flags, bytes)
    assert b"\\Seen" not in flags


def is_of(name: str, look: Look) -> bool:
    """Tell whether a look was into this mailbox."""
    return look[0] == name


def test_two_mailboxes_have_one_case_of_one_letter(house: House, dovecot: Dovecot) -> None:
    """A letter to both addresses of the owner is one case with one draft."""
    first, second = Box(dovecot), Box(dovecot)
    house.connect(first.name, dovecot.imap)
    house.connect(second.name, dovecot.imap)
    raw = request("both", to=f"{first.address}, {second.address}")
    for one in (first, second):
        dovecot.deliver(raw, to=one.address, sender="sabine@krohn.example")
    with house.working():
        house.until(brought)
        for name in (first.name, second.name):
            for _ in range(2):
                house.until(partial(is_of, name))
    assert house.cases() == ["both@krohn.example"]
    assert len(first.mails("Drafts")) + len(second.mails("Drafts")) == 1


def test_sent_mail_is_kept_once(house: House, box: Box) -> None:
    """A letter that was sent lies in the folder for sent mail one time, however often it is put there."""
    account = house.connect(box.name, box.dovecot.imap)
    box.append(b"From: a@b.example\r\n\r\nWorte.\r\n", "Sent")
    raw = request("mine", to="sabine@krohn.example")
    for _ in range(2):
        with opened(account, house.secrets) as line:
            sent = Sent(line, "Sent")
            sent.keep(raw, "<mine@krohn.example>")
            assert (sent.holds("mine@krohn.example"), sent.holds("other@krohn.example")) == (True, False)
    assert len(box.mails("Sent")) == 2
