"""What the owner teaches is kept, takes effect at once, and can be taken back, on both databases."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from anlass.desk.learning.lessons import all_lessons, exported, import_lessons, personal_says
from anlass.desk.learning.teaching import OnWords, as_taught, lesson_of, teach_verdict, teach_words, unteach
from anlass.doorman import Doorman, Evidence
from anlass.errors import NotFound, Refused
from anlass.intake import Channel, ContactRequest, Requester
from anlass.litmus import FindingKind, Verdict
from anlass.litmus.shipped import load_panel
from anlass.people import Person
from anlass.policy import preset
from anlass.replies import shipped_templates
from anlass.store.book import Book, CaseState
from tests.contract.conftest import NewBook
from tests.unit.litmus.lessons_at_hand import ANOTHER_RECRUITER, HOLLOW, READER, RECRUITER

STAYS = "Was das Programm lenken will, bleibt markiert. Daran rührt keine Lektion."
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
DOORMAN = Doorman(load_panel(), preset("show-me-why"), shipped_templates())
LETTERS = {"recruiter": RECRUITER, "another": ANOTHER_RECRUITER, "reader": READER, "hollow": HOLLOW}


@pytest.fixture
def house(book: Book) -> Book:
    """A book in which four letters wait."""
    for name, text in LETTERS.items():
        request = ContactRequest(name, Channel.MAIL, text, requester=Requester(name.title()), arrived=NOW)
        book.keep(DOORMAN.consider(Evidence(request, Person(name, name.title()), (), NOW)), now=NOW)
    return book


def later(hours: int) -> datetime:
    """Return the moment so many hours later."""
    return NOW + timedelta(hours=hours)


def test_a_word_on_a_letter_takes_effect_at_once_and_is_taken_back(house: Book) -> None:
    """The case reads as the owner says, with its decision; undone, everything is as it was."""
    before = {name: house.case(name).case for name in LETTERS}
    learned = teach_verdict(house, DOORMAN, "reader", Verdict.HOLLOW, now=later(1))
    after = house.case("reader").case
    assert (after.reading.verdict, learned.is_new, learned.others) == (Verdict.HOLLOW, True, ())
    assert after.decision != before["reader"].decision
    assert house.cases().cases[0].case.request.id in LETTERS
    unteach(house, DOORMAN, learned.lesson.id, now=later(2))
    assert {name: house.case(name).case for name in LETTERS} == before
    assert house.lessons() == ()
    journal = [(entry.act, entry.about, entry.content) for entry in house.entries()]
    told = {"lesson": learned.lesson.id, "verdict": "hollow"}
    assert journal == [("unteach", "reader", told), ("teach", "reader", told)]


def test_a_word_on_one_letter_is_told_on_those_like_it(house: Book) -> None:
    """The other recruiter's letter names the first; the reader's is left alone."""
    teach_verdict(house, DOORMAN, "recruiter", Verdict.HOLLOW, now=later(1))
    reading = house.case("another").case.reading
    says = personal_says(house, reading, "de")
    assert says
    assert [(one.says, one.letters, one.unnamed) for one in says.precedents] == [
        ("Von einem Brief wie diesem hast du gesagt, er sei hohl", (("Recruiter", "recruiter"),), 0)
    ]
    assert personal_says(house, house.case("reader").case.reading, "de") is None


def test_a_later_word_replaces_an_earlier_one_and_undoing_it_brings_that_back(house: Book) -> None:
    """Of two words on a letter the later counts; without it the earlier counts again."""
    first = teach_verdict(house, DOORMAN, "hollow", Verdict.REASON, now=later(1))
    second = teach_verdict(house, DOORMAN, "hollow", Verdict.ASK, now=later(2))
    assert house.case("hollow").case.reading.verdict is Verdict.ASK
    assert [lesson.id for lesson in all_lessons(house, now=NOW, lang="de")] == [second.lesson.id]
    unteach(house, DOORMAN, second.lesson.id[:6], now=later(3))
    assert house.case("hollow").case.reading.verdict is Verdict.REASON
    assert lesson_of(house, first.lesson.id) == first.lesson


def test_the_same_word_twice_is_one_lesson(house: Book) -> None:
    """Who says again what holds already teaches nothing new."""
    first = teach_verdict(house, DOORMAN, "hollow", Verdict.ASK, now=later(1))
    again = teach_verdict(house, DOORMAN, "hollow", Verdict.ASK, now=later(2))
    assert (again.lesson, again.is_new) == (first.lesson, False)
    assert len(house.lessons()) == 1


def test_words_are_denied_wherever_they_wait(house: Book) -> None:
    """What is not hollow to the owner is found no more, and the list says so."""
    quote = next(f.quote for f in house.case("hollow").case.reading.findings if f.kind is FindingKind.HOLLOW)
    said = OnWords(f"  {quote} ", FindingKind.HOLLOW, is_so=False)
    teach_words(house, DOORMAN, "hollow", said, now=later(1), lang="de")
    assert quote not in [f.quote for f in house.case("hollow").case.reading.findings]
    listed = all_lessons(house, now=NOW, lang="en")
    assert [one.says for one in listed] == [f"“{quote}” is not hollow to you."]


@pytest.mark.parametrize(
    ("words", "kind", "says"),
    [
        ("nie geschrieben", FindingKind.HOLLOW, "Diese Worte stehen nicht in dem Brief."),
        (" … ", FindingKind.HOLLOW, "Dazu braucht es Worte aus dem Brief."),
        ("Impulse", FindingKind.OCCASION, "Das ist zu kurz. Eine Antwort hat mindestens drei Worte."),
        ("Impulse", FindingKind.ATTACK, STAYS),
        ("x" * 301, FindingKind.HOLLOW, "Das ist zu lang. Ein, zwei Sätze genügen, höchstens 300 Zeichen."),
    ],
)  # fmt: skip
def test_what_cannot_be_learned_is_refused(house: Book, words: str, kind: FindingKind, says: str) -> None:
    """The owner is told why, and nothing is kept."""
    with pytest.raises(Refused, match=says):
        teach_words(house, DOORMAN, "hollow", OnWords(words, kind, is_so=True), now=later(1), lang="de")
    assert house.lessons() == ()
    assert house.entries() == ()


def test_a_case_or_lesson_that_is_not_there(house: Book) -> None:
    """Both are said to be missing."""
    with pytest.raises(NotFound):
        teach_verdict(house, DOORMAN, "nobody", Verdict.ASK, now=later(1))
    with pytest.raises(NotFound):
        unteach(house, DOORMAN, "nothing", now=later(1))


def test_a_rehearsal_keeps_nothing(house: Book) -> None:
    """What is learned within a rehearsal is gone with it."""
    before = house.case("reader")
    with house.rehearsal():
        teach_verdict(house, DOORMAN, "reader", Verdict.HOLLOW, now=later(1))
        assert house.case("reader").case.reading.verdict is Verdict.HOLLOW
    assert (house.case("reader"), house.lessons(), house.entries()) == (before, (), ())


def test_what_was_answered_stays_done(house: Book) -> None:
    """A case that the owner moved stays where it is, whatever the letter now reads."""
    house.set_state("reader", CaseState.ASKED)
    teach_verdict(house, DOORMAN, "reader", Verdict.HOLLOW, now=later(1))
    assert house.case("reader").state is CaseState.ASKED


def test_lessons_travel_from_book_to_book(house: Book, new_book: NewBook) -> None:
    """A file of lessons makes another book read the same, once; it holds no letter's text."""
    teach_verdict(house, DOORMAN, "recruiter", Verdict.HOLLOW, now=later(1))
    said = OnWords("gegenseitig Impulse", FindingKind.HOLLOW, is_so=True)
    teach_words(house, DOORMAN, "hollow", said, now=later(2), lang="de")
    lines = [line.encode() for line in exported(house)]
    assert not any(b"Redakteurin" in line or b"Kolb" in line for line in lines)
    other = new_book()
    imported = import_lessons(other, [*lines, b"\n", *lines], "file", now=later(3))
    assert (imported.new, imported.known, imported.problems) == (2, 2, ())
    assert other.lessons() == house.lessons()
    assert import_lessons(other, lines, "file", now=later(3)).new == 0
    request = house.case("another").case.request
    mine, theirs = (as_taught(DOORMAN, book).panel.read(request) for book in (house, other))
    assert mine == theirs
    assert all_lessons(other, now=NOW, lang="de")[1].says == "Ein Brief, der nicht hier liegt, ist hohl."


