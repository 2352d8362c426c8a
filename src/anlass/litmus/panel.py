"""The panel: cuts a request into sentences, lets every probe look, and sums up.

The order of the probes does not matter; findings are put into the order of the text.
A probe that fails costs its own findings and makes the reading unsure, nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from anlass.intake import ContactRequest
from anlass.languages import languages
from anlass.litmus import doubt
from anlass.litmus.about import about_words, shared
from anlass.litmus.answers import answers
from anlass.litmus.answers import marks as answer_marks
from anlass.litmus.context import Context
from anlass.litmus.findings import findings_of
from anlass.litmus.gist import gist_of
from anlass.litmus.language import Guess, language
from anlass.litmus.lessons import Gist, Lesson
from anlass.litmus.minutes import MinutesModel
from anlass.litmus.page import Hit, Line, Mark, Page
from anlass.litmus.plain import plain
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
from anlass.litmus.sentences import Sentence, sentences
from anlass.litmus.speech import Speech
from anlass.litmus.stances import heard, on_marks, on_page, spots
from anlass.litmus.tally import Tally
from anlass.litmus.taught import NOTHING, Said, Taught, taught
from anlass.litmus.verdict import VERDICTS, Judge, at_first_sight, words_say
from anlass.litmus.weights import MOVES, SAID
from anlass.litmus.wording import Phrases
from anlass.litmus.words import Cutter, Words, names

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
        page = self.page(request)
        found = spots(page, self.taught.stances)
        judgement = self.judge.judge(on_page(page, found))
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
        is_doubtful = (
            failed or FindingKind.ATTACK in kinds or doubt.is_doubtful(page, shipped)
        ) or self.taught.is_in_doubt(said, probabilities, self.sure)
        asked = self.minutes.asked
        minutes = asked(page.plain.text, page.lang) or asked(page.subject.text, page.lang)
        return Reading(
            lang=page.lang,
            verdict=VERDICTS[best],
            probabilities=Probabilities(*rounded),
            unsure=is_doubtful or rounded[best] < self.sure,
            answers=frozenset(question for question in Question if question.value in kinds),
            asks=judgement.asks if page.lines else Asks.CONTACT,
            asks_minutes=minutes.minutes if minutes is not None else None,
            findings=findings_of(page, marks, self.speech),
            version=self.version,
            personal=_personal(said, probabilities, heard(found)),
        )

    def page(self, request: ContactRequest, lang: str | None = None) -> Page:
        """Cut a request into sentences and say what each does; `lang` overrules the guess."""
        text, subject = plain(request.text), plain(request.subject or "")
        lang = lang or language(text.text, subject.text, self.guess)
        people = names(request.recipient.name, request.requester.name, lang)
        cut = sentences(text.text, lang)
        texts = [text.text[sentence.start : sentence.end] for sentence in cut]
        words_of = self.cutter.words
        told = words_of(subject.text, lang, people)
        rows = [words_of(t, lang, people, is_greeting=s.is_greeting) for t, s in zip(texts, cut, strict=True)]
        sums = self.tally.letter([told, *rows], ["?" in t for t in texts], lang)
        about = about_words(request.recipient.about, lang, people.you)
        said = words_say(sums, self.tally.weights)
        alone = at_first_sight(sums[1:], self.tally.weights)
        known = shared(rows, about, self.tally.spelling_of(lang))
        moves = self.context.moves(alone, said[: len(SAID)], known)
        likely = [dict(zip(MOVES, row, strict=True)) for row in moves.tolist()]
        return Page(
            request=request,
            lang=lang,
            plain=text,
            subject=subject,
            subject_words=told,
            about=about,
            lines=tuple(map(Line, cut, texts, rows, likely)),
            hits=tuple(self._hits(cut, rows, lang)),
            sums=sums,
            said=said,
            moves=moves,
            alone=alone,
        )

    def _hits(self, cut: Sequence[Sentence], rows: Sequence[Words], lang: str) -> Iterable[Hit]:
        wording = self.phrases[languages().of(lang).code]
        places: dict[int, Sequence[tuple[int, int]]] = {}
        for group, line, first, after in wording.find(rows):
            spans = places.setdefault(line, ()) or rows[line].spans
            begin, places[line] = cut[line].start, spans
            yield Hit(group, line, begin + spans[first][0], begin + spans[after - 1][1])

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
