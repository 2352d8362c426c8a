"""A question that left by itself, and what comes back to it: read, hurt, forged, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from anlass.channels.mail.sink import Sink, sink
from anlass.desk.history.collecting import collect
from anlass.desk.house.rehearsal_letters import HONEST, OWNER, TRUSTED, Scene
from anlass.desk.house.rehearsing import TALKATIVE
from anlass.desk.outgoing.answering import Answering
from anlass.desk.outgoing.outbox import Writer, release
from anlass.desk.outgoing.posting import PostOffice, post
from anlass.desk.requests.screening import Desk, screen
from anlass.doorman import Doorman
from anlass.intake import Recipient
from anlass.litmus.reply import Outcome
from anlass.litmus.shipped import load_panel
from anlass.policy import Action, parse_policy
from anlass.replies import shipped_templates
from anlass.replies.silence import USUAL
from anlass.replies.token import signed_id
from anlass.store import open_book
from anlass.store.book import Book, CaseState, KeptCase
from tests.letters_out import Drawer

pytestmark = pytest.mark.slow  # real letters take the whole way, with a database and a mail server

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
GOOD = (
    "Guten Tag Frau Brandt,\n\ngern: Ich leite die Anmeldung einer Kinderarztpraxis in Essen und habe Ihren"
    " Vortrag über Wartezimmer am 3. November in Köln gehört. Ich möchte mit Ihnen klären, ob wir Ihre Regel"
    " mit den zwei Schlangen bei uns vier Wochen ausprobieren können; dafür bekämen Sie alle Zahlen für Ihr"
    " Buch.\n\nViele Grüße\nHanna Hohl\n"
)
HURT = "Was bilden Sie sich eigentlich ein? So eine unverschämte Rückfrage. Das ist eine Frechheit.\n"


class House:
    """A house that asks everybody by itself, with its archive, its mail server and its Sent folder."""

    def __init__(self, folder: Path, server: Sink) -> None:
        self.folder, self.server, self.sent = folder, server, Drawer()
        self.book: Book = open_book(folder / "data")
        self.doorman = Doorman(load_panel(), parse_policy(TALKATIVE), shipped_templates())
        self.answering = Answering(Writer("Olga Brandt", OWNER), USUAL, UTC, frozenset({TRUSTED}))
        self.count = 0

    def comes(self, scene: Scene, now: datetime) -> None:
        """Let a letter come in."""
        self.count += 1
        path = self.folder / f"{self.count}.eml"
        path.write_bytes(scene.raw(format_datetime(now)))
        self.look(now + timedelta(minutes=1), path)

    def look(self, now: datetime, *paths: Path) -> None:
        """Collect and screen, as every run does."""
        collect(self.book, paths, owner=[OWNER], trusted=[TRUSTED], now=now)
        desk = Desk(self.book, self.doorman, Recipient("Olga Brandt"), now, answering=self.answering)
        list(screen(desk, paths))

    def posts(self, now: datetime) -> None:
        """Hand over what is due."""
        list(post(self.book, PostOffice(self.server.way(), "w", lambda: now, self.sent)))

    def case(self) -> KeptCase:
        """Return the first case there was."""
        return self.book.cases(limit=50).cases[-1]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Yield a house that has asked back by itself, a day ago."""
    with sink() as server:
        made = House(tmp_path, server)
        with closing(made.book):
            made.comes(HONEST, NOON)
            made.posts(NOON + timedelta(hours=1))
            yield made


def thread(house: House) -> dict[str, str | None]:
    """Return the fields of a reply to the question."""
    (boxed,) = house.book.outbox.all()
    ours = f"<{boxed.letter.message_id}>"
    return {
        "In-Reply-To": ours,
        "References": f"<an-honest-letter@ag.example> {ours}",
        "Subject": "Re: Kurzer Austausch?",
    }


def test_the_question_left_and_the_case_waits_for_the_answer(house: House) -> None:
    """Asked once, kept among the sent letters, journalled with the rule."""
    (boxed,) = house.book.outbox.all()
    assert (len(house.server.letters), house.case().state) == (1, CaseState.ASKED)
    assert list(house.sent.letters) == [boxed.letter.message_id]
    acts = [entry.act for entry in house.book.entries(about=house.case().id)]
    assert sorted(acts) == ["answer", "sent"]
    assert boxed.letter.rule == "Everybody is asked"


