"""What the door keeps, on both databases: each letter once, each link sent once, nothing lost by a crash."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from anlass.intake.form import FormFile, FormLetter
from anlass.replies.door import CodeWord, Door, DoorTexts
from anlass.store.book import Book
from anlass.store.door.letters import A_DAY, LIFE, MAILS_AN_HOUR, MAILS_TO_ONE, MOST_OF_ONE, Asked, Waits
from anlass.store.door.mail import LEASE, MOST_TRIES

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
LETTER = FormLetter(matter="Eine Frage\0 zur Bank 👩‍👩‍👧", name="Kai", address="kai@falk.example")
FILE = FormFile("maß.pdf", 12, "0" * 64, "PDF")


def asked(**changed: str) -> Asked:
    """Return a letter that was written at the door."""
    return Asked(replace(LETTER, **changed), "olga", "https://anlass.example.org", (FILE,))


def put(book: Book, form: str = "sheet", *, now: datetime = NOW, **changed: str) -> str:
    """Put a letter in and return its id."""
    id_ = book.door.put(form, asked(**changed), lang="de", now=now)
    assert id_
    return id_


def test_a_door_is_kept_whole_and_there_is_one(book: Book) -> None:
    """Renamed it is gone under its old name; what stands on it comes back as it was written."""
    assert book.door.door() is None
    door = Door(
        "olga",
        True,
        "sie",
        (DoorTexts("de", "Wer", "Froh", "Impressum", "Schutz"),),
        (CodeWord("Blume", NOW),),
    )
    book.door.keep(door, now=NOW)
    book.door.keep(replace(door, name="tueren"), now=NOW)
    assert book.door.named("olga") is None
    assert book.door.named("tueren") == book.door.door() == replace(door, name="tueren")
    assert book.door.named("\0") is None


def test_the_key_of_the_door_is_made_once(book: Book) -> None:
    """Whoever asks second gets the first one's, and it is not that of the cards."""
    assert book.door.key(b"a" * 32) == book.door.key(b"b" * 32) == b"a" * 32
    assert book.cards.key(b"c" * 32) == b"c" * 32


def test_a_letter_comes_back_as_it_was_written(book: Book) -> None:
    """With its files, its language and its end."""
    letter = book.door.find(put(book))
    assert letter
    assert (letter.asked, letter.state, letter.lang) == (asked(), Waits.PENDING, "de")
    assert letter.expires_at == NOW + LIFE


def test_the_same_words_wait_once_and_owners_share_nothing(new_book: object) -> None:
    """From one sheet or two, once within a week; another owner's door knows nothing of it."""
    one, other = new_book(), new_book()  # type: ignore[operator] # a fixture that makes books
    assert put(one) == put(one) == put(one, "second")
    assert put(one, "third", matter="Anders") != put(one)
    assert other.door.waiting() == ()
    assert put(other) in {letter.id for letter in other.door.waiting()}
    first = put(one)
    assert put(one, "later", now=NOW + LIFE + timedelta(seconds=1)) != first


def test_only_an_open_letter_can_be_confirmed_and_only_once(book: Book) -> None:
    """Twice is once; after its week never; a replaced one never; one that is not there never."""
    id_ = put(book)
    assert [book.door.confirm(id_, now=NOW) for _ in range(2)] == [True, False]
    assert [letter.id for letter in book.door.confirmed()] == [id_]
    late = put(book, "late", matter="Spät")
    assert not book.door.confirm(late, now=NOW + LIFE)
    first = put(book, "both", address="a@falk.example")
    put(book, "both", address="b@falk.example")
    assert not book.door.confirm(first, now=NOW)
    assert not book.door.confirm("nobody", now=NOW)


def test_what_was_taken_keeps_no_word_but_its_files_go_with_the_case(book: Book) -> None:
    """The link still shows what it showed; a sweep takes nothing that a case has."""
    id_ = put(book)
    book.door.confirm(id_, now=NOW)
    book.door.taken(id_, "case1")
    letter = book.door.find(id_)
    assert letter
    assert (letter.asked, letter.state) == (None, Waits.TAKEN)
    assert book.door.sweep(now=NOW + 2 * LIFE) == 0
    assert book.door.files_of("case1") == (FILE,)
    assert book.door.file_digests() == {FILE.digest}


