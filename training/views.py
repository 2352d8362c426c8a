"""What the trainer looks at: every letter cut and observed once, before anything is learned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from anlass.litmus.minutes import MinutesModel
from anlass.litmus.moves import MoveModel, Spelling, Weighed, observe
from anlass.litmus.page import Page
from anlass.litmus.panel import Panel
from anlass.litmus.reading import Asks, Question, Verdict
from anlass.litmus.shipped import load_guess, load_lexicon, load_phrases, load_speech
from anlass.litmus.table import Table
from anlass.litmus.traits import MOVES, traits
from anlass.litmus.verdict import Judge, TraitsView, WordsView, mentions, wishes
from training.corpus import Item, moves_of
from training.fit import Counts, Floats, gathered

VERDICTS = [verdict.value for verdict in Verdict]
ASKS = [asks.value for asks in Asks]
QUESTIONS = list(Question)


@dataclass
class Letters:
    """All letters, their sentences in one long row, and what is observed on both.

    `owner` is the place of a sentence's letter, `moves` what annotators saw in it (sentences x
    moves), `is_marked` whether anybody looked.
    """

    items: Sequence[Item]
    pages: Sequence[Page]
    mentioned: Counts
    observed: Counts
    owner: NDArray[np.int_]
    moves: NDArray[np.bool_]
    is_marked: NDArray[np.bool_]

    @property
    def files(self) -> NDArray[np.str_]:
        """The file of every letter."""
        return np.array([item.fold for item in self.items])

    @property
    def verdicts(self) -> NDArray[np.int_]:
        """The verdict of every letter, by its place in VERDICTS."""
        return np.array([VERDICTS.index(item.verdict) for item in self.items])

    @property
    def asks(self) -> NDArray[np.int_]:
        """What every letter asks, by its place in ASKS."""
        return np.array([ASKS.index(item.asks) for item in self.items])

    @property
    def answered(self) -> NDArray[np.bool_]:
        """Letters x questions: which of the five are answered; rows that nobody marked are empty."""
        return np.array([[q in (item.answers or ()) for q in QUESTIONS] for item in self.items])

    @property
    def has_answers(self) -> NDArray[np.bool_]:
        """Whether anybody marked the five answers of a letter."""
        return np.array([item.answers is not None for item in self.items])


def bare_panel() -> Panel:
    """A panel that knows nothing yet: it can cut, but not judge."""
    spelling = Spelling(load_lexicon())
    nothing = Weighed(Table((), (), {}), spelling)
    return Panel(
        version="",
        guess=load_guess(),
        spelling=spelling,
        moves=MoveModel(nothing),
        judge=Judge(WordsView(nothing), TraitsView((), (), {}), WordsView(nothing), (1.0, 1.0)),
        minutes=MinutesModel(Table((), (), {})),
        answered={},
        sure=1.0,
        phrases=load_phrases(),
        speech=load_speech(),
    )


def cut(items: Sequence[Item]) -> Letters:
    """Cut every letter into sentences and observe them."""
    panel = bare_panel()
    pages = [panel.page(item.request) for item in items]
    observed: list[Counter[str]] = []
    owner, moves, marked = [], [], []
    for index, (item, page) in enumerate(zip(items, pages, strict=True)):
        rows, texts = [line.words for line in page.lines], [line.text for line in page.lines]
        observed += observe(rows, texts, panel.spelling)
        for line in page.lines:
            seen = moves_of(item, line.sentence)
            owner.append(index)
            moves.append([move in seen for move in MOVES])
            marked.append(bool(item.moves))
    mentioned = [
        mentions([page.subject_words, *(line.words for line in page.lines)], panel.spelling) for page in pages
    ]
    return Letters(
        items,
        pages,
        gathered(mentioned),
        gathered(observed),
        np.array(owner),
        np.array(moves),
        np.array(marked),
    )


def with_moves(letters: Letters, moves: Floats) -> list[Page]:
    """The pages again, their sentences with the moves that were told for them."""
    starts = np.searchsorted(letters.owner, np.arange(len(letters.items) + 1))
    pages = []
    for index, page in enumerate(letters.pages):
        mine = moves[starts[index] : starts[index + 1]]
        lines = tuple(
            replace(line, moves=dict(zip(MOVES, map(float, row), strict=True)))
            for line, row in zip(page.lines, mine, strict=True)
        )
        pages.append(replace(page, lines=lines))
    return pages


def traits_of(pages: Sequence[Page]) -> tuple[list[str], Floats]:
    """The names of all traits, and the traits of every letter."""
    rows = [traits(page) for page in pages]
    names = sorted(rows[0])
    return names, np.array([[row[name] for name in names] for row in rows])


def wishes_of(pages: Sequence[Page], spelling: Spelling) -> Counts:
    """What is observed on the sentences that ask for something."""
    return gathered([mentions(wishes(page), spelling) for page in pages])
