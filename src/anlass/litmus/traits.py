"""What a letter is like as a whole: the numbers from which the verdict follows.

They carry the matter, not the corpus's words: which questions are answered and how
surely, how much is empty, whether what is asked is concrete, how rare the words are
in the question and outside of it. Last come the scores of all words taken together. Length alone
is not among the virtues.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from anlass.intake import Channel
from anlass.intake.knock import NETWORKS as CHATS
from anlass.litmus.page import Page
from anlass.litmus.spelling import BANDS, CLASSES
from anlass.litmus.tally import COUNTS
from anlass.litmus.weights import MOVES, SAID, Floats, Places

_SHARES: Final = (
    "hollow",
    "pitch",
    "substance",
    "occasion",
    "why_you",
    "introduction",
    "pressure",
    "ask",
    "other",
    "flattery",
    "benefit",
)
_OF_MOVES: Final = (
    *(f"max {move}" for move in MOVES),
    *(f"sum {move}" for move in MOVES),
    *(f"share {move}" for move in _SHARES),
    "sentences",
    "share empty",
    "share full",
    "full and not empty",
    "sum empty",
    "sum full",
    "emptiest",
)
_OF_WORDS: Final = (
    "rare asked",
    "rare told",
    "rare in introduction",
    "rare in question",
    "telling in question",
    "rare",
    "share rare",
    "share telling",
    "share common",
    "share rare asked",
    "words of an ask",
)
_OF_MARKS: Final = (
    *(f"has {kind}" for kind in CLASSES),
    "questions",
    "shouts",
    "quotes",
    "about",
    "about in subject",
    "no subject",
    "re",
    "network",
    "form",
    "chat",
)
_OF_THE_WHOLE: Final = tuple(f"words say {name}" for name in SAID)
TRAITS: Final = (*_OF_MOVES, *_OF_WORDS, *_OF_MARKS, *_OF_THE_WHOLE)


def _places(moves: Sequence[str]) -> Places:
    return np.array([MOVES.index(move) for move in moves])


_SHARED = _places(_SHARES)
_EMPTY = _places(["hollow", "pitch", "pressure", "secrecy", "flattery", "take_only"])
_FULL = _places(["substance", "why_you", "occasion", "benefit"])
_GREETING, _SIGNATURE, _ASK, _INTRODUCTION = _places(["greeting", "signature", "ask", "introduction"])
_NETWORKS = frozenset({Channel.LINKEDIN, Channel.XING})
_NAMED, _MARKED, _SAID = (
    slice(TRAITS.index(f"has {CLASSES[0]}"), TRAITS.index("questions")),
    slice(TRAITS.index("questions"), TRAITS.index(_OF_THE_WHOLE[0])),
    slice(TRAITS.index(_OF_THE_WHOLE[0]), len(TRAITS)),
)


def traits(pages: Sequence[Page]) -> Floats:
    """All traits of several letters (letters x `TRAITS`)."""
    found = np.zeros((len(pages), len(TRAITS)))
    found[:, _MARKED] = [_of_marks(page) for page in pages]
    found[:, _SAID] = [page.said[: len(SAID)] for page in pages]
    written = [at for at, page in enumerate(pages) if page.lines]
    if written:
        told = _Told.of([pages[at] for at in written])
        found[written, : _NAMED.stop] = np.hstack(
            [_of_moves(told), _of_words(told), np.minimum(told.add(told.named), 2)]
        )
    return found


def emptiness_of(moves: Floats) -> float:
    """How many sentences are likely empty, greetings and signatures left out."""
    core = 1 - np.maximum(moves[:, _GREETING], moves[:, _SIGNATURE])
    return float(moves[:, _EMPTY].max(1) @ core)


@dataclass(frozen=True, slots=True)
class _Told:
    """The sentences of several letters in one row, and where those of each begin.

    `core` tells how much of a sentence is neither greeting nor signature, `empty` and `full` how likely
    it is that; `rarities` are its words of every rarity, `named` of every class, `asks` whether it has a
    question mark.
    """

    begins: Places
    moves: Floats
    core: Floats
    empty: Floats
    full: Floats
    rarities: Floats
    named: Floats
    asks: Floats

    @classmethod
    def of(cls, pages: Sequence[Page]) -> _Told:
        """Put the sentences of letters that have some into one row."""
        moves = np.concatenate([page.moves for page in pages])
        counts = np.concatenate([page.sums[1:, COUNTS] for page in pages]).astype(float)
        return cls(
            np.cumsum([0, *(len(page.lines) for page in pages[:-1])]),
            moves,
            1 - np.maximum(moves[:, _GREETING], moves[:, _SIGNATURE]),
            moves[:, _EMPTY].max(1),
            moves[:, _FULL].max(1),
            counts[:, :BANDS],
            counts[:, BANDS:],
            np.array([1.0 if "?" in line.text else 0.0 for page in pages for line in page.lines]),
        )

    def add(self, rows: Floats) -> Floats:
        """Sums of what is told of sentences, a row for every letter."""
        sums: Floats = np.add.reduceat(rows, self.begins)
        return sums

    def most(self, rows: Floats) -> Floats:
        """The greatest of what is told of sentences, a row for every letter."""
        greatest: Floats = np.maximum.reduceat(rows, self.begins)
        return greatest


def _of_moves(told: _Told) -> Floats:
    moves, core, empty, full = told.moves, told.core, told.empty, told.full
    size = told.add(core) + 0.5
    return np.column_stack(
        [
            told.most(moves),
            np.minimum(told.add(moves), 3.0),
            told.add(core[:, None] * moves[:, _SHARED]) / size[:, None],
            np.minimum(size, 8.0),
            told.add(empty * core) / size,
            told.add(full * core) / size,
            told.most(full * (1 - empty)),
            np.minimum(told.add(empty), 4.0),
            np.minimum(told.add(full), 4.0),
            told.most(empty * core),
        ]
    )


def _of_words(told: _Told) -> Floats:
    ask, core = told.moves[:, _ASK], told.core
    all_words = told.rarities.sum(1)
    rare, telling = told.rarities[:, 3:].sum(1), told.rarities[:, 2]
    add = told.add
    total, words_asked = add(core * all_words), add(ask * all_words)
    rare_told, rare_asked = add(core * rare), np.minimum(add(ask * rare), 5.0)
    rare_in_question = add(told.asks * rare)
    return np.column_stack(
        [
            rare_asked,
            np.minimum(add(core * (1 - told.empty) * (1 - ask) * rare), 12.0),
            np.minimum(add(told.moves[:, _INTRODUCTION] * rare), 6.0),
            np.minimum(rare_in_question, 5.0),
            np.minimum(rare_in_question + add(told.asks * telling), 8.0),
            np.minimum(rare_told, 12.0),
            rare_told / (total + 2),
            add(core * telling) / (total + 2),
            add(core * told.rarities[:, 0]) / (total + 2),
            rare_asked / (words_asked + 2),
            np.minimum(words_asked / (add(ask) + 0.3), 30.0),
        ]
    )


def _of_marks(page: Page) -> list[float]:
    text, subject, channel = page.plain.text, page.subject.text, page.request.channel
    forms = {form for line in page.lines for form in line.words.forms} if page.about else frozenset()
    return [
        min(text.count("?"), 3),
        min(text.count("!"), 3),
        any(sign in text for sign in '"„“»«'),
        min(len(page.about & forms), 3),
        min(len(page.about.intersection(page.subject_words.forms)), 2) if page.about else 0,
        not subject.strip(),
        subject.lower().startswith(("re:", "aw:", "fwd:")),
        channel in _NETWORKS,
        channel is Channel.FORM,
        channel in CHATS,
    ]
