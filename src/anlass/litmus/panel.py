"""The panel: cuts a request into sentences, lets every probe look, and sums up.

The order of the probes does not matter; findings are put into the order of the text.
A probe that fails costs its own findings and makes the reading unsure, nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from anlass.intake import ContactRequest
from anlass.litmus import doubt
from anlass.litmus.answers import answers
from anlass.litmus.answers import marks as answer_marks
from anlass.litmus.context import Context
from anlass.litmus.cutting import cut_up, pages_of, portions
from anlass.litmus.findings import findings_of
from anlass.litmus.gist import gist_of
from anlass.litmus.language import Guess
from anlass.litmus.lessons import Gist, Lesson
from anlass.litmus.minutes import MinutesModel
from anlass.litmus.page import Mark, Page
from anlass.litmus.probes import (
    attack,
    default_text,
    flattery,
    hollow,
    mass,
    merged,
    no_purpose,
    optout,
    pitch,
    placeholder,
    pressure,
    secrecy,
    take_only,
)
from anlass.litmus.reading import (
    Asks,
    FindingKind,
    Heard,
    Personal,
    Probabilities,
    Question,
    Reading,
    Verdict,
)
from anlass.litmus.speech import Speech
from anlass.litmus.stances import Spot, heard, on_marks, on_page, spots
from anlass.litmus.tally import Tally
from anlass.litmus.taught import NOTHING, Said, Taught, taught
from anlass.litmus.verdict import VERDICTS, Judge, Judgement
from anlass.litmus.wording import Phrases
from anlass.litmus.words import Cutter

Probe = Callable[[Page], tuple[Mark, ...]]

PROBES: Final[tuple[Probe, ...]] = (
    hollow.look,
    flattery.look,
    pressure.look,
    secrecy.look,
    pitch.look,
    take_only.look,
    no_purpose.look,
    merged.look,
    placeholder.look,
    mass.look,
    default_text.look,
    optout.look,
    attack.look,
)
_ANSWERS: Final = {FindingKind(question.value): question for question in Question}
_MISHAPS: Final = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything that reads: the trained parts, the wording, the probes.

    `sure` is the probability from which a verdict may be relied on; `version` the
    digest of the weights; `taught` what an owner's lessons add, nothing as shipped.
    """

    version: str
    guess: Guess
    cutter: Cutter
    tally: Tally
    context: Context
    judge: Judge
    minutes: MinutesModel
    answered: Mapping[Question, float]
    sure: float
    phrases: Mapping[str, Phrases]
    speech: Speech
    probes: tuple[Probe, ...] = PROBES
    taught: Taught = NOTHING

    def personal(self, lessons: Iterable[Lesson]) -> Panel:
        """The panel of an owner who taught this."""
        return replace(self, taught=taught(lessons))

    def gist(self, request: ContactRequest) -> Gist:
        """What a lesson keeps of a letter."""
        page = self.page(request)
        return gist_of(page, self.judge, self.tally.spelling_of(page.lang))

    def read(self, request: ContactRequest) -> Reading:
        """Read one request."""
        return self.read_all([request])[0]

    def read_all(self, requests: Sequence[ContactRequest]) -> list[Reading]:
        """Read several requests, each as if alone; together they take less time."""
        return [reading for some in portions(requests) for reading in self._read(some)]

    def _read(self, requests: Sequence[ContactRequest]) -> list[Reading]:
        pages = self.pages(requests)
        found = [spots(page, self.taught.stances) for page in pages]
        judged = self.judge.judge([on_page(page, of_it) for page, of_it in zip(pages, found, strict=True)])
        return list(map(self._reading, pages, found, judged))

    def _reading(self, page: Page, found: Sequence[Spot], judgement: Judgement) -> Reading:
        """What comes of a page, given where words stand that the owner spoke of."""
        marks, failed = self._look(page)
        answered = answers(page, judgement.answers, self.answered)
        marks = on_marks([*marks, *answer_marks(answered)], found, page)
        kinds = [mark.kind for mark in marks]
        probabilities = judgement.probabilities
        if not page.lines or FindingKind.DEFAULT_TEXT in kinds:
            probabilities = (0.01, 0.98, 0.01)  # nothing is written: one "why?" settles it
        shipped = VERDICTS[probabilities.index(max(probabilities))]
        said = self.taught.weigh(page, self.judge, self.tally.spelling_of(page.lang), probabilities)
        rounded = _rounded(said.probabilities)
        best = rounded.index(max(rounded))
        is_sure = (
            rounded[best] >= self.sure
            and not (failed or FindingKind.ATTACK in kinds or doubt.is_doubtful(page, shipped))
            and not self.taught.is_in_doubt(said, probabilities, self.sure)
        )
        asked = self.minutes.asked
        minutes = asked(page.plain.text, page.lang) or asked(page.subject.text, page.lang)
        return Reading(
            lang=page.lang,
            verdict=VERDICTS[best],
            probabilities=Probabilities(*rounded),
            unsure=not is_sure,
            answers=frozenset(_ANSWERS[kind] for kind in kinds if kind in _ANSWERS),
            asks=judgement.asks if page.lines else Asks.CONTACT,
            asks_minutes=minutes.minutes if minutes is not None else None,
            findings=findings_of(page, marks, self.speech),
            version=self.version,
            personal=_personal(said, probabilities, heard(found)),
        )

    def page(self, request: ContactRequest, lang: str | None = None) -> Page:
        """Cut a request into sentences and say what each does; `lang` overrules the guess."""
        return self.pages([request], lang)[0]

    def pages(self, requests: Sequence[ContactRequest], lang: str | None = None) -> list[Page]:
        """The same of several requests, added up together."""
        cut = [cut_up(request, self.guess, self.cutter, lang) for request in requests]
        return pages_of(cut, self.tally, self.context, self.phrases)

    def _look(self, page: Page) -> tuple[list[Mark], bool]:
        marks: list[Mark] = []
        failed = False
        for probe in self.probes:
            try:
                marks.extend(probe(page))
            except _MISHAPS:  # a request is never lost because a probe failed
                failed = True
        return marks, failed


def _personal(
    said: Said, shipped: tuple[float, float, float], of_words: tuple[Heard, ...]
) -> Personal | None:
    """What the owner's lessons made of a reading; `None` where none had a say."""
    if not (said.heard or of_words):
        return None
    return Personal(VERDICTS[shipped.index(max(shipped))], said.is_same, (*said.heard, *of_words))


def _rounded(probabilities: tuple[float, float, float]) -> tuple[float, float, float]:
    """Four digits are enough; the three still sum to one."""
    reason, ask, hollow_ = (round(p, 4) for p in probabilities)
    spare = round(1 - reason - ask - hollow_, 4)
    top = max(reason, ask, hollow_)
    if reason == top:
        return round(reason + spare, 4), ask, hollow_
    return (
        (reason, round(ask + spare, 4), hollow_) if ask == top else (reason, ask, round(hollow_ + spare, 4))
    )


__all__ = ["PROBES", "Panel", "Probe", "Verdict"]
