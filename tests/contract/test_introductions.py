"""Introductions found while reading mail: who brought whom, whatever is read first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from anlass.desk.history.collecting import collect
from anlass.desk.people.circle import put
from anlass.desk.people.persons import say_same, unsay
from anlass.desk.people.portrait import portrait
from anlass.desk.surface import ledger_line
from anlass.ledger import EncounterKind
from anlass.ledger.trace import Trace
from anlass.people import Address, AddressKind
from anlass.store.book import Book
from anlass.store.history.awaited import await_introductions
from tests.contract.conftest import NewBook

NOW = datetime(2026, 11, 21, tzinfo=UTC)
OLGA, EVA, TOM, ANN = "olga@home.example", "eva@s.example", "tom@t.example", "ann@a.example"
VOUCHED = "Authentication-Results: mx.home.example; dmarc=pass header.from=s.example"


@dataclass(frozen=True)
class Mail:
    """One mail: on which day of the year, from whom, to whom, and what else its header says."""

    id: str
    day: int
    sender: str
    to: str
    more: tuple[str, ...] = ()

    def write(self, folder: Path) -> None:
        """Put it into a folder."""
        when = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=self.day)).strftime(
            "%d %b %Y %H:%M:%S +0000"
        )
        head = [
            f"From: {self.sender}",
            f"To: {self.to}",
            *([] if any(line.startswith("Date:") for line in self.more) else [f"Date: {when}"]),
            f"Message-ID: <{self.id}@x.example>",
            f"Subject: Betreff {self.id}",
            *self.more,
        ]
        folder.mkdir(exist_ok=True)
        (folder / f"{self.id}.eml").write_text("\n".join([*head, "", "Worte.", ""]))


def answer(to: str) -> str:
    """Return the header of an answer."""
    return f"In-Reply-To: <{to}@x.example>"


FRIENDS = (
    Mail("f1", 1, f"Eva Sülzer <{EVA}>", OLGA, (VOUCHED,)),
    Mail("f2", 2, OLGA, EVA, (answer("f1"),)),
    Mail("f3", 3, f"Eva Sülzer <{EVA}>", OLGA, (answer("f2"), VOUCHED)),
    Mail("f4", 4, f"Eva Sülzer <{EVA}>", OLGA, (VOUCHED,)),
    Mail("f5", 5, OLGA, EVA, (answer("f4"),)),
)
"""What makes Eva and Olga be in touch by the fifth day: three turns in two threads."""
BRINGS = Mail("b1", 9, f"Eva Sülzer <{EVA}>", f"{OLGA}, Tom Tal <{TOM}>", (VOUCHED,))


@dataclass(frozen=True)
class Room:
    """A folder of mails and the book they are read into."""

    book: Book
    folder: Path

    def read(self, *mails: Mail) -> None:
        """Put mails beside those that lie there, and read what is new."""
        for mail in mails:
            mail.write(self.folder)
        collect(self.book, [self.folder], owner=[OLGA], now=NOW)

    def told(self) -> dict[str, list[tuple[str, str, bool]]]:
        """Return for everybody who was introduced the day, by whom, and whether it is proven."""
        found = {}
        for line in self.book.people(at=NOW):
            told = [
                (f"{one.when:%j}".lstrip("0"), one.where, one.is_proven)
                for one in self.book.encounters_with(line.person)
                if one.kind is EncounterKind.INTRODUCTION
            ]
            if told:
                found[line.person.name] = told
        return found

    def names(self) -> list[str]:
        """Return the name of everybody in the ledger."""
        return sorted(line.person.name for line in self.book.people(at=NOW))


@pytest.fixture
def room(book: Book, tmp_path: Path) -> Room:
    """Return an empty room."""
    return Room(book, tmp_path / "mail")


def test_friend_who_writes_to_both_introduces(room: Room) -> None:
    """The newcomer stands in the ledger with the letter, its date, and who brought them."""
    room.read(*FRIENDS, BRINGS)
    assert room.told() == {"Tom Tal": [("10", "Eva Sülzer", True)]}
    (tom,) = room.book.people_named(TOM)
    shown = portrait(room.book, tom, now=NOW, lang="de")
    assert shown.introduced == "Vorgestellt von Eva Sülzer."
    assert shown.tie_says == "Ihr wurdet einander einmal vorgestellt."
    (number,) = shown.numbers
    (piece,) = number.pieces
    assert (number.says, piece.subject, Path(piece.source).name) == (
        "einmal einander vorgestellt",
        "Betreff b1",
        "b1.eml",
    )
    line = ledger_line(tom, shown.tie, "de")
    assert (line["introductions"], line["mails_in"], line["mails_out"], line["proven"]) == (1, 0, 0, 0)
    assert (shown.tie.level.value, line["first"], line["last"]) == ("acquainted", None, None)


def eva(to: str, *more: str, day: int = 9) -> Mail:
    """Return a letter of Eva's, vouched for unless it says something else."""
    results = () if any(line.startswith("Authentication") for line in more) else (VOUCHED,)
    return Mail("b1", day, EVA, to, (*more, *results))


