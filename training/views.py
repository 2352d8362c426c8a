"""What the trainer looks at: every letter cut and observed once, before anything is learned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, hstack

from anlass.litmus.about import shared
from anlass.litmus.context import SURROUNDINGS, Context, surroundings
from anlass.litmus.page import Page
from anlass.litmus.panel import Panel
from anlass.litmus.reading import Asks, Question, Verdict
from anlass.litmus.shipped import panel_with
from anlass.litmus.spelling import edges, stands
from anlass.litmus.table import Table
from anlass.litmus.tally import RARE
from anlass.litmus.traits import traits
from anlass.litmus.verdict import TraitsView
from anlass.litmus.weights import COLUMNS, MOVES, Weights
from training.corpus import Item, moves_of
from training.fit import Counts, Floats, gathered

VERDICTS = [verdict.value for verdict in Verdict]
ASKS = [asks.value for asks in Asks]
QUESTIONS = list(Question)


@dataclass
class Letters:
    """All letters, their sentences in one long row, and what is observed on both.

    `spelt` holds the words and pairs of sentences, `mentioned` those of letters with their subjects,
    `observed` those of sentences and where these stand.
    `owner` is the place of a sentence's letter, `moves` what annotators saw in it (sentences x
    moves), `is_marked` whether anybody looked, `shared` what it shares with what is known of the
    receiver (sentences x `SHARED`).
    """

    items: Sequence[Item]
    pages: Sequence[Page]
    spelt: Counts
    mentioned: Counts
    observed: Counts
    owner: NDArray[np.int_]
    moves: NDArray[np.bool_]
    is_marked: NDArray[np.bool_]
    shared: Floats

    @property
    def starts(self) -> NDArray[np.int_]:
        """Where the sentences of every letter begin, and where all end."""
        return np.searchsorted(self.owner, np.arange(len(self.items) + 1))

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
    """A panel that knows nothing yet: it can cut and count, but not judge."""
    nothing = np.zeros(len(COLUMNS))
    none = Weights({}, np.zeros((1, len(COLUMNS)), np.int16), nothing, nothing, np.array([], np.int64), 0)
    return panel_with(
        none,
        version="",
        context=Context(np.zeros((len(SURROUNDINGS), len(MOVES))), np.zeros(len(MOVES))),
        traits=TraitsView(np.zeros((0, 0)), np.zeros(0)),
        blend=(1.0, 1.0),
        minutes=Table(0.0, {}),
        answered={},
        sure=1.0,
    )


def cut(items: Sequence[Item]) -> Letters:
    """Cut every letter into sentences and observe them."""
    panel = bare_panel()
    pages = [panel.page(item.request) for item in items]
    spelt: list[Counter[str]] = []
    placed: list[Counter[str]] = []
    subjects, owner, moves, marked = [], [], [], []
    for index, (item, page) in enumerate(zip(items, pages, strict=True)):
        rows, asks = [line.words for line in page.lines], ["?" in line.text for line in page.lines]
        placed += [
            Counter([*stand.names(), *edges(row)])
            for stand, row in zip(stands(rows, asks, page.sums[1:, RARE].sum(1).tolist()), rows, strict=True)
        ]
        words_of = panel.tally.spelling_of(page.lang).words_of
        subjects.append(words_of(page.subject_words))
        for line in page.lines:
            seen = moves_of(item, line.sentence)
            spelt.append(words_of(line.words))
            owner.append(index)
            moves.append([move in seen for move in MOVES])
            marked.append(bool(item.moves))
    counts = gathered([*spelt, *subjects])
    of_lines = Counts(counts.matrix[: len(spelt)], counts.names)
    owners = np.array(owner)
    return Letters(
        items,
        pages,
        of_lines,
        Counts(per_letter(of_lines.matrix, owners, len(items)) + counts.matrix[len(spelt) :], counts.names),
        beside(of_lines, gathered(placed)),
        owners,
        np.array(moves),
        np.array(marked),
        np.vstack([_shared(panel, page) for page in pages]),
    )


def _shared(panel: Panel, page: Page) -> Floats:
    """What every sentence of a letter shares with what is known of its receiver."""
    return shared([line.words for line in page.lines], page.about, panel.tally.spelling_of(page.lang))


def per_letter(matrix: csr_matrix, owner: NDArray[np.int_], count: int) -> csr_matrix:
    """Rows of sentences added up for every letter."""
    ones = np.ones(len(owner))
    return (csr_matrix((ones, (owner, np.arange(len(owner)))), (count, len(owner))) @ matrix).tocsr()


def beside(one: Counts, other: Counts) -> Counts:
    """The columns of both."""
    return Counts(hstack([one.matrix, other.matrix]).tocsr(), np.concatenate([one.names, other.names]))


def with_moves(letters: Letters, moves: Floats) -> list[Page]:
    """The pages again, their sentences with the moves that were told for them."""
    starts = letters.starts
    parts = (moves[starts[index] : starts[index + 1]] for index in range(len(letters.items)))
    return [replace(page, moves=part) for page, part in zip(letters.pages, parts, strict=True)]


def surroundings_of(letters: Letters, first: Floats, said: Floats) -> Floats:
    """What stands around every sentence: moves at first sight, what the words of its letter say."""
    starts = letters.starts
    written = np.flatnonzero(np.diff(starts))
    return surroundings(first, said[written], letters.shared, np.append(starts[written], starts[-1]))


def traits_of(letters: Letters, moves: Floats, said: Floats) -> Floats:
    """The traits of every letter."""
    pages = with_moves(letters, moves)
    return traits([replace(page, said=row) for page, row in zip(pages, said, strict=True)])


def wishes_of(letters: Letters, moves: Floats) -> Counts:
    """What is observed on sentences, each as much as it likely asks for something."""
    asks = diags(moves[:, MOVES.index("ask")])
    matrix = per_letter((asks @ letters.spelt.matrix).tocsr(), letters.owner, len(letters.items))
    return Counts(matrix, letters.spelt.names)
