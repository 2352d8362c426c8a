"""The answer to a counter-question, read in its light (M17).

A first letter is weighed by itself; a second one by what was asked. Whoever was asked what
it is about may say it in six words, and whoever writes three paragraphs may still not have
said it. So three things count: the words that neither the first letter nor the question
had, that not everybody uses to ask anybody for anything, and how they are put: as a matter,
as a link between the two, as a role, as an offer. Reproach goes before all else, and a
refusal ends the talk.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Final

from anlass.intake import ContactRequest
from anlass.litmus.lexicon import Lexicon
from anlass.litmus.page import Line, Page
from anlass.litmus.panel import Panel
from anlass.litmus.reading import FindingKind, Question
from anlass.litmus.reply import Answer, Outcome, Reply, SecondRound
from anlass.litmus.reply_words import ReplyWords, asking, has_reply_words, reply_words
from anlass.litmus.sentences import sentences

_TOGETHER: Final = frozenset({Question.OCCASION, Question.WHY_ME})
"""Where both are asked, they are one question: how did you come to me?"""

_FIGURES: Final = frozenset(["<date>", "<money>", "<year>", "<name>", "<code>"])
_EMPTY: Final = ("hollow", "flattery", "secrecy", "pressure")
_SAYING: Final = ("substance", "occasion", "why_you", "benefit", "introduction")
_SELLS: Final = frozenset(["pitch", "pressure", "mass", "secrecy"])
_HOLLOW: Final = frozenset(["hollow", "flattery", "no_purpose"])
_DOUBT: Final = 4
"""Telling words from which hot air may be more than that."""
_HOLLOW_LETTER: Final = 0.85
_LIKELY_HOLLOW: Final = 0.5
_MOST_LINES: Final = 200
_MOST_CLAUSES: Final = 30
"""Sentences, and clauses of one, that are looked at: nobody answers a question beyond them."""
_FEW_WORDS: Final = 12
"""A refusal in more words may be more than one."""
_REPEATED: Final = 0.5
"""From this share of words that were there before on, a sentence says the same again."""


def asked_in(words: str, gaps: frozenset[Question] = frozenset()) -> frozenset[Question]:
    """Return which of the five the owner's own letter asks; none where it asks nothing of the kind.

    `gaps` is what the first letter left open: a mere "why?" asks for all of it.
    """
    owner = asking()
    bids = [words[one.start : one.end] for one in sentences(words)]
    bids = [one for one in bids if owner.bids.search(one)]
    asked = {one for one, wording in owner.asks_for.items() if any(map(wording.search, bids))}
    if not asked and any(map(owner.anything.search, bids)):
        return gaps or frozenset({Question.SUBSTANCE})
    return frozenset(asked)


def read_second_round(panel: Panel, first: ContactRequest, lang: str, reply: Reply) -> SecondRound:
    """Read a reply, and what it says to the question; `lang` is that of the first letter."""
    reading = panel.read(reply.request)
    spoken = reading.lang if has_reply_words(reading.lang) else lang
    page = panel.page(reply.request, spoken)
    told = (first.text, first.subject or "", reply.question)
    known = frozenset(
        form
        for text in told
        for line in panel.page(ContactRequest("", first.channel, text), spoken).lines
        for form in (*line.words.forms, *_surfaces(line))
    )
    news = News(known, panel.cutter.meant_of(spoken).lexicon, reply_words(spoken))
    answer = weigh(page, reply.asked or frozenset({Question.SUBSTANCE}), news, reading.probabilities.hollow)
    is_doubtful = (
        answer.unsure or page.plain.cut or len(page.lines) > _MOST_LINES or not has_reply_words(spoken)
    )
    is_doubtful |= any(finding.kind is FindingKind.ATTACK for finding in reading.findings)
    return SecondRound(reply, reading, replace(answer, unsure=is_doubtful))


@dataclass(frozen=True, slots=True)
class News:
    """What tells something new: words not among the `known`, by their rarity and a language's wording."""

    known: frozenset[str]
    lexicon: Lexicon
    wording: ReplyWords


def weigh(page: Page, asked: frozenset[Question], new: News, hollow: float) -> Answer:
    """Say what a reply answers of what was `asked`.

    `new` says what tells something new, `hollow` is how likely the reply is hollow when it is
    read as a letter of its own: eloquent emptiness stays that in a second letter.
    """
    clauses = tuple(_clauses(page, new))
    wording = new.wording
    hurt = next((one for one in clauses if wording.hurt.search(one.text)), None)
    if hurt is not None:
        return _answer(page, Outcome.HURT, asked, {}, hurt)
    found = _found(clauses, wording)
    answered = {question: found[question] for question in asked if question in found}
    both = asked & _TOGETHER
    if len(both) == 2 and answered.keys() & both:
        one = next(answered[question] for question in Question if question in both & answered.keys())
        answered |= dict.fromkeys(both, one)
    telling = sum(one.telling for one in clauses)
    refused = next((one for one in clauses if wording.refused.search(one.text)), None)
    if refused is not None and telling - refused.telling <= 1:
        said = sum(form.isalpha() for line in page.lines for form in line.words.forms)
        return replace(_answer(page, Outcome.REFUSED, asked, {}, refused), unsure=said > _FEW_WORDS)
    first = next((answered[question] for question in _BY_WEIGHT if question in answered), None)
    if not answered or (hollow >= _HOLLOW_LETTER and not any(one.has_figures for one in clauses)):
        later = next((one for one in clauses if one.is_later), None)
        air = _answer(page, Outcome.HOT_AIR, asked, {}, later)
        is_clear = hollow >= _LIKELY_HOLLOW or (later is not None and telling < _DOUBT)
        return replace(air, unsure=not is_clear or bool(answered and telling >= _DOUBT))
    outcome = Outcome.FILLED if answered.keys() == asked else Outcome.PARTLY
    return _answer(page, outcome, asked, answered, first)


