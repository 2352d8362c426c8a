"""From requests to pages: each is cut by itself, then all are added up together.

To add up is to ask a library of matrices, and asking takes it longer than adding up a letter. So
several letters are asked about at once; what comes out is the same as of each by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np

from anlass.intake import ContactRequest
from anlass.languages import languages
from anlass.litmus.about import about_words, shared
from anlass.litmus.context import Context
from anlass.litmus.language import Guess, language
from anlass.litmus.page import Hit, Line, Page
from anlass.litmus.plain import LONGEST, Plain, plain
from anlass.litmus.sentences import Sentence, sentences
from anlass.litmus.tally import Rows, Tally
from anlass.litmus.verdict import at_first_sight, words_say
from anlass.litmus.weights import SAID
from anlass.litmus.wording import Phrases
from anlass.litmus.words import Cutter, Words, names

_MOST: Final = 32
"""Letters that are added up together; of more, what is in hand no longer fits the fast memory."""


class Cut(NamedTuple):
    """A request cut into sentences and words; `words` begin with those of the subject."""

    request: ContactRequest
    lang: str
    plain: Plain
    subject: Plain
    about: frozenset[str]
    sentences: tuple[Sentence, ...]
    texts: Sequence[str]
    words: Sequence[Words]


def portions(requests: Sequence[ContactRequest]) -> Iterator[Sequence[ContactRequest]]:
    """Requests in their order, no more at a time than `_MOST` and no longer together than one may be."""
    some: list[ContactRequest] = []
    length = 0
    for request in requests:
        size = min(len(request.text) + len(request.subject or ""), LONGEST)
        if some and (len(some) == _MOST or length + size > LONGEST):
            yield some
            some, length = [], 0
        some.append(request)
        length += size
    if some:
        yield some


def cut_up(request: ContactRequest, guess: Guess, cutter: Cutter, lang: str | None = None) -> Cut:
    """Cut a request; `lang` overrules the guess."""
    text, subject = plain(request.text), plain(request.subject or "")
    lang = lang or language(text.text, subject.text, guess)
    people = names(request.recipient.name, request.requester.name, lang)
    cut = sentences(text.text, lang)
    texts = [text.text[sentence.start : sentence.end] for sentence in cut]
    words_of = cutter.words
    rows = [words_of(subject.text, lang, people)]
    rows += [words_of(t, lang, people, is_greeting=s.is_greeting) for t, s in zip(texts, cut, strict=True)]
    about = about_words(request.recipient.about, lang, people.you)
    return Cut(request, lang, text, subject, about, cut, texts, rows)


def pages_of(
    several: Sequence[Cut], tally: Tally, context: Context, wording: Mapping[str, Phrases]
) -> list[Page]:
    """Say of every sentence of several letters what it does."""
    sums = tally.letters([Rows(cut.words, ["?" in text for text in cut.texts], cut.lang) for cut in several])
    begins = np.cumsum([0, *(len(cut.words) for cut in several)])
    said = words_say(sums, begins[:-1], tally.weights)
    is_sentence = np.ones(len(sums), bool)
    is_sentence[begins[:-1]] = False
    alone = at_first_sight(sums[is_sentence], tally.weights)
    starts = begins - np.arange(len(begins))
    written = np.flatnonzero(np.diff(starts))
    known = [shared(cut.words[1:], cut.about, tally.spelling_of(cut.lang)) for cut in several]
    moves = context.moves(
        alone, said[written, : len(SAID)], np.concatenate(known), np.append(starts[written], len(alone))
    )
    likely = moves.tolist()
    at, rows = starts.tolist(), begins.tolist()
    return [
        Page(
            request=cut.request,
            lang=cut.lang,
            plain=cut.plain,
            subject=cut.subject,
            subject_words=cut.words[0],
            about=cut.about,
            lines=tuple(map(Line, cut.sentences, cut.texts, cut.words[1:], likely[at[one] : at[one + 1]])),
            hits=_hits(cut, wording[languages().of(cut.lang).code]),
            sums=sums[rows[one] : rows[one + 1]],
            said=said[one],
            moves=moves[at[one] : at[one + 1]],
            alone=alone[at[one] : at[one + 1]],
        )
        for one, cut in enumerate(several)
    ]


def _hits(cut: Cut, wording: Phrases) -> dict[str, list[Hit]]:
    """The phrases in a letter, by their lists."""
    rows = cut.words[1:]
    found: dict[str, list[Hit]] = {}
    places: dict[int, Sequence[tuple[int, int]]] = {}
    for group, line, first, after in wording.find(rows):
        spans = places.setdefault(line, ()) or rows[line].spans
        begin, places[line] = cut.sentences[line].start, spans
        hit = Hit(group, line, begin + spans[first][0], begin + spans[after - 1][1])
        found.setdefault(group, []).append(hit)
    return found
