"""The panel: cuts a request into sentences, lets every probe look, and sums up.

The order of the probes does not matter; findings are put into the order of the text.
A probe that fails costs its own findings and makes the reading unsure, nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from anlass.intake import ContactRequest
from anlass.litmus.answers import answers
from anlass.litmus.answers import marks as answer_marks
from anlass.litmus.gist import gist_of
from anlass.litmus.language import Guess, language
from anlass.litmus.lessons import Gist, Lesson
from anlass.litmus.minutes import MinutesModel
from anlass.litmus.moves import MoveModel, Spelling
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
    Finding,
    FindingKind,
    Heard,
    Personal,
    Place,
    Probabilities,
    Question,
    Reading,
    Verdict,
)
from anlass.litmus.sentences import sentences
from anlass.litmus.speech import Speech
from anlass.litmus.stances import heard, on_marks, on_page, spots
from anlass.litmus.taught import NOTHING, Said, Taught, taught
from anlass.litmus.traits import traits
from anlass.litmus.verdict import VERDICTS, Judge
from anlass.litmus.wording import Phrases
from anlass.litmus.words import Names, Words, forms_of, names, words

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
_MOST_FINDINGS: Final = 200


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything that reads: the trained parts, the wording, the probes.

    `sure` is the probability from which a verdict may be relied on; `version` the
    digest of the weights; `taught` what an owner's lessons add, nothing as shipped.
    """

    version: str
    guess: Guess
    spelling: Spelling
    moves: MoveModel
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
        return gist_of(self.page(request), self.judge, self.spelling)

    def read(self, request: ContactRequest) -> Reading:
        """Read one request."""
        page = self.page(request)
        found = spots(page, self.taught.stances)
        seen = on_page(page, found)
        judgement = self.judge.judge(seen, traits(seen))
        marks, failed = self._look(page)
        answered = answers(page, judgement.answers, self.answered)
        marks = on_marks([*marks, *answer_marks(answered)], found, page)
        kinds = {mark.kind for mark in marks}
        probabilities = judgement.probabilities
        if not page.lines or FindingKind.DEFAULT_TEXT in kinds:
            probabilities = (0.01, 0.98, 0.01)  # nothing is written: one "why?" settles it
        said = self.taught.weigh(page, self.judge, self.spelling, probabilities)
        rounded = _rounded(said.probabilities)
        best = rounded.index(max(rounded))
        is_doubtful = (
            failed or page.plain.cut or FindingKind.ATTACK in kinds or page.lang not in {"de", "en", "und"}
        ) or self.taught.is_in_doubt(said, probabilities, self.sure)
        minutes = self.minutes.asked(page.plain.text) or self.minutes.asked(page.subject.text)
        return Reading(
            lang=page.lang,
            verdict=VERDICTS[best],
            probabilities=Probabilities(*rounded),
            unsure=is_doubtful or rounded[best] < self.sure,
            answers=frozenset(question for question in Question if question.value in kinds),
            asks=judgement.asks if page.lines else Asks.CONTACT,
            asks_minutes=minutes.minutes if minutes is not None else None,
            findings=self._findings(page, marks),
            version=self.version,
            personal=_personal(said, probabilities, heard(found)),
        )

    def page(self, request: ContactRequest, lang: str | None = None) -> Page:
        """Cut a request into sentences and say what each does; `lang` overrules the guess."""
        text, subject = plain(request.text), plain(request.subject or "")
        lang = lang or language(text.text, subject.text, self.guess)
        people = names(request.recipient.name, request.requester.name)
        cut = sentences(text.text)
        texts = [text.text[sentence.start : sentence.end] for sentence in cut]
        rows = [
            words(t, lang, people, lexicon=self.spelling.lexicon, is_greeting=s.is_greeting)
            for t, s in zip(texts, cut, strict=True)
        ]
        bands = [tuple(self.spelling.bands(row)) for row in rows]
        lines = tuple(
            Line(cut[at], texts[at], rows[at], bands[at], self.moves.moves(at, rows, texts, bands[at]))
            for at in range(len(cut))
        )
        return Page(
            request=request,
            lang=lang,
            plain=text,
            subject=subject,
            subject_words=words(subject.text, lang, people, lexicon=self.spelling.lexicon),
            about=about_words(request.recipient.about, lang, Names(people.you)),
            lines=lines,
            hits=tuple(self._hits(lines, lang)),
        )

    def _hits(self, lines: Iterable[Line], lang: str) -> Iterable[Hit]:
        wording = self.phrases["de" if lang == "de" else "en"]
        for index, line in enumerate(lines):
            begin, row = line.sentence.start, line.words
            for group, first, after in wording.find(row):
                yield Hit(group, index, begin + row.spans[first][0], begin + row.spans[after - 1][1])

    def _look(self, page: Page) -> tuple[list[Mark], bool]:
        marks: list[Mark] = []
        failed = False
        for probe in self.probes:
            try:
                marks.extend(probe(page))
            except _MISHAPS:  # a request is never lost because a probe failed
                failed = True
        return marks, failed

    def _findings(self, page: Page, marks: Iterable[Mark]) -> tuple[Finding, ...]:
        places = {(mark.kind, mark.place, *_original(page, mark)) for mark in marks}
        ordered = sorted(places, key=lambda at: (at[1] is Place.TEXT, at[2], at[3], at[0]))
        ordered = [at for at in ordered if at[3] > at[2]][:_MOST_FINDINGS]
        kept = (at for at in ordered if not _is_inside_another(at, ordered) and not _is_meant(at, ordered))
        return tuple(self._finding(page, *at) for at in kept)

    def _finding(self, page: Page, kind: FindingKind, place: Place, start: int, end: int) -> Finding:
        field = page.request.text if place is Place.TEXT else page.request.subject or ""
        quote = field[start:end]
        return Finding(kind, place, start, end, quote, self.speech.says(kind, quote, page.lang))