BOTH = f"{OLGA}, {TOM}"
NONE: dict[str, tuple[Mail, ...]] = {
    "stranger": (BRINGS,),
    "not yet in touch": (*FRIENDS, eva(BOTH, day=4)),
    "list": (*FRIENDS, eva(BOTH, "List-Id: <l.s.example>")),
    "machine": (*FRIENDS, eva(BOTH, "Auto-Submitted: auto-generated")),
    "owner not addressed": (*FRIENDS, eva(TOM, f"Bcc: {OLGA}")),
    "machine beside": (*FRIENDS, eva(f"{OLGA}, no-reply@t.example")),
    "crowd": (*FRIENDS, eva(f"{BOTH}, a@a.example, b@b.example, c@c.example")),
    "known before": (*FRIENDS, BRINGS, Mail("o1", 8, OLGA, TOM)),
    "reply to all": (*FRIENDS, Mail("x1", 8, ANN, f"{BOTH}, {EVA}"), eva(BOTH, answer("x1"))),
    "came by himself": (*FRIENDS, Mail("t1", 7, TOM, f"{OLGA}, {EVA}"), eva(BOTH, answer("t1"))),
    "forged": (*FRIENDS, eva(BOTH, VOUCHED.replace("pass", "fail"))),
    "undated": (*FRIENDS, eva(BOTH, "Date: yesterday")),
}


@pytest.mark.parametrize("mails", NONE.values(), ids=NONE)
def test_what_is_no_introduction(room: Room, mails: tuple[Mail, ...]) -> None:
    """Without a known writer, the owner, and a stranger among few, nobody is brought."""
    room.read(*mails)
    assert room.told() == {}


def test_stranger_who_had_written_in_vain_can_still_be_brought(room: Room) -> None:
    """A cold letter that nobody answered made no tie; the friend's word does."""
    room.read(*FRIENDS, Mail("t1", 7, f"Tom Tal <{TOM}>", OLGA), BRINGS)
    assert room.told() == {"Tom Tal": [("10", "Eva Sülzer", True)]}


def test_third_in_copy_of_an_answer_is_brought(room: Room) -> None:
    """Taking Tom in, within a thread of the two is as good as a letter of its own."""
    room.read(*FRIENDS, Mail("b1", 9, EVA, OLGA, (answer("f5"), f"Cc: Tom Tal <{TOM}>", VOUCHED)))
    assert room.told() == {"Tom Tal": [("10", "Eva Sülzer", True)]}


def test_unproven_letter_is_shown_and_counts_for_nothing(room: Room) -> None:
    """Who writes in a friend's name brings somebody by claim only, until the owner writes to them."""
    room.read(*FRIENDS, Mail("b1", 9, EVA, f"{OLGA}, Tom Tal <{TOM}>"))
    assert room.told() == {"Tom Tal": [("10", "Eva Sülzer", False)]}
    (tom,) = room.book.people_named(TOM)
    shown = portrait(room.book, tom, now=NOW, lang="en")
    assert (shown.introduced, shown.tie.introductions, shown.tie.level.value) == ("", 0, "stranger")
    room.read(Mail("o1", 10, OLGA, TOM, (answer("b1"),)))
    assert room.told() == {"Tom Tal": [("10", "Eva Sülzer", True)]}


def test_order_of_reading_never_shows(new_book: NewBook, tmp_path: Path) -> None:
    """Parts of an archive in any order lead to the same ledger as all of it at once."""
    parts = (
        FRIENDS[:3],
        FRIENDS[3:],
        (BRINGS,),
        (Mail("o9", 8, OLGA, ANN), Mail("b2", 12, EVA, f"{OLGA}, Ann <{ANN}>, {TOM}", (VOUCHED,))),
    )
    at_once = Room(new_book(), tmp_path / "all")
    at_once.read(*(mail for part in parts for mail in part))
    assert at_once.told() == {"Tom Tal": [("10", "Eva Sülzer", True)]}
    for number, order in enumerate(permutations(parts)):
        room = Room(new_book(), tmp_path / str(number))
        for part in order:
            room.read(*part)
        assert list(room.book.people(at=NOW)) == list(at_once.book.people(at=NOW))
        assert room.told() == at_once.told()


