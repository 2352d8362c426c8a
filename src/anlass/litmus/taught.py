"""A small personal layer over the shipped reading: what the owner taught, brought to bear.

The shipped verdict counts as much as one letter just like this one, and every lesson as much as
its letter is like it. All that is added up and divided: so the probabilities still sum to one,
lessons that contradict each other weaken each other, and their order does not matter. The very
same letter follows the owner.

A stranger must gain nothing by it. A letter that takes sentences from one that was praised, and
says more besides, gets nothing from any praise; and an emptier letter gets less of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from anlass.litmus.gist import (
    Known,
    Met,
    alike,
    is_over_again,
    known,
    met,
    own_lines,
    says_something,
    takes_from,
)
from anlass.litmus.lessons import Lesson, standing
from anlass.litmus.page import Page
from anlass.litmus.reading import Heard, Verdict
from anlass.litmus.spelling import Spelling
from anlass.litmus.stances import Stance, stances_of
from anlass.litmus.verdict import VERDICTS, Judge

Three = tuple[float, float, float]

_SAME: Final = 60.0
_OVER_AGAIN: Final = 20.0
_SHIPPED: Final = 1.0
_NEAREST: Final = 8
"""No more lessons have a say: a hundred faint likenesses are no evidence."""

_ENOUGH: Final = 3.0
"""How much likeness may overrule a verdict that was sure, and leave no doubt."""

_LEAST: Final = 0.05
"""A lesson that is less like the letter is not named."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the lessons say of one letter; `weight` is how many letters just like it they count."""

    probabilities: Three
    weight: float = 0.0
    is_same: bool = False
    heard: tuple[Heard, ...] = ()


@dataclass(frozen=True, slots=True)
class Taught:
    """The lessons that count, made ready; without any it changes nothing."""

    letters: tuple[tuple[Lesson, Known], ...] = ()
    stances: tuple[Stance, ...] = ()

    def weigh(self, page: Page, judge: Judge, spelling: Spelling, shipped: Three) -> Said:
        """Weigh the shipped probabilities against what the owner said of letters like this one."""
        if not self.letters:
            return Said(shipped)
        letter = met(page, judge, spelling)
        for lesson, other in self.letters:
            if other.gist.key == letter.known.gist.key:
                return _said(shipped, [(_SAME, lesson)], is_same=True)
        favoured = (other for lesson, other in self.letters if lesson.verdict is not Verdict.HOLLOW)
        is_pasted = any(takes_from(letter, other) for other in favoured)
        weighed = [(_weight(letter, one, is_pasted=is_pasted), one[0]) for one in self.letters]
        weighed = sorted((one for one in weighed if one[0] > 0), key=_lightness)[:_NEAREST]
        said = _said(shipped, weighed, is_same=bool(weighed) and weighed[0][0] >= _OVER_AGAIN)
        if said.is_same and weighed[0][1].verdict is not VERDICTS[_likeliest(said.probabilities)]:
            return replace(said, is_same=False)  # other copies of this letter were spoken of otherwise
        return said

    def is_in_doubt(self, said: Said, shipped: Three, sure: float) -> bool:
        """Whether lessons overrule, on thin grounds, a shipped verdict that was sure."""
        was, now = _likeliest(shipped), _likeliest(said.probabilities)
        return was != now and shipped[was] >= sure and said.weight < _ENOUGH and not said.is_same


NOTHING: Final = Taught()


def taught(lessons: Iterable[Lesson]) -> Taught:
    """Make lessons ready, in whatever order they come; later words on the same replace earlier ones."""
    counting = standing(lessons)
    letters = tuple((lesson, known(lesson.gist)) for lesson in counting if lesson.gist is not None)
    return Taught(letters, stances_of(counting))


def _weight(letter: Met, one: tuple[Lesson, Known], *, is_pasted: bool) -> float:
    """How much a lesson counts for a letter."""
    lesson, other = one
    if lesson.verdict is Verdict.HOLLOW:
        return _OVER_AGAIN if is_over_again(letter.known, other) else alike(letter.known, other)
    if is_over_again(letter.known, other) and not says_something(own_lines(letter, other)):
        return _OVER_AGAIN
    if is_pasted:
        return 0.0
    emptier = max(0, letter.known.gist.empty - other.gist.empty) / 100
    return alike(letter.known, other) * max(0.0, 1 - 2 * emptier)


def _said(shipped: Three, weighed: Sequence[tuple[float, Lesson]], *, is_same: bool) -> Said:
    """Add up and divide."""
    weight = sum(each for each, _ in weighed)
    reason, ask, hollow = (
        (_SHIPPED * share + sum(each for each, lesson in weighed if lesson.verdict is verdict))
        / (_SHIPPED + weight)
        for share, verdict in zip(shipped, VERDICTS, strict=True)
    )
    return Said((reason, ask, hollow), weight, is_same, tuple(_heard(weighed)))


def _heard(weighed: Iterable[tuple[float, Lesson]]) -> Iterator[Heard]:
    for each, lesson in weighed:
        if each >= _LEAST:
            yield Heard(lesson.id, lesson.case, lesson.verdict)


def _lightness(one: tuple[float, Lesson]) -> float:
    """To sort the heaviest first; what weighs the same stays in the order of its telling."""
    return -one[0]


def _likeliest(probabilities: Three) -> int:
    return probabilities.index(max(probabilities))
