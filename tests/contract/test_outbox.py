"""The outbox on both databases: every step holds only where the row is as it must be."""

from __future__ import annotations

from datetime import timedelta

import pytest

from anlass.errors import NotFound
from anlass.replies.outgoing import Kind
from anlass.store.book import Book
from anlass.store.outgoing.latches import PAUSED, STOPPED
from anlass.store.outgoing.outbox import LEASE, OutboxState, outgoing_id
from tests.contract.conftest import NewBook
from tests.letters_out import NOW, letter_out

SOON = NOW + timedelta(minutes=1)
LATE = NOW + LEASE + timedelta(minutes=5)


def put(book: Book, request: str = "case1", to: str = "hohl@ag.example", **changed: object) -> str:
    """Put a letter in that is due; return its id."""
    letter = letter_out(request, to=to, **changed)
    assert book.outbox.put(letter, due=NOW, now=NOW)
    return outgoing_id(letter)


def state(book: Book, id_: str) -> OutboxState:
    """Return where a letter stands."""
    return book.outbox.find(id_).state


def sent(book: Book, id_: str) -> None:
    """Let a letter leave."""
    boxed = book.outbox.claim("w", now=NOW)
    assert boxed is not None
    assert boxed.id == id_
    assert book.outbox.hand_over(id_, "w", now=NOW)
    assert book.outbox.delivered(id_, "w", now=NOW)


def test_a_letter_comes_back_as_it_was_put_in(book: Book) -> None:
    """Every word, every header, every moment."""
    letter = letter_out(references=("a@b", "c@d"), text="Äöü \u0000 \U0001f600", invitation="BEGIN:VCALENDAR")
    book.outbox.put(letter, due=SOON, now=NOW)
    (boxed,) = book.outbox.all()
    assert (boxed.letter, boxed.state, boxed.due, boxed.made_at) == (letter, OutboxState.WAITING, SOON, NOW)
    assert (boxed.tries, boxed.sent_at, boxed.is_kept, boxed.says) == (0, None, False, "")


def test_one_letter_of_a_kind_to_a_person_on_a_request(book: Book) -> None:
    """A second of the kind is refused; another kind, person or request is another letter."""
    put(book)
    again = letter_out(message_id="0" * 20 + ".again@home.example", text="Anders.")
    assert not book.outbox.put(again, due=NOW, now=NOW)
    assert book.outbox.all()[0].letter == letter_out()
    put(book, kind=Kind.ANSWER)
    put(book, person="person2")
    put(book, "case2")
    assert len(book.outbox.all()) == 4


def test_books_of_other_owners_hold_nothing_of_it(new_book: NewBook) -> None:
    """Two owners with the same request each have their own letter and their own latch."""
    one, other = new_book(), new_book()
    id_ = put(one)
    one.latches.latch(PAUSED, now=NOW)
    assert other.outbox.all() == ()
    put(other)
    assert one.outbox.claim("w", now=NOW) is None
    assert other.outbox.claim("w", now=NOW) is not None
    assert state(one, id_) is OutboxState.WAITING
    assert one.latches.key() != other.latches.key()


def test_only_one_worker_gets_a_letter(book: Book) -> None:
    """What is claimed is nobody else's; what is not due is nobody's."""
    put(book)
    assert book.outbox.claim("early", now=NOW - timedelta(minutes=1)) is None
    assert book.outbox.claim("one", now=NOW) is not None
    assert book.outbox.claim("two", now=NOW) is None


def test_a_worker_who_lost_the_letter_can_do_nothing_with_it(book: Book) -> None:
    """Its time was over, another took it: no handing over, no recording, no putting off."""
    id_ = put(book)
    book.outbox.claim("slow", now=NOW)
    assert book.outbox.sweep(now=LATE).freed == 1
    assert book.outbox.claim("quick", now=LATE) is not None
    assert not book.outbox.hand_over(id_, "slow", now=LATE)
    assert not book.outbox.delivered(id_, "slow", now=LATE)
    assert not book.outbox.put_off(id_, "slow", until=LATE, says="")
    assert not book.outbox.give_up(id_, "slow", now=LATE, says="")
    assert not book.outbox.doubt(id_, "slow", says="")
    assert book.outbox.hand_over(id_, "quick", now=LATE)
    assert book.outbox.delivered(id_, "quick", now=LATE)