def _personal(
    said: Said, shipped: tuple[float, float, float], of_words: tuple[Heard, ...]
) -> Personal | None:
    """What the owner's lessons made of a reading; `None` where none had a say."""
    if not (said.heard or of_words):
        return None
    return Personal(VERDICTS[shipped.index(max(shipped))], said.is_same, (*said.heard, *of_words))


@lru_cache(maxsize=256)
def about_words(about: str, lang: str, people: Names) -> frozenset[str]:
    """The telling words of what is known about the receiver, who is mostly the same."""
    row: Words = words(plain(about).text[:1000], lang, people)
    stem = forms_of(lang)
    return frozenset(
        stem(lower)
        for form, lower in zip(row.forms, row.lower, strict=True)
        if len(lower) > 4 and form[0] != "<"
    )


def _original(page: Page, mark: Mark) -> tuple[int, int]:
    if mark.is_original:
        return mark.start, mark.end
    field = page.plain if mark.place is Place.TEXT else page.subject
    return field.original(mark.start, mark.end)


def _is_meant(
    at: tuple[FindingKind, Place, int, int], places: Iterable[tuple[FindingKind, Place, int, int]]
) -> bool:
    """Whether a detail that a machine could have pasted in says, in the same words, why this receiver."""
    return at[0] is FindingKind.MERGED and any(
        kind is FindingKind.WHY_ME and place is at[1] and start < at[3] and at[2] < end
        for kind, place, start, end in places
    )


def _is_inside_another(
    at: tuple[FindingKind, Place, int, int], places: Iterable[tuple[FindingKind, Place, int, int]]
) -> bool:
    """Whether the same is already said of a longer stretch."""
    kind, place, start, end = at
    return any(
        kind is k and place is p and s <= start and end <= e and (s, e) != (start, end)
        for k, p, s, e in places
    )


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
