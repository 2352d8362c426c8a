"""What the owner taught, looked at and carried: told on a case, listed, written to a file and read again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from anlass.desk.learning.voice import (
    for_you,
    listed,
    of_letters,
    of_this_letter,
    of_words,
    otherwise,
    you_said_so,
)
from anlass.desk.voice.common import Lang, day_and_month
from anlass.errors import NotFound, Problem
from anlass.litmus import Reading, Verdict
from anlass.litmus.lessons import Lesson, standing
from anlass.litmus.reading import Heard
from anlass.store.book import Book
from anlass.store.cases.kept import KeptCase
from anlass.store.ground.mapping import read, written

FORM = 1
"""The form of a line in a file of lessons."""

_LONGEST_LINE = 64 * 1024
_MOST = 10_000
_BROKEN = (ArithmeticError, AttributeError, KeyError, RecursionError, TypeError, ValueError)


class Cases(Protocol):
    """Where the cases are found that lessons were learned on."""

    def case(self, id_or_prefix: str) -> KeptCase:
        """Return a case by its id; raises `NotFound`."""
        ...


@dataclass(frozen=True, slots=True)
class Precedents:
    """What the owner said of letters like the one shown, with the names and cases of their writers."""

    says: str
    letters: tuple[tuple[str, str], ...]
    unnamed: int


@dataclass(frozen=True, slots=True)
class OwnWord:
    """A lesson that was learned, in a sentence; by its id it can be taken back."""

    id: str
    says: str
    date: str = ""
    case: str = ""


@dataclass(frozen=True, slots=True)
class PersonalSays:
    """What lessons made of the reading of a case.

    `verdict` is what the owner said of this very letter, and `says` the sentence; `otherwise` is how
    it would read without, empty where the lessons are about words alone.
    """

    verdict: Verdict | None
    says: str
    otherwise: str
    precedents: tuple[Precedents, ...]
    own: tuple[OwnWord, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """How many lessons of a file are new, how many were known, and which lines hold none."""

    new: int
    known: int
    problems: tuple[Problem, ...]


def personal_says(book: Cases, reading: Reading, lang: Lang) -> PersonalSays | None:
    """Say what the owner's lessons made of a reading; `None` where none had a say."""
    personal = reading.personal
    if personal is None:
        return None
    of_letter = [heard for heard in personal.heard if heard.verdict is not None]
    own = of_letter[:1] if personal.is_same else []
    verdict = own[0].verdict if own else None
    return PersonalSays(
        verdict=verdict,
        says=for_you(verdict, lang) if verdict else "",
        otherwise=otherwise(personal.shipped, reading.verdict, lang) if of_letter else "",
        precedents=() if own else tuple(_precedents(book, of_letter, lang)),
        own=tuple(_own(heard, lang) for heard in personal.heard if heard in own or heard.kind is not None),
    )


def all_lessons(book: Book, *, now: datetime, lang: Lang) -> tuple[OwnWord, ...]:
    """Return every lesson that counts in a sentence, the newest first."""
    return tuple(
        OwnWord(
            lesson.id, lesson_says(book, lesson, lang), day_and_month(lesson.said_at, now, lang), lesson.case
        )
        for lesson in reversed(standing(book.lessons()))
    )


def exported(book: Book) -> Iterator[str]:
    """Yield every lesson as a JSON line; no line holds a letter's text."""
    for lesson in book.lessons():
        yield json.dumps({"lesson": FORM, **json.loads(written(lesson))}, ensure_ascii=False)


def import_lessons(book: Book, lines: Iterable[bytes], where: str, *, now: datetime) -> Imported:
    """Keep the lessons of a file, each once; a line that holds none is told and passed over."""
    found: list[Lesson] = []
    problems: list[Problem] = []
    filled = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    for number, line in filled:
        if len(found) == _MOST:
            problems.append(Problem(f"more than {_MOST} lessons; the rest is left out", where, number))
            break
        try:
            found.append(_lesson(line, now))
        except _BROKEN as error:
            problems.append(Problem(f"no lesson: {error}", where, number))
    with book.together():
        new = book.add_lessons(found)
        if new:
            book.note("teach", content={"imported": new}, now=now)
    return Imported(new, len(found) - new, tuple(problems))


def _lesson(line: bytes, now: datetime) -> Lesson:
    """Read one line; raises one of `_BROKEN`."""
    if len(line) > _LONGEST_LINE:
        raise ValueError("longer than a lesson can be")
    given = json.loads(line.decode("utf-8-sig"))
    if not isinstance(given, dict) or given.pop("lesson", None) != FORM:
        raise ValueError(f'not an object with "lesson": {FORM}')
    lesson = read(Lesson, json.dumps(given))
    if lesson.said_at > now + timedelta(days=1):
        raise ValueError("it was said in the future")
    return lesson


def _precedents(book: Cases, heard: Iterable[Heard], lang: Lang) -> Iterator[Precedents]:
    by_verdict: dict[Verdict, list[Heard]] = {}
    for one in heard:
        if one.verdict is not None:
            by_verdict.setdefault(one.verdict, []).append(one)
    for verdict, said in by_verdict.items():
        named = tuple((name, one.case) for one in said if (name := _name(book, one.case)))
        yield Precedents(of_letters(verdict, len(said), lang), named, len(said) - len(named))


def told(precedents: Precedents, lang: Lang) -> str:
    """One sentence with the names."""
    names = listed([name for name, _ in precedents.letters], lang)
    return f"{precedents.says}: {names}." if names else f"{precedents.says}."


def _own(heard: Heard, lang: Lang) -> OwnWord:
    if heard.kind is not None:
        return OwnWord(heard.lesson, of_words(heard.words, heard.kind, is_so=heard.is_so, lang=lang))
    return OwnWord(heard.lesson, you_said_so(lang))


def lesson_says(book: Cases, lesson: Lesson, lang: Lang) -> str:
    """Say a lesson in one sentence."""
    if lesson.kind is not None:
        return of_words(lesson.words, lesson.kind, is_so=lesson.is_so, lang=lang)
    return of_this_letter(_name(book, lesson.case), lesson.verdict or Verdict.ASK, lang)


def _name(book: Cases, case: str) -> str:
    """Who wrote the letter of a case; empty where that case is not here."""
    try:
        kept = book.case(case) if case else None
    except NotFound:
        return ""
    if kept is None or kept.id != case:
        return ""
    request = kept.case.request
    return kept.case.person.name or request.requester.name or str(request.requester.address or "")