def test_a_letter_is_handed_over_once(book: Book) -> None:
    """The last door opens a single time for one claim."""
    id_ = put(book)
    book.outbox.claim("w", now=NOW)
    assert book.outbox.hand_over(id_, "w", now=NOW)
    assert not book.outbox.hand_over(id_, "w", now=NOW)


def test_nothing_is_recorded_as_sent_that_was_not_handed_over(book: Book) -> None:
    """A worker that skips the door cannot say that the letter left."""
    id_ = put(book)
    book.outbox.claim("w", now=NOW)
    assert not book.outbox.delivered(id_, "w", now=NOW)


def test_a_clock_set_back_strands_no_letter(book: Book) -> None:
    """What a dead worker held by a clock that ran ahead is free; whoever still lives cannot hand it over."""
    id_, ahead = put(book), NOW + timedelta(days=1)
    book.outbox.claim("ahead", now=ahead)
    assert book.outbox.sweep(now=NOW).freed == 1
    assert not book.outbox.hand_over(id_, "ahead", now=NOW)
    book.outbox.claim("ahead", now=ahead)
    book.outbox.hand_over(id_, "ahead", now=ahead)
    assert book.outbox.sweep(now=NOW).freed == 0
    assert state(book, id_) is OutboxState.SENDING


def test_a_dead_worker_leaves_a_doubt_only_behind_the_last_door(book: Book) -> None:
    """Before it the letter waits again, behind it nobody tries it again."""
    first = put(book)
    book.outbox.claim("w", now=NOW)
    second = put(book, "case2")
    book.outbox.claim("w", now=NOW)
    book.outbox.hand_over(second, "w", now=NOW)
    assert book.outbox.sweep(now=SOON).freed == 0
    swept = book.outbox.sweep(now=LATE)
    assert (swept.freed, swept.doubtful) == (1, (second,))
    assert (state(book, first), state(book, second)) == (OutboxState.WAITING, OutboxState.DOUBTFUL)
    claimed = book.outbox.claim("w", now=LATE)
    assert claimed is not None
    assert claimed.id == first
    assert book.outbox.claim("w", now=LATE) is None


def test_a_pause_holds_until_the_last_moment(book: Book) -> None:
    """A letter that is claimed already does not pass the last door either."""
    id_ = put(book)
    book.outbox.claim("w", now=NOW)
    assert book.latches.latch(PAUSED, now=NOW)
    assert not book.latches.latch(PAUSED, now=SOON)
    assert not book.outbox.hand_over(id_, "w", now=NOW)
    assert book.outbox.put_off(id_, "w", until=NOW, says="")
    assert book.outbox.claim("w", now=NOW) is None
    assert book.latches.unlatch(PAUSED)
    assert not book.latches.unlatch(PAUSED)
    assert book.outbox.claim("w", now=NOW) is not None


def test_a_stop_holds_what_goes_by_itself_and_nothing_else(book: Book) -> None:
    """Released letters leave, automatic ones wait."""
    put(book, is_automatic=True)
    released = put(book, "case2")
    book.latches.latch(STOPPED, now=NOW, why="3")
    claimed = book.outbox.claim("w", now=NOW)
    assert claimed is not None
    assert claimed.id == released
    assert book.outbox.claim("w", now=NOW) is None
    assert book.latches.latches() == {STOPPED: "3"}