@pytest.mark.parametrize("mails", [*NONE.values(), (*FRIENDS, BRINGS)], ids=[*NONE, "brought"])
def test_letters_read_one_by_one_from_the_last_say_what_all_of_them_say(
    new_book: NewBook, tmp_path: Path, mails: tuple[Mail, ...]
) -> None:
    """Who was brought by what is there so far is taken back by the letter that shows otherwise."""
    at_once, one_by_one = Room(new_book(), tmp_path / "all"), Room(new_book(), tmp_path / "each")
    at_once.read(*mails)
    for mail in reversed(mails):
        one_by_one.read(mail)
    assert one_by_one.told() == at_once.told()
    assert list(one_by_one.book.people(at=NOW)) == list(at_once.book.people(at=NOW))
    await_introductions(one_by_one.book._tables)
    one_by_one.book.settle()
    assert one_by_one.told() == at_once.told()


def test_newcomer_who_turns_out_to_be_known_is_taken_back_with_the_name(room: Room) -> None:
    """An older letter found later shows that the owner knew Ann; her name is that of the owner's letter."""
    room.read(*FRIENDS, Mail("b1", 9, EVA, f"{OLGA}, Annemarie A. <{ANN}>", (VOUCHED,)))
    assert room.names() == ["Annemarie A.", "Eva Sülzer"]
    room.read(Mail("o1", 6, OLGA, f"Ann Ahn <{ANN}>"))
    assert (room.told(), room.names()) == ({}, ["Ann Ahn", "Eva Sülzer"])


def test_who_is_known_by_an_introduction_alone_goes_with_it(room: Room) -> None:
    """Where the introducer turns out to be none, the newcomer is nobody any more."""
    room.read(*FRIENDS, BRINGS)
    word = put(room.book, EVA, is_in=False, now=NOW).word
    assert (room.told(), room.names()) == ({}, ["Eva Sülzer"])
    unsay(room.book, word.id, now=NOW)
    assert room.told() == {"Tom Tal": [("10", "Eva Sülzer", True)]}


def test_whom_the_owner_calls_close_can_introduce(room: Room) -> None:
    """Family who never write are known all the same."""
    room.read(Mail("m1", 1, f"Mama <{EVA}>", OLGA, (VOUCHED,)), BRINGS)
    assert room.told() == {}
    put(room.book, EVA, is_in=True, now=NOW)
    assert room.told() == {"Tom Tal": [("10", "Eva Sülzer", True)]}


def test_one_person_with_two_addresses_is_brought_once_and_brings_nobody(room: Room) -> None:
    """Joined addresses are one newcomer, and an introducer's second address is none."""
    second, other = "eva@private.example", "tom@private.example"
    room.read(*FRIENDS, Mail("b1", 9, f"Eva Sülzer <{EVA}>", f"{OLGA}, {TOM}, {other}, {second}", (VOUCHED,)))
    assert sorted(room.told()) == [second, other, TOM]
    said = [say_same(room.book, TOM, other, now=NOW), say_same(room.book, EVA, second, now=NOW)]
    assert [len(told) for told in room.told().values()] == [1]
    for one in said:
        unsay(room.book, one.word.id, now=NOW)
    assert sorted(room.told()) == [second, other, TOM]


def test_address_book_makes_nobody_known(room: Room) -> None:
    """An entry is a note: who stands in it is still brought, by the name that stands there."""
    tom = Trace("Thomas Tal", (Address(AddressKind.MAIL, TOM),), "cards.vcf, card 1")
    room.book.traces.tell("cards", [tom], joins=True)
    room.read(*FRIENDS, BRINGS)
    assert room.told() == {"Thomas Tal": [("10", "Eva Sülzer", True)]}


def test_run_that_broke_off_before_introductions_is_made_whole(room: Room) -> None:
    """What was written before the power went is worked out by the next run, though it reads nothing new."""

    class PowerFailure(Exception):
        """The end of a run."""

    for mail in (*FRIENDS, BRINGS):
        mail.write(room.folder)

    def power(_: int) -> None:
        raise PowerFailure

    with pytest.raises(PowerFailure):
        collect(room.book, [room.folder], owner=[OLGA], now=NOW, progress=power)
    assert room.told() == {}
    assert collect(room.book, [room.folder], owner=[OLGA], now=NOW).counts.read == 0
    assert room.told() == {"Tom Tal": [("10", "Eva Sülzer", True)]}


def test_second_own_address_is_no_newcomer(room: Room) -> None:
    """Who turns out to be the owner was not introduced to the owner."""
    room.read(*FRIENDS, BRINGS)
    collect(room.book, [room.folder], owner=[TOM], now=NOW)
    assert (room.told(), room.names()) == ({}, ["Eva Sülzer"])
