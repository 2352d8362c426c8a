"""A block holds wherever something would be done for somebody, on both databases; lifted, it is undone."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from anlass.desk.blocking.blocking import block
from anlass.desk.cards.own import FILE, take_in
from anlass.desk.cards.vouchers import give_voucher, in_mail, published, take_key
from anlass.desk.cards.vouching import agree, note_asked, public_list, vouch, vouched_person
from anlass.desk.gatherings import hosting
from anlass.desk.outgoing.consent import consent_letter, release_consent
from anlass.desk.people.persons import Said, unsay
from anlass.desk.people.watch_list import put_on, wake, watch_list
from anlass.errors import Refused
from anlass.ledger import EncounterKind
from anlass.people.voucher import VoucherFault
from anlass.sources.events import Named
from anlass.store.book import Book
from anlass.store.outgoing.outbox import OutboxState
from tests.contract.conftest import NewBook
from tests.contract.test_cards import meet
from tests.contract.test_hosting import PEOPLE
from tests.contract.test_vouching import KAI, NOW, OLGA, TRUSTED, later, letter_from, somebody
from tests.unit.cards.samples import TEXT

SAM = somebody("sam@wald.example", "Sam")


@pytest.fixture
def carded(book: Book) -> Book:
    """Return a book with Olga's cards that knows Kai."""
    take_in(book, TEXT, FILE, "en", now=NOW)
    book.meet(KAI)
    return book


def blocked(book: Book, who: str = KAI.id) -> Said:
    """Block somebody."""
    return block(book, who, now=NOW, lang="en")


def test_nobody_vouches_for_somebody_blocked(carded: Book) -> None:
    """No word, no letter, no link, no voucher; the list names them no more, and again once that is over."""
    vouch(carded, KAI.id, now=NOW)
    given = give_voucher(carded, KAI.id, now=NOW)
    letter = consent_letter(carded, OLGA, KAI.id, lang="en", now=NOW)
    boxed = release_consent(carded, OLGA, letter, now=NOW)
    agree(carded, KAI, "Kai", now=NOW)
    before = published(carded, at=NOW)
    said = blocked(carded)
    assert (public_list(carded, at=NOW), vouched_person(carded, KAI, at=NOW).listed) == ((), "")
    assert carded.outbox.find(boxed.id).state is OutboxState.CANCELLED
    assert published(carded, at=NOW) == {**(before or {}), "revoked": [given.id]}
    for act in (
        lambda: vouch(carded, KAI.id, now=NOW),
        lambda: note_asked(carded, KAI, now=NOW),
        lambda: give_voucher(carded, KAI.id, now=NOW),
        lambda: consent_letter(carded, OLGA, KAI.id, lang="en", now=NOW),
    ):
        with pytest.raises(Refused, match="You blocked this person"):
            act()
    unsay(carded, said.word.id, now=NOW)
    assert public_list(carded, at=NOW) == ("Kai",)
    assert published(carded, at=NOW) == before


def test_a_voucher_of_somebody_blocked_counts_for_nobody(new_book: NewBook) -> None:
    """What their house signed for others weighs as much as if the owner did not vouch for them."""
    olga, kai = new_book(), new_book()
    for house in (olga, kai):
        house.meet(KAI)
    kai.meet(SAM)
    vouch(olga, KAI.id, now=NOW)
    vouch(kai, SAM.id, now=NOW)
    line = give_voucher(kai, SAM.id, now=NOW).text
    take_key(olga, KAI.id, json.dumps(published(kai, at=NOW)), now=NOW)
    letter = letter_from("sam@wald.example", line)
    assert [one.fault for one in in_mail(olga, *letter, TRUSTED, at=NOW)] == [None]
    said = blocked(olga)
    assert [one.fault for one in in_mail(olga, *letter, TRUSTED, at=NOW)] == [VoucherFault.NOT_VOUCHED]
    unsay(olga, said.word.id, now=NOW)
    assert [one.fault for one in in_mail(olga, *letter, TRUSTED, at=NOW)] == [None]


def test_nothing_wakes_the_entry_of_somebody_blocked(carded: Book) -> None:
    """They are not on the watch list meanwhile; the entry lies where it was and wakes afterwards."""
    put_on(carded, KAI.id, now=NOW)
    said = blocked(carded)
    meet(carded, KAI, EncounterKind.MEETING, later(days=3))
    assert (watch_list(carded, at=later(days=4)), wake(carded, at=later(days=4))) == ((), ())
    with pytest.raises(Refused, match="You blocked this person"):
        put_on(carded, KAI.id, now=NOW)
    unsay(carded, said.word.id, now=NOW)
    assert [one.person.id for one in wake(carded, at=later(days=4))] == [KAI.id]


def test_an_event_of_the_owners_writes_to_nobody_blocked(book: Book) -> None:
    """They are on the list as everybody is, with a link; what waits for them is taken back."""
    event = hosting.host(
        book, Named("Tagung", NOW, NOW + timedelta(days=2)), address="https://t.example", contact="O",
        lang="de", now=NOW,
    )  # fmt: skip
    blocked(book, "ada@people.example")
    admitted = hosting.admit(book, event, PEOPLE, now=NOW)
    written = [one.to for one in hosting.invite(book, event, admitted, OLGA, now=NOW)]
    assert written == ["bo@people.example", "cem@people.example"]
    assert [one.participant.name for one in admitted] == ["Ada", "Bo", "Cem"]
    blocked(book, "bo@people.example")
    states = {one.letter.to: one.state for one in book.outbox.all()}
    assert states == {
        "bo@people.example": OutboxState.CANCELLED,
        "cem@people.example": OutboxState.WAITING,
    }