def test_taking_back_works_until_the_letter_is_in_hand(book: Book) -> None:
    """What waits can be cancelled, what is in hand or gone cannot; a cancelled one makes room."""
    id_ = put(book)
    assert book.outbox.cancel(id_)
    assert book.outbox.claim("w", now=NOW) is None
    anew = letter_out(message_id="1" * 20 + ".anew@home.example")
    assert book.outbox.put(anew, due=NOW, now=NOW)
    assert book.outbox.find(id_).letter == anew
    book.outbox.claim("w", now=NOW)
    assert not book.outbox.cancel(id_)
    book.outbox.hand_over(id_, "w", now=NOW)
    book.outbox.delivered(id_, "w", now=NOW)
    assert not book.outbox.cancel(id_)
    assert not book.outbox.put(letter_out(), due=NOW, now=NOW)


def test_a_doubtful_letter_goes_again_only_by_the_owners_word(book: Book) -> None:
    """`again` lets it wait anew; a sent one stays sent."""
    id_ = put(book)
    book.outbox.claim("w", now=NOW)
    book.outbox.hand_over(id_, "w", now=NOW)
    book.outbox.sweep(now=LATE)
    assert not book.outbox.put(letter_out(), due=NOW, now=NOW)
    assert book.outbox.again(id_, due=LATE)
    sent_ = book.outbox.claim("w", now=LATE)
    assert sent_ is not None
    assert book.outbox.hand_over(id_, "w", now=LATE)
    assert book.outbox.delivered(id_, "w", now=LATE)
    assert not book.outbox.again(id_, due=LATE)


def test_letters_are_found_by_their_message_id(book: Book) -> None:
    """Exactly; an unknown id finds nothing."""
    put(book)
    put(book, "case2")
    mine = letter_out().message_id
    assert [one.letter.message_id for one in book.outbox.by_message([mine, "x@y"])] == [mine]
    assert book.outbox.by_message([]) == ()


def test_what_went_by_itself_is_counted_by_person_and_moment(book: Book) -> None:
    """All to this person ever, all others of the span; released and cancelled letters count for nothing."""
    old = put(book, is_automatic=True)
    sent(book, old)
    put(book, "case2", person="person2", is_automatic=True, to="b@b.example")
    put(book, "case3", person="person3")
    cancelled = put(book, "case4", person="person4", is_automatic=True)
    book.outbox.cancel(cancelled)
    day = timedelta(days=1)
    assert sorted(book.latches.went("person1", since=NOW - day)) == [
        (NOW, "person1", "ag.example", Kind.QUESTION),
        (NOW, "person2", "b.example", Kind.QUESTION),
    ]
    assert book.latches.went("person1", since=NOW + day) == ((NOW, "person1", "ag.example", Kind.QUESTION),)
    assert book.latches.went("nobody", since=NOW + day) == ()


def test_bounces_of_automatic_letters_are_counted_once_each(book: Book) -> None:
    """A letter that the server refused for good counts as one that came back."""
    first = put(book, is_automatic=True)
    sent(book, first)
    assert book.outbox.bounced(first, now=SOON)
    assert not book.outbox.bounced(first, now=LATE)
    second = put(book, "case2", is_automatic=True)
    book.outbox.claim("w", now=NOW)
    book.outbox.give_up(second, "w", now=SOON, says="recipient", is_bounce=True)
    third = put(book, "case3")
    sent(book, third)
    assert book.outbox.bounced(third, now=SOON)
    assert book.latches.bounces(since=NOW) == 2
    assert book.latches.bounces(since=LATE) == 0


def test_the_key_is_made_once(book: Book) -> None:
    """Whoever asks later gets the same 32 bytes, and it is no latch."""
    key = book.latches.key()
    assert (len(key), book.latches.key()) == (32, key)
    assert book.latches.latches() == {}


def test_an_unknown_letter_is_not_found(book: Book) -> None:
    """The hint says where the ids are."""
    with pytest.raises(NotFound):
        book.outbox.find("nothing")
    with pytest.raises(NotFound):
        book.outbox.find("")
