"""One's own draft, seen from the other side: the litmus test that others apply, applied before sending.

It says what the two share as the other side sees it, what is asked and what is offered, which words say
nothing, and where an occasion lies that the letter does not name. Whoever is in touch already needs none of
the five questions answered, only no hollow words. It proposes sentences; it writes no letter, and sends none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from anlass.ledger import Tie, TieLevel
from anlass.litmus import Asks, Finding, FindingKind, Question, Reading, Verdict
from anlass.litmus.reading import Place
from anlass.outreach.phrases import Words, in_form, words

FILE = "lint.toml"
_ANSWERS = frozenset(FindingKind(question.value) for question in Question)
_FOR_A_TALK = frozenset({Asks.CALL, Asks.MEETING})
_FREE = frozenset({Asks.ANSWER, Asks.OTHER})
"""What may be asked without offering anything: a question is not a debt."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What is known of the two: the tie, where they last met or swapped cards, and what they spoke about."""

    tie: Tie
    where: str = ""
    topic: str = ""
    owes_answer: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to say about a draft. `kind` is a question or a finding, or `empty`.

    `start` and `end` count code points of the field `place`; both are 0 where it is about the whole draft.
    `suggestion` is a sentence for the draft, "" where there is none.
    """

    kind: str
    says: str
    suggestion: str = ""
    place: Place = Place.TEXT
    start: int = 0
    end: int = 0
    quote: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """How a draft reads over there; `shared` is "" where nobody knows."""

    lang: str
    verdict: Verdict
    unsure: bool
    shared: str
    remarks: tuple[Remark, ...]

    @property
    def is_fine(self) -> bool:
        """Tell whether nothing is to be said."""
        return not self.remarks


def seen_from_there(
    reading: Reading, *, lang: str, register: str = "", shared: Shared | None = None, is_blank: bool = False
) -> View:
    """Return how a draft with this reading looks from the other side, said in `lang` to whoever writes.

    `register` is the form of address of the draft. Without `shared` nothing is known of the receiver.
    """
    says = words(lang, FILE, "says")
    told = shared_says(shared, lang) if shared else ""
    if is_blank:
        return View(reading.lang, reading.verdict, reading.unsure, told, (Remark("empty", says["empty"]),))
    suggest = in_form(reading.lang, FILE, "suggest", register)
    remarks = [*_missing(reading, shared, lang, suggest), *_emptying(reading.findings, says)]
    return View(reading.lang, reading.verdict, reading.unsure, told, tuple(remarks))


def shared_says(shared: Shared, lang: str) -> str:
    """Say what two people share, as the other side sees it: facts, and what is owed."""
    form, tie = words(lang, FILE, "shared"), shared.tie
    letters = tie.mails_in + tie.mails_out + tie.messages_in + tie.messages_out
    counted = (("meeting", tie.meetings), ("card", tie.cards), ("letter", letters))
    parts = [_counted(form, name, count) for name, count in counted if count]
    if not parts:
        return form["nothing"]
    if not letters:
        parts.append(form["no_letters"])
    place = form["where"].format(where=shared.where) if shared.where else ""
    parts[0] += place
    listed = form["and"].join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)
    sentences = [form["sentence"].format(list=listed)]
    wrote, came = tie.mails_out + tie.messages_out, tie.mails_in + tie.messages_in
    if wrote > 1 and not came:
        sentences.append(form["unanswered"].format(n=wrote))
    if shared.owes_answer:
        sentences.append(form["owing"])
    return " ".join(sentences)


def _missing(reading: Reading, shared: Shared | None, lang: str, suggest: Words) -> Iterator[Remark]:
    """Yield what the draft leaves open; nothing where the letter gives a reason, or the two are in touch."""
    is_close = shared is not None and shared.tie.level is TieLevel.IN_TOUCH
    if is_close or (reading.verdict is Verdict.REASON and not reading.unsure):
        return
    says = words(lang, FILE, "says")
    for question in Question:
        if question in reading.answers or not _is_wanted(question, reading, shared):
            continue
        key, fields = _said(question, reading, lang)
        text = says[key].format(**fields)
        if question is Question.OCCASION and shared is not None and shared.where:
            text = says["occasion_here"].format(shared=shared_says(shared, lang))
        yield Remark(question.value, text, _suggestion(question, suggest, shared))


def _is_wanted(question: Question, reading: Reading, shared: Shared | None) -> bool:
    """Tell whether an open question matters here: whom one met one need not be told who writes."""
    match question:
        case Question.WHO:
            return shared is None or shared.tie.level is TieLevel.STRANGER
        case Question.BENEFIT:
            return reading.asks not in _FREE
        case Question.SUBSTANCE:
            return reading.asks in _FOR_A_TALK
        case _:
            return True


def _said(question: Question, reading: Reading, lang: str) -> tuple[str, dict[str, str]]:
    if question is not Question.BENEFIT:
        return question.value, {}
    if reading.asks_minutes:
        return "benefit_minutes", {"minutes": str(reading.asks_minutes)}
    return "benefit", {"asks": words(lang, FILE, "asks")[reading.asks.value]}


def _suggestion(question: Question, suggest: Words, shared: Shared | None) -> str:
    """Return a sentence for the draft; of an occasion the one that is there, where one is."""
    if question is not Question.OCCASION or shared is None or not shared.where:
        return suggest.get(question.value, "")
    key = "topic" if shared.topic else "met" if shared.tie.meetings else "card"
    return suggest.get(f"occasion_{key}", "").format(where=shared.where, topic=shared.topic)


def _emptying(findings: Iterable[Finding], says: Words) -> Iterator[Remark]:
    """Yield what empties the draft, with its words."""
    for one in findings:
        if one.kind not in _ANSWERS:
            text = says[one.kind.value].format(quote=" ".join(one.quote.split()))
            yield Remark(one.kind.value, text, "", one.place, one.start, one.end, one.quote)


def _counted(form: Words, name: str, count: int) -> str:
    numbers = form["numbers"].split()
    word = numbers[count] if count < len(numbers) else str(count)
    return form[name] if count == 1 else form[f"{name}s"].format(n=word)