_BY_WEIGHT: Final = (
    Question.SUBSTANCE,
    Question.OCCASION,
    Question.WHY_ME,
    Question.WHO,
    Question.BENEFIT,
)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A part of a sentence, how many of its words tell something, whether it puts things off."""

    line: Line
    text: str
    telling: int
    has_figures: bool
    is_later: bool


def _clauses(page: Page, new: News) -> Iterator[_Clause]:
    """Yield the parts of what the reply says itself, without greeting, signature and what it quotes."""
    text = page.plain.text
    wording = new.wording
    signed = wording.signed.search(text)
    end = signed.start() if signed else len(text)
    empty = {hit.line for hit in page.hits if hit.group in _SELLS | _HOLLOW}
    for at, line in enumerate(page.lines[:_MOST_LINES]):
        if line.sentence.is_greeting or line.sentence.start >= end or line.text.startswith(">"):
            continue
        is_empty = at in empty or _is_empty(line)
        is_later, spans = wording.later.search(line.text) is not None, line.words.spans
        for start, stop in _parts(line.text, wording):
            part = line.text[start:stop]
            rows = range(*(bisect_left(spans, (place, 0)) for place in (start, stop)))
            telling = 0 if is_empty or wording.later.search(part) else _telling(line, rows, new)
            figures = any(line.words.forms[row] in {"<money>", "<date>"} for row in rows)
            yield _Clause(line, part, telling, figures, is_later)


def _parts(text: str, wording: ReplyWords) -> Iterator[tuple[int, int]]:
    """Cut a sentence into its first clauses and the rest."""
    start = 0
    for cut in islice(wording.clause.finditer(text), _MOST_CLAUSES):
        if cut.start() > start:
            yield start, cut.start()
        start = cut.end()
    if start < len(text):
        yield start, len(text)


def _is_empty(line: Line) -> bool:
    """Whether a sentence advertises or says nothing, in whatever words."""
    return line.does("pitch") >= 0.8 or max(line.does(move) for move in _EMPTY) >= 0.9


def _telling(line: Line, rows: range, new: News) -> int:
    """Count the different words that tell something new, in these places of the sentence."""
    forms, surfaces = line.words.forms, [line.text[slice(*span)] for span in line.words.spans]
    found: set[str] = set()
    old: set[str] = set()
    for at in rows:
        form, lower = forms[at], surfaces[at].lower()
        if form in _FIGURES:
            found.add(lower)
            continue
        if form[0] == "<" or len(lower) < 3 or not lower.isalpha() or lower.startswith(new.wording.generic):
            continue
        band = new.lexicon.band(lower)
        is_large = new.wording.nouns_are_large and surfaces[at][0].isupper() and at > 0
        is_noun = is_large or (at > 0 and surfaces[at - 1].lower() in new.wording.determiners)
        if band >= 2 or (band == 1 and is_noun):
            (old if form in new.known or lower in new.known else found).add(form)
    return 0 if len(old) > _REPEATED * len(found | old) else len(found)


def _surfaces(line: Line) -> list[str]:
    """Return the words of a sentence as written, in lower case."""
    return [line.text[slice(*span)].lower() for span in line.words.spans]


def _found(clauses: Iterable[_Clause], wording: ReplyWords) -> dict[Question, _Clause]:
    """Return which of the five questions the parts answer, each by the part that does it first."""
    found: dict[Question, _Clause] = {}
    for question, clause in chain.from_iterable(_answers(clause, wording) for clause in clauses):
        if question not in found or clause.telling > found[question].telling:
            found[question] = clause
    return found


def _answers(clause: _Clause, wording: ReplyWords) -> Iterator[tuple[Question, _Clause]]:
    if not clause.telling and not clause.has_figures:
        return
    text = clause.text
    links = clause.line.does("occasion") >= 0.7 and clause.line.does("substance") < 0.4
    is_link = wording.link.search(text) is not None or (links and clause.line.text.startswith(text))
    is_role = wording.role.search(text) is not None or wording.person.search(text) is not None
    if wording.gives.search(text):
        yield Question.BENEFIT, clause
    if is_role or clause.line.does("introduction") >= 0.7:
        yield Question.WHO, clause
    if is_link or wording.you.search(text) or clause.line.does("occasion") >= 0.6:
        yield Question.OCCASION, clause
        yield Question.WHY_ME, clause
    says = max(clause.line.does(move) for move in _SAYING)
    enough = 1 if wording.about.search(text) or "?" in text else 2 if says >= 0.25 else 3
    if clause.telling >= enough and not is_link and not is_role:
        yield Question.SUBSTANCE, clause


def _answer(
    page: Page,
    outcome: Outcome,
    asked: frozenset[Question],
    answered: dict[Question, _Clause],
    shown: _Clause | None,
) -> Answer:
    """Put it together, with the sentence that decides in its place of the original."""
    done = frozenset(answered)
    if shown is None:
        return Answer(outcome, unsure=False, answered=done, open=asked - done)
    start, end = page.plain.original(shown.line.sentence.start, shown.line.sentence.end)
    quote = page.request.text[start:end]
    return Answer(outcome, unsure=False, answered=done, open=asked - done, start=start, end=end, quote=quote)
