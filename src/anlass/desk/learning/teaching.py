"""The owner teaches: a word on a letter or on words in it changes how letters read from now on.

Every act takes effect at once: the lesson is kept, and the case in front of the owner and those
that still wait are read again. Each can be taken back, and is written into the journal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from anlass.desk.evidence.outside import evidence_of, state_after
from anlass.desk.learning.voice import WhyNot, refusal
from anlass.desk.voice.common import Lang
from anlass.doorman import Doorman
from anlass.errors import NotFound, Refused
from anlass.litmus import Finding, FindingKind, Reading, Verdict
from anlass.litmus.lessons import ANSWERING, LONGEST, NO_MATTER_OF_TASTE, Lesson, standing
from anlass.litmus.stances import spots, stances_of
from anlass.people.ids import called
from anlass.store.book import Book
from anlass.store.cases.kept import CaseState, KeptCase

FEWEST = 3
"""Words that it takes to answer a question."""

_OTHERS = "read_otherwise"
_MOST_READ_AGAIN = 100
"""Waiting cases that are read again at once; older ones keep how they read."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What teaching did: the lesson, whether it is new, and the other cases that now read otherwise."""

    lesson: Lesson
    is_new: bool
    others: tuple[str, ...]


def as_taught(doorman: Doorman, book: Book) -> Doorman:
    """Return the doorman who has learned what this owner taught."""
    return replace(doorman, panel=doorman.panel.personal(book.lessons()))


def teach_verdict(
    book: Book, doorman: Doorman, case_id: str, verdict: Verdict, *, now: datetime, reads_on: bool = True
) -> Learned:
    """Learn that the letter of a case is of this verdict; raises `NotFound`.

    Who teaches many at once has the cases read again (`reads_on`) when all is said.
    """
    kept = book.case(case_id)
    gist = doorman.panel.gist(kept.case.request)
    lesson = Lesson(now, kept.id, verdict=verdict, gist=gist)
    return _learn(book, doorman, kept, lesson, now, reads_on=reads_on)


@dataclass(frozen=True, slots=True)
class OnWords:
    """What the owner says of words: they are a finding of this kind, or they are none."""

    words: str
    kind: FindingKind
    is_so: bool


def teach_words(
    book: Book, doorman: Doorman, case_id: str, said: OnWords, *, now: datetime, lang: Lang
) -> Learned:
    """Learn what words of a case's letter are or are not; raises `NotFound`, and `Refused` in `lang`."""
    kept = book.case(case_id)
    words = " ".join(said.words.split())
    why_not = _why_not(said.kind, words, is_so=said.is_so)
    if why_not is None:
        lesson = Lesson(now, kept.id, kind=said.kind, words=words, is_so=said.is_so)
        if spots(doorman.panel.page(kept.case.request), stances_of([lesson])):
            return _learn(book, doorman, kept, lesson, now)
        why_not = WhyNot.NOT_THERE
    raise Refused(refusal(why_not, lang))


def unteach(book: Book, doorman: Doorman, lesson_id: str, *, now: datetime, reads_on: bool = True) -> Learned:
    """Take a lesson back; what was said before on the same counts again. Raises `NotFound`."""
    lesson = lesson_of(book, lesson_id)
    with book.together():
        book.forget_lesson(lesson.id)
        book.note("unteach", about=lesson.case, content=_told(lesson), now=now)
        changed = (
            read_again(book, doorman, front=lesson.case, also=others_of(book, lesson.id)) if reads_on else ()
        )
    return Learned(lesson, is_new=False, others=tuple(id_ for id_ in changed if id_ != lesson.case))


def lesson_of(book: Book, id_or_prefix: str) -> Lesson:
    """Return a lesson by its id or the beginning of it; raises `NotFound`."""
    found = called(id_or_prefix, book.lessons())
    if len(found) == 1:
        return found[0]
    says = (
        f"Several lessons begin with {id_or_prefix!r}." if found else f"There is no lesson {id_or_prefix!r}."
    )
    raise NotFound(says, hint="`anlass teach --list` lists them with their ids.")


def read_again(book: Book, doorman: Doorman, *, front: str = "", also: Iterable[str] = ()) -> tuple[str, ...]:
    """Read the case in `front`, some more and all that wait, as taught; return which tell otherwise."""
    taught = as_taught(doorman, book)
    waiting = book.cases(CaseState.WAITING, limit=_MOST_READ_AGAIN).cases
    named = (kept for case in (front, *also) for kept in _at(book, case))
    cases = {kept.id: kept for kept in (*named, *waiting)}
    return tuple(id_ for id_, kept in cases.items() if _became(book, taught, kept))


def _learn(
    book: Book, doorman: Doorman, kept: KeptCase, lesson: Lesson, now: datetime, *, reads_on: bool = True
) -> Learned:
    """Keep a lesson and let it take effect; one that says what holds already is not kept twice."""
    known = [one for one in standing(book.lessons()) if one.topic == lesson.topic]
    if known and (known[0].verdict, known[0].is_so) == (lesson.verdict, lesson.is_so):
        return Learned(known[0], is_new=False, others=())
    with book.together():
        book.add_lessons([lesson])
        book.note("teach", about=kept.id, content=_told(lesson), now=now)
        changed = read_again(book, doorman, front=kept.id) if reads_on else ()
        others = tuple(id_ for id_ in changed if id_ != kept.id)
        if others:
            book.note(_OTHERS, about=lesson.id, content={"cases": others}, now=now)
    return Learned(lesson, is_new=True, others=others)


def others_of(book: Book, lesson: str) -> Iterator[str]:
    """Yield the cases that read otherwise by a lesson; the house rules may have ended some by that."""
    for entry in book.entries_of([lesson], [_OTHERS]):
        cases = entry.content.get("cases")
        yield from map(str, cases if isinstance(cases, list) else ())


def _became(book: Book, doorman: Doorman, kept: KeptCase) -> bool:
    """Think a case through again on its own evidence and keep that; return whether it tells otherwise."""
    before = kept.case
    after = doorman.consider(evidence_of(kept))
    if after.reading == before.reading:
        return False
    book.rewrite(after, kept.encounters, state=state_after(kept, after))
    return _told_by(after.reading) != _told_by(before.reading)


def _told_by(reading: Reading) -> tuple[Verdict, bool, tuple[Finding, ...]]:
    """What somebody notices of a reading; a hundredth more or less is nothing."""
    return reading.verdict, reading.unsure, reading.findings


def _at(book: Book, case_id: str) -> Iterable[KeptCase]:
    """Return the case of this id, where it is kept here."""
    try:
        return (book.case(case_id),) if case_id else ()
    except NotFound:
        return ()


def _why_not(kind: FindingKind, words: str, *, is_so: bool) -> WhyNot | None:
    if kind in NO_MATTER_OF_TASTE:
        return WhyNot.NO_TASTE
    if len(words) > LONGEST:
        return WhyNot.TOO_LONG
    if not any(char.isalnum() for char in words):
        return WhyNot.NO_WORDS
    return WhyNot.TOO_FEW if is_so and kind in ANSWERING and len(words.split()) < FEWEST else None


def _told(lesson: Lesson) -> dict[str, object]:
    """What the journal keeps of a lesson."""
    if lesson.verdict is not None:
        return {"lesson": lesson.id, "verdict": lesson.verdict.value}
    kind = lesson.kind.value if lesson.kind else ""
    return {"lesson": lesson.id, "kind": kind, "words": lesson.words, "is": lesson.is_so}