def test_a_reply_is_read_in_the_light_of_the_question(house: House) -> None:
    """It becomes the case's second round; nothing is asked again, and no new case begins."""
    house.comes(Scene("the reply", thread(house), GOOD), NOON + DAY)
    house.look(NOON + DAY + timedelta(hours=1), house.folder / "2.eml")
    kept = house.case()
    assert kept.case.second is not None
    assert kept.case.second.answer.outcome in {Outcome.FILLED, Outcome.PARTLY}
    assert kept.case.second.reply.question.startswith("Guten Tag")
    assert (kept.state, kept.case.decision.action) == (CaseState.WAITING, Action.HOLD)
    assert house.book.cases(limit=50).total == 1
    house.posts(NOON + 3 * DAY)
    assert len(house.server.letters) == 1


def test_a_hurt_reply_goes_to_the_owner_with_a_calm_word(house: House) -> None:
    """A human answers that; what is drafted asks nothing and defends nothing."""
    house.comes(Scene("the reply", thread(house), HURT), NOON + DAY)
    house.look(NOON + DAY + timedelta(hours=1), house.folder / "2.eml")
    kept = house.case()
    assert kept.case.second is not None
    assert kept.case.second.answer.outcome is Outcome.HURT
    assert (kept.state, kept.case.decision.action) == (CaseState.WAITING, Action.HOLD)
    assert kept.case.draft is not None
    text = kept.case.draft.text.words
    assert "Es tut mir leid, dass meine Frage so bei Ihnen angekommen ist." in text
    assert "?" not in text
    writer = Writer("Olga Brandt", OWNER)
    boxed = release(house.book, writer, kept.id, now=NOON + 2 * DAY, lang="de")
    house.posts(boxed.due)
    assert len(house.server.letters) == 2
    assert house.case().state is CaseState.DONE


@pytest.mark.parametrize("made_up", ["f" * 20 + "." + "0" * 20 + "@home.example", "x@home.example"])
def test_a_message_id_that_is_made_up_does_nothing(house: House, made_up: str) -> None:
    """A letter that claims to answer one of ours which never was is a new letter, marked as what it is."""
    fields: dict[str, str | None] = {
        "In-Reply-To": f"<{made_up}>",
        "References": None,
        "Subject": "Re: Ihre Frage",
    }
    house.comes(Scene("made up", fields, GOOD), NOON + DAY)
    house.look(NOON + DAY + timedelta(hours=1), house.folder / "2.eml")
    assert house.case().case.second is None
    assert house.case().state is CaseState.ASKED
    assert house.book.cases(limit=50).total == 2


def test_a_foreign_persons_use_of_our_message_id_does_nothing(house: House) -> None:
    """Whoever got the letter passed on answers for themselves: the case is still the first person's."""
    fields = {
        **thread(house),
        "From": "Eve <eve@other.example>",
        "Return-Path": "<eve@other.example>",
        "Authentication-Results": f"{TRUSTED}; dmarc=pass header.from=other.example",
    }
    house.comes(Scene("eve", fields, GOOD), NOON + DAY)
    house.look(NOON + DAY + timedelta(hours=1), house.folder / "2.eml")
    assert house.case().case.second is None
    assert house.case().state is CaseState.ASKED
    house.posts(NOON + 3 * DAY)
    assert len(house.server.letters) == 1


def test_a_signed_id_of_another_case_does_nothing(house: House) -> None:
    """The same person, in the same thread, naming a Message-ID that the house signed for something else."""
    (boxed,) = house.book.outbox.all()
    foreign = signed_id(
        house.book.latches.key(),
        b"0123456789",
        request="other",
        person=boxed.letter.person,
        domain="home.example",
    )
    fields: dict[str, str | None] = {
        "In-Reply-To": f"<{foreign}>",
        "References": f"<an-honest-letter@ag.example> <{foreign}>",
    }
    house.comes(Scene("foreign", fields, GOOD), NOON + DAY)
    house.look(NOON + DAY + timedelta(hours=1), house.folder / "2.eml")
    assert house.case().case.second is None


def test_silence_lapses_silently(house: House) -> None:
    """Three weeks without an answer: the case closes, nobody is reminded, nothing is sent."""
    house.look(NOON + 21 * DAY)
    assert house.case().state is CaseState.ASKED
    house.look(NOON + 22 * DAY + timedelta(hours=2))
    assert house.case().state is CaseState.DONE
    house.posts(NOON + 30 * DAY)
    assert len(house.server.letters) == 1
    assert house.book.entries(about=house.case().id)[0].act == "lapsed"


def test_what_the_owner_answers_first_does_not_go_by_itself(tmp_path: Path) -> None:
    """The case was moved before the letter was due: it stays, and says why."""
    with sink() as server:
        house = House(tmp_path, server)
        with closing(house.book):
            house.comes(HONEST, NOON)
            house.book.set_state(house.case().id, CaseState.WATCHED)
            house.posts(NOON + DAY)
            (boxed,) = house.book.outbox.all()
            assert (boxed.state.value, boxed.says, server.knocks) == ("stopped", "answered", 0)
