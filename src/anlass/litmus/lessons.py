"""What the owner taught: a word on a letter, or on words wherever they stand.

A lesson about a letter keeps its gist and not its text: enough to know the letter again and
to say how like another one is, too little to read it. So a lesson outlives the letter it was
learned from, and a file of lessons can be handed on without anybody's mail in it. A lesson
about words keeps these words, which the owner chose.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from anlass.litmus.reading import Asks, FindingKind, Question, Verdict
from anlass.people.ids import digest_id

LONGEST: Final = 300
"""Characters of words that a lesson is about."""

MOST_KEPT: Final = 400
"""Digests of each sort that are kept of a letter; of a long one it is a sample."""

_LONGEST_KEY: Final = 32

NO_MATTER_OF_TASTE: Final = frozenset({FindingKind.ATTACK})
"""What steers the program is marked whoever says what: a lesson must not open that door."""

ANSWERING: Final = frozenset(FindingKind(question.value) for question in Question)


@dataclass(frozen=True, slots=True)
class Gist:
    """What is kept of a letter.

    `key` is a digest of all its words, the same for the same words whatever their case and
    layout and figures. `runs` are 32-bit digests of three words in a row, of a long letter a sample.
    `words` are digests of its stems with their weight, names and figures left out. `wants` says in
    hundredths how likely each thing is what it asks for; `empty` how much of it is empty.
    """

    key: str
    runs: tuple[int, ...]
    words: tuple[tuple[int, int], ...]
    wants: tuple[tuple[Asks, int], ...]
    empty: int

    def __post_init__(self) -> None:
        """Refuse what no letter has, for lessons come from files too; raises `ValueError`."""
        digests = (*self.runs, *(word for word, _ in self.words))
        is_right = (
            len(self.key) <= _LONGEST_KEY
            and max(len(self.runs), len(self.words)) <= MOST_KEPT
            and all(0 <= one < 2**32 for one in digests)
            and all(1 <= weight <= 9 for _, weight in self.words)
            and all(0 <= share <= 100 for share in (self.empty, *(share for _, share in self.wants)))
        )
        if not is_right:
            raise ValueError("this is the gist of no letter")


@dataclass(frozen=True, slots=True)
class Lesson:
    """One thing the owner said, when, and in front of which case.

    About a letter: `verdict` and `gist`. About words: they are (`is_so`) a finding of this
    `kind`, or they are none. A lesson is one or the other.
    """

    said_at: datetime
    case: str = ""
    verdict: Verdict | None = None
    gist: Gist | None = None
    kind: FindingKind | None = None
    words: str = ""
    is_so: bool = True

    def __post_init__(self) -> None:
        """Refuse what is neither or both; raises `ValueError`."""
        if self.said_at.tzinfo is None:
            raise ValueError("the moment of a lesson needs its time zone")
        of_letter = self.verdict is not None and self.gist is not None
        of_words = self.kind is not None and bool(self.words.strip())
        if of_letter == of_words or (self.verdict is None) != (self.gist is None):
            raise ValueError("a lesson is about a letter or about words")
        if len(self.words) > LONGEST:
            raise ValueError(f"more than {LONGEST} characters are no phrase")
        if self.kind in NO_MATTER_OF_TASTE:
            raise ValueError(f"{self.kind} is no matter of taste")

    @property
    def topic(self) -> str:
        """What the lesson is about: of two lessons on one topic the later counts."""
        if self.gist is not None:
            return f"letter {self.gist.key}"
        return f"{self.kind} {' '.join(self.words.casefold().split())}"

    @property
    def id(self) -> str:
        """A short name made of the content: the same lesson has the same everywhere."""
        said = self.verdict if self.verdict is not None else str(self.is_so)
        return digest_id(self.said_at.isoformat(), self.topic, said)


def standing(lessons: Iterable[Lesson]) -> tuple[Lesson, ...]:
    """Return the lessons that count, oldest first: on every topic the latest, in whatever order they came."""
    last: dict[str, Lesson] = {}
    for lesson in sorted(lessons, key=_when):
        last[lesson.topic] = lesson
    return tuple(sorted(last.values(), key=_when))


def _when(lesson: Lesson) -> tuple[datetime, str]:
    return lesson.said_at, lesson.id
