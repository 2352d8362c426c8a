"""What a letter is like as a whole: the numbers from which the verdict follows.

They carry the matter, not the corpus's words: which questions are answered and how
surely, how much is empty, whether what is asked is concrete, how rare the words are
in the question and outside of it. Last come the scores of all words taken together. Length alone
is not among the virtues.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from anlass.intake import Channel
from anlass.litmus.page import Page
from anlass.litmus.spelling import CLASSES
from anlass.litmus.tally import NAMED, RARITIES
from anlass.litmus.weights import MOVES, SAID, Floats

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


def _places(moves: Sequence[str]) -> NDArray[np.int_]:
    return np.array([MOVES.index(move) for move in moves])


_SHARED = _places(_SHARES)
_EMPTY = _places(["hollow", "pitch", "pressure", "secrecy", "flattery", "take_only"])
_FULL = _places(["substance", "why_you", "occasion", "benefit"])
_GREETING, _SIGNATURE, _ASK, _INTRODUCTION = _places(["greeting", "signature", "ask", "introduction"])
_NETWORKS = frozenset({Channel.LINKEDIN, Channel.XING})
_CHATS = frozenset({Channel.XMPP, Channel.MATRIX, Channel.MASTODON})


def traits(page: Page) -> Floats:
    """All traits of a letter, in the order of `TRAITS`."""
    said = page.said[: len(SAID)]
    if not page.lines:
        return np.array([*[0.0] * (len(_OF_MOVES) + len(_OF_WORDS)), *_of_marks(page), *said])
    moves = page.moves
    core = 1 - np.maximum(moves[:, _GREETING], moves[:, _SIGNATURE])
    empty, full = moves[:, _EMPTY].max(1), moves[:, _FULL].max(1)
    return np.concatenate(
        [_of_moves(moves, core, empty, full), _of_words(page, core, empty), _of_marks(page), said]
    )


def emptiness_of(moves: Floats) -> float:
    """How many sentences are likely empty, greetings and signatures left out."""
    core = 1 - np.maximum(moves[:, _GREETING], moves[:, _SIGNATURE])
    return float(moves[:, _EMPTY].max(1) @ core)


def _of_moves(moves: Floats, core: Floats, empty: Floats, full: Floats) -> Floats:
    size = float(core.sum()) + 0.5
    share_empty, share_full = float(empty @ core) / size, float(full @ core) / size
    return np.concatenate(
        [
            moves.max(0),
            np.minimum(moves.sum(0), 3.0),
            core @ moves[:, _SHARED] / size,
            [
                min(size, 8.0),
                share_empty,
                share_full,
                (full * (1 - empty)).max(),
                min(float(empty.sum()), 4.0),
                min(float(full.sum()), 4.0),
                (empty * core).max(),
            ],
        ]
    )


def _of_words(page: Page, core: Floats, empty: Floats) -> list[float]:
    ask, introduction = page.moves[:, _ASK], page.moves[:, _INTRODUCTION]
    asks = [1.0 if "?" in line.text else 0.0 for line in page.lines]
    shares = np.array([core, ask, core * (1 - empty) * (1 - ask), introduction, asks])
    told, asked, stated, introduced, questioned = (shares @ page.sums[1:, RARITIES]).tolist()
    total, words_asked = sum(told), sum(asked)
    rare_told, rare_asked = sum(told[3:]), min(sum(asked[3:]), 5.0)
    rare_in_question = sum(questioned[3:])
    return [
        rare_asked,
        min(sum(stated[3:]), 12.0),
        min(sum(introduced[3:]), 6.0),
        min(rare_in_question, 5.0),
        min(rare_in_question + questioned[2], 8.0),
        min(rare_told, 12.0),
        rare_told / (total + 2),
        told[2] / (total + 2),
        told[0] / (total + 2),
        rare_asked / (words_asked + 2),
        min(words_asked / (float(ask.sum()) + 0.3), 30.0),
    ]


def _of_marks(page: Page) -> list[float]:
    text, subject, channel = page.plain.text, page.subject.text, page.request.channel
    forms = {form for line in page.lines for form in line.words.forms} if page.about else frozenset()
    return [
        *np.minimum(page.sums[1:, NAMED].sum(0), 2).tolist(),
        min(text.count("?"), 3),
        min(text.count("!"), 3),
        any(sign in text for sign in '"„“»«'),
        min(len(page.about & forms), 3),
        min(len(page.about.intersection(page.subject_words.forms)), 2) if page.about else 0,
        not subject.strip(),
        subject.lower().startswith(("re:", "aw:", "fwd:")),
        channel in _NETWORKS,
        channel is Channel.FORM,
        channel in _CHATS,
    ]