def test_what_nobody_confirmed_is_forgotten_with_its_files(book: Book) -> None:
    """After its week no trace stays."""
    put(book)
    assert book.door.sweep(now=NOW + LIFE - timedelta(seconds=1)) == 0
    assert book.door.sweep(now=NOW + LIFE) == 1
    assert (book.door.waiting(), book.door.file_digests()) == ((), frozenset())


def test_one_address_gets_few_links_a_day_however_often_it_is_named(book: Book) -> None:
    """No mail cannon: what is over waits for the next day, and what is far over is not kept."""
    ids = [put(book, f"sheet{number}", matter=f"Brief {number}") for number in range(MAILS_TO_ONE + 1)]
    sent = []
    while letter := book.door_mail.claim("w", now=NOW):
        sent.append(letter.id)
        book.door_mail.hand_over(letter.id, "w", now=NOW)
        book.door_mail.done(letter.id, "w", "sent")
    assert sorted(sent) == sorted(ids[:MAILS_TO_ONE])
    assert not book.door_mail.is_due(now=NOW + A_DAY - timedelta(seconds=1))
    assert book.door_mail.is_due(now=NOW + A_DAY)
    for number in range(MAILS_TO_ONE + 1, MOST_OF_ONE):
        put(book, f"sheet{number}", matter=f"Brief {number}")
    assert book.door.put("more", asked(matter="Noch einer"), lang="de", now=NOW) is None


def test_all_together_get_few_links_an_hour(book: Book) -> None:
    """A flood of addresses goes out slowly; nobody is forgotten."""
    for number in range(MAILS_AN_HOUR + 1):
        put(book, f"sheet{number}", address=f"a{number}@falk.example")
    sent = 0
    while letter := book.door_mail.claim("w", now=NOW):
        book.door_mail.hand_over(letter.id, "w", now=NOW)
        book.door_mail.done(letter.id, "w", "sent")
        sent += 1
    assert sent == MAILS_AN_HOUR
    assert book.door_mail.is_due(now=NOW + timedelta(hours=1))


def test_a_link_is_claimed_by_one_worker(book: Book) -> None:
    """The second finds nothing; what was confirmed or is over is not sent any more."""
    id_ = put(book)
    assert book.door_mail.claim("one", now=NOW)
    assert book.door_mail.claim("two", now=NOW) is None
    assert not book.door_mail.hand_over(id_, "two", now=NOW)
    assert book.door_mail.hand_over(id_, "one", now=NOW)
    assert not book.door_mail.hand_over(id_, "one", now=NOW)
    assert book.door_mail.done(id_, "one", "sent")
    assert book.door_mail.claim("one", now=NOW) is None


@pytest.mark.parametrize(("is_handed", "state"), [(False, "waiting"), (True, "doubtful")])
def test_a_worker_that_dies_leaves_a_link_that_is_sent_at_most_once(
    book: Book, is_handed: bool, state: str
) -> None:
    """Before the words left it goes again; after that never by itself."""
    id_ = put(book)
    book.door_mail.claim("one", now=NOW)
    if is_handed:
        book.door_mail.hand_over(id_, "one", now=NOW)
    assert book.door_mail.sweep(now=NOW + LEASE) == 0
    later = NOW + LEASE + timedelta(seconds=1)
    assert book.door_mail.sweep(now=later) == 1
    assert book.door_mail.state(id_) == state
    assert (book.door_mail.claim("two", now=later) is None) is is_handed


def test_a_server_that_never_takes_a_link_is_not_asked_for_ever(book: Book) -> None:
    """After some tries it is given up; the letter itself waits on for its week."""
    id_, now = put(book), NOW
    for _ in range(MOST_TRIES):
        assert book.door_mail.claim("one", now=now)
        book.door_mail.put_off(id_, "one", now=now, says="busy")
        now += timedelta(hours=4)
    assert book.door_mail.state(id_) == "stopped"
    assert book.door_mail.claim("one", now=now) is None


def test_a_pause_holds_links_too(book: Book) -> None:
    """While the owner lets nothing leave, no link leaves either, to the last moment."""
    id_ = put(book)
    book.door_mail.claim("one", now=NOW)
    book.latches.latch("paused", now=NOW)
    assert not book.door_mail.hand_over(id_, "one", now=NOW)
    assert not book.door_mail.is_due(now=NOW)
    book.latches.unlatch("paused")
    assert book.door_mail.hand_over(id_, "one", now=NOW)
