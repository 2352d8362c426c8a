"""The page that all probes look at: one request, cut into sentences, with what each does.

What a page has dozens of are named tuples, which are made three times as fast as dataclasses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, NamedTuple

from anlass.intake import ContactRequest
from anlass.litmus.plain import Plain
from anlass.litmus.reading import FindingKind, Place
from anlass.litmus.sentences import Sentence
from anlass.litmus.weights import MOVES, Floats, Whole
from anlass.litmus.words import Words

PLACE: Final[Mapping[str, int]] = MappingProxyType({move: at for at, move in enumerate(MOVES)})
"""Where a move stands among the moves of a line."""


class Line(NamedTuple):
    """One sentence: where it stands in the readable text, its words, its likely moves (as in `MOVES`)."""

    sentence: Sentence
    text: str
    words: Words
    moves: Sequence[float]

    def does(self, move: str) -> float:
        """How likely the sentence makes this move."""
        return self.moves[PLACE[move]]


class Hit(NamedTuple):
    """A phrase of the phrase lists, found at words `first` to `last` of a line."""

    group: str
    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """A request as the probes see it.

    Places of lines and hits are places in `plain.text`; `Plain.original` finds them in the original.
    `sums` is what was added up for the subject and for every line (`tally.py`), `said` what the words
    of all say (`SAID`, then every `Asks`), `moves` the moves of all lines (lines x `MOVES`), and `alone`
    the same for each taken by itself, which no other sentence can change. `hits` stand by their lists.
    """

    request: ContactRequest
    lang: str
    plain: Plain
    subject: Plain
    subject_words: Words
    about: frozenset[str]
    lines: tuple[Line, ...]
    hits: Mapping[str, Sequence[Hit]]
    sums: Whole = field(compare=False, repr=False)
    said: Floats = field(compare=False, repr=False)
    moves: Floats = field(compare=False, repr=False)
    alone: Floats = field(compare=False, repr=False)

    def found(self, group: str) -> Sequence[Hit]:
        """The phrases of one list that occur in the text."""
        return self.hits.get(group, ())


class Mark(NamedTuple):
    """What a probe saw, and where: a finding before it is put into words.

    Places count in the readable text (or subject) unless `is_original` says that they
    are places of the original already.
    """

    kind: FindingKind
    start: int
    end: int
    place: Place = Place.TEXT
    is_original: bool = False


def whole(kind: FindingKind, line: Line) -> Mark:
    """A mark on a whole sentence."""
    return Mark(kind, line.sentence.start, line.sentence.end)


def likely(page: Page, move: str, kind: FindingKind, at_least: float) -> tuple[Mark, ...]:
    """A mark on every sentence that makes a move at least this likely."""
    place = PLACE[move]
    return tuple([whole(kind, line) for line in page.lines if line.moves[place] >= at_least])
