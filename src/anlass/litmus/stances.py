"""What the owner said of words: "this is not hollow for me", wherever they stand.

Words are found by their stems, whatever stands between them but other words. What they are said
to be becomes a finding; what they are said not to be is found no more where they make up at
least half of it. The sentence's moves follow, and with them, a little, the verdict.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from anlass.languages import languages
from anlass.litmus.answers import MOVE_OF
from anlass.litmus.forms import forms_of
from anlass.litmus.lessons import ANSWERING, Lesson
from anlass.litmus.page import PLACE, Line, Mark, Page
from anlass.litmus.plain import Plain
from anlass.litmus.reading import FindingKind, Heard, Place

_WORD: Final = re.compile(r"\w+")
_MOVES: Final[Mapping[FindingKind, str]] = {
    **{FindingKind(question.value): move for question, move in MOVE_OF.items()},
    FindingKind.HOLLOW: "hollow",
    FindingKind.FLATTERY: "flattery",
    FindingKind.PRESSURE: "pressure",
    FindingKind.SECRECY: "secrecy",
    FindingKind.PITCH: "pitch",
    FindingKind.TAKE_ONLY: "take_only",
    FindingKind.MERGED: "merged",
    FindingKind.PLACEHOLDER: "placeholder",
    FindingKind.OPTOUT: "optout",
}
_SO, _SO_AN_ANSWER, _NOT_SO = 0.9, 0.6, 0.1
"""How likely a sentence makes the move, at least or at most, once the owner has spoken; an answer
that anybody may copy raises it less."""

_ENOUGH: Final = 0.5


@dataclass(frozen=True, slots=True)
class Stance:
    """Words in the stemming of every language, and what the owner says they are."""

    lesson: Lesson
    kind: FindingKind
    stemmed: Mapping[str, tuple[str, ...]]

    def stems(self, lang: str) -> tuple[str, ...]:
        """The stems as a letter of this language has them."""
        return self.stemmed[languages().of(lang).code]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the readable text or subject where such words stand."""

    stance: Stance
    place: Place
    start: int
    end: int


def stances_of(lessons: Iterable[Lesson]) -> tuple[Stance, ...]:
    """Return what lessons say of words."""
    return tuple(
        Stance(lesson, lesson.kind, {code: tuple(_stems(lesson.words, code)) for code in languages().spoken})
        for lesson in lessons
        if lesson.kind is not None and _WORD.search(lesson.words)
    )


def spots(page: Page, stances: Sequence[Stance]) -> tuple[Spot, ...]:
    """Find the words of all stances in a letter."""
    if not stances:
        return ()
    return tuple(
        spot
        for place, text in ((Place.TEXT, page.plain), (Place.SUBJECT, page.subject))
        for spot in _in(text, place, page.lang, stances)
    )


def on_page(page: Page, found: Sequence[Spot]) -> Page:
    """The page with the moves of its sentences as the owner sees them."""
    spoken = [spot for spot in found if spot.place is Place.TEXT]
    if not spoken:
        return page
    lines = tuple(_as_seen(line, spoken) for line in page.lines)
    return replace(page, lines=lines, moves=np.array([line.moves for line in lines]))


def on_marks(marks: Iterable[Mark], found: Sequence[Spot], page: Page) -> list[Mark]:
    """The marks without those that the owner denies, and with those that the owner sees."""
    kept = [mark for mark in marks if mark.is_original or not _is_denied(mark, found, page)]
    denied = {
        (spot.place, spot.start, spot.end, spot.stance.kind) for spot in found if not spot.stance.lesson.is_so
    }
    for spot in found:
        at = (spot.place, spot.start, spot.end, spot.stance.kind)
        if spot.stance.lesson.is_so and at not in denied:
            kept.append(Mark(spot.stance.kind, spot.start, spot.end, spot.place))
    return kept


def heard(found: Iterable[Spot]) -> tuple[Heard, ...]:
    """The lessons about words that had a say, each once."""
    lessons = dict.fromkeys(spot.stance.lesson for spot in found)
    return tuple(Heard(one.id, one.case, kind=one.kind, words=one.words, is_so=one.is_so) for one in lessons)


def _stems(words: str, lang: str) -> Iterator[str]:
    return map(forms_of(lang), _WORD.findall(words.lower()))


def _in(text: Plain, place: Place, lang: str, stances: Sequence[Stance]) -> Iterator[Spot]:
    found = list(_WORD.finditer(text.text.lower()))
    stem = forms_of(lang)
    stems = [stem(match.group()) for match in found]
    at: dict[str, list[int]] = {}
    for index, form in enumerate(stems):
        at.setdefault(form, []).append(index)
    for stance in stances:
        wanted = stance.stems(lang)
        for index in at.get(wanted[0], ()):
            if tuple(stems[index : index + len(wanted)]) == wanted:
                yield Spot(stance, place, found[index].start(), found[index + len(wanted) - 1].end())


def _as_seen(line: Line, found: Iterable[Spot]) -> Line:
    """A sentence with its moves raised or lowered."""
    moves = list(line.moves)
    begin, end = line.sentence.start, line.sentence.end
    for spot in found:
        if spot.stance.kind not in _MOVES or not (spot.start < end and begin < spot.end):
            continue
        move = PLACE[_MOVES[spot.stance.kind]]
        if spot.stance.lesson.is_so:
            least = _SO_AN_ANSWER if spot.stance.kind in ANSWERING else _SO
            moves[move] = max(least, moves[move])
        elif _covers(spot, begin, line.text):
            moves[move] = min(_NOT_SO, moves[move])
    return line._replace(moves=moves)


def _is_denied(mark: Mark, found: Iterable[Spot], page: Page) -> bool:
    text = (page.plain if mark.place is Place.TEXT else page.subject).text[mark.start : mark.end]
    return any(
        not spot.stance.lesson.is_so
        and spot.stance.kind is mark.kind
        and spot.place is mark.place
        and _covers(spot, mark.start, text)
        for spot in found
    )


def _covers(spot: Spot, start: int, text: str) -> bool:
    """Whether the words make up enough of a text that begins there."""
    inside = [m for m in _WORD.finditer(text) if spot.start <= start + m.start() < spot.end]
    return bool(inside) and len(inside) >= _ENOUGH * len(_WORD.findall(text))
