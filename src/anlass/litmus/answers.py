"""Which sentences answer a question: only such as can.

The judge says how likely a letter answers each of the five questions; an answer without
words of the letter to show for it is none. A greeting, a name, a bare link or a line of a
signature says nothing, except who somebody is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from anlass.litmus.page import PLACE, Line, Mark, Page
from anlass.litmus.reading import FindingKind, Question

MOVE_OF: Final[Mapping[Question, str]] = {
    Question.WHO: "introduction",
    Question.OCCASION: "occasion",
    Question.WHY_ME: "why_you",
    Question.BENEFIT: "benefit",
    Question.SUBSTANCE: "substance",
}
_LEAST: Final = 0.15
"""A sentence that is less likely to answer than this answers nothing."""

_LEAST_ALONE: Final = 0.06
"""Nor does one that taken alone says nothing of the kind: what stands around it cannot answer for it."""

_ALSO: Final = 0.5
"""Further sentences that are at least this likely are shown too."""

_WORDS: Final = 3
_WORDS_BESIDE_A_LINK: Final = 6
_FORMAL: Final = 0.5


def answers(
    page: Page, likely: Mapping[Question, float], at_least: Mapping[Question, float]
) -> dict[Question, tuple[Line, ...]]:
    """The questions that are answered, each with the sentences that answer it."""
    found = {}
    for question in Question:
        lines = _answering(page, question) if likely[question] >= at_least[question] else ()
        if lines:
            found[question] = lines
    return found


def marks(found: Mapping[Question, tuple[Line, ...]]) -> Iterator[Mark]:
    """The answering sentences as marks."""
    for question, lines in found.items():
        for line in lines:
            yield Mark(FindingKind(question.value), line.sentence.start, line.sentence.end)


def _answering(page: Page, question: Question) -> tuple[Line, ...]:
    """The likeliest sentence, and all that are likely."""
    move = MOVE_OF[question]
    place = PLACE[move]
    alone = page.alone[:, place].tolist()
    able = [
        line
        for line, by_itself in zip(page.lines, alone, strict=True)
        if line.moves[place] >= _LEAST and by_itself >= _LEAST_ALONE and _can_answer(line, question)
    ]
    if not able:
        return ()
    best = max(able, key=lambda line: line.does(move))
    return tuple(line for line in able if line is best or line.does(move) >= _ALSO)


def _can_answer(line: Line, question: Question) -> bool:
    """Whether a sentence says enough in its own words; a signature may say who."""
    forms = line.words.forms
    words = sum(map(str.isalpha, forms))
    if question is Question.WHO:
        return words > 0 and not line.sentence.is_greeting
    least = _WORDS_BESIDE_A_LINK if "<url>" in forms else _WORDS
    formal = max(line.does("greeting"), line.does("signature"))
    return words >= least and formal < _FORMAL and not line.sentence.is_greeting