def test_a_line_that_holds_no_lesson_is_told_with_its_number(house: Book) -> None:
    """Bad lines are named, the good ones kept."""
    teach_verdict(house, DOORMAN, "hollow", Verdict.ASK, now=later(1))
    good = json.loads(next(iter(exported(house))))
    gist = good["gist"]
    bad = [
        b"\xff",
        b"[]",
        b"{}",
        b'{"lesson": 1}',
        json.dumps(good | {"lesson": 2}).encode(),
        json.dumps(good | {"verdict": "great"}).encode(),
        json.dumps(good | {"said_at": "2126-01-01T00:00:00+00:00"}).encode(),
        json.dumps(good | {"said_at": "2026-01-01T00:00:00"}).encode(),
        json.dumps(good | {"gist": gist | {"words": [[1, 10**300]]}}).encode(),
        json.dumps(good | {"gist": gist | {"runs": "abc"}}).encode(),
        json.dumps(good | {"kind": "attack", "words": "x", "verdict": None, "gist": None}).encode(),
        b'{"lesson": 1, "gist": ' + b"[" * 5000,
        b" " * 70_000 + b"{}",
    ]
    house.forget_lesson(house.lessons()[0].id)
    imported = import_lessons(house, [*bad, json.dumps(good).encode()], "file", now=later(2))
    assert imported.new == 1
    assert [problem.line for problem in imported.problems] == list(range(1, len(bad) + 1))


def test_lessons_belong_to_one_owner(house: Book, new_book: NewBook) -> None:
    """What one owner taught is nothing to another, and cannot be forgotten by another."""
    lesson = teach_verdict(house, DOORMAN, "hollow", Verdict.REASON, now=later(1)).lesson
    other = new_book()
    assert other.lessons() == ()
    assert not other.forget_lesson(lesson.id)
    assert house.lessons() == (lesson,)
    assert other.add_lessons([lesson, replace(lesson)]) == 1
    assert house.forget_lesson(lesson.id)
    assert other.lessons() == (lesson,)
