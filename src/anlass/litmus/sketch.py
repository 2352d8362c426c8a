"""What is left of a text when only its wording counts: a sketch by which near-duplicates are found.

A template hides behind what is merged into it. So the greeting, the closing with all that
follows it, names of the two people, figures, links and addresses are left out, and the
pairs of words that remain are sketched (MinHash): two texts that share most pairs share
most numbers of their sketches. Letters that share `ROWS` numbers in a row share a band,
and a band is a number that an index can hold.

Short texts have no sketch. Neither have the default texts of networks: thousands click
the same button and none of them sends a mailing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import Final

from rensa import RMinHash

from anlass.intake import ContactRequest, Mark
from anlass.litmus.plain import plain
from anlass.litmus.sentences import sentences
from anlass.litmus.words import names

NUMBERS: Final = 64
"""Numbers of a sketch; likeness is told to some six in a hundred."""

ROWS: Final = 4
"""Numbers of a band. Texts that share four pairs in five share a band in 9,998 of 10,000 cases."""

ALIKE: Final = 0.6
"""From this share of common numbers on, two texts are nearly the same."""

FEWEST: Final = 20
"""Words that a text must have of its own; two people can find the same shorter one by themselves."""

VERSION: Final = 256 + int(RMinHash.ALGORITHM_VERSION)
"""The way sketches are made; those made in another way are made again."""

_SEED: Final = 20_261_121
_WORD: Final = re.compile(r"https?://\S+|www\.\S+|[\w.+-]+@[\w.-]+|[^\W_]+")
_CLOSING: Final = re.compile(
    r"^[ \t]*(?:mit\s+)?(?:(?:viele|liebe|beste|herzliche|freundliche[nm]?|schöne|sonnige)\s+){0,3}"
    r"gr(?:ü|ue)(?:ß|ss)(?:e|en)?\b"
    r"|^[ \t]*(?:(?:kind|best|warm|many)\s+){0,3}(?:regards|wishes)\b"
    r"|^[ \t]*(?:yours|sincerely|cheers|mfg|lg|vg|best)\b[^\n]{0,20}$"
    r"|^--\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_TITLES: Final = frozenset("herr herrn frau dr prof mr mrs ms".split())


@dataclass(frozen=True, slots=True)
class Sketch:
    """The sketch of one text: `NUMBERS` whole numbers below 2^32, the same on every machine."""

    numbers: tuple[int, ...]

    @property
    def bands(self) -> tuple[int, ...]:
        """The numbers an index holds, signed and of 64 bits: near-duplicates share at least one."""
        return tuple(_band(at, self.numbers[at : at + ROWS]) for at in range(0, NUMBERS, ROWS))


def sketch(request: ContactRequest, defaults: Iterable[str] = ()) -> Sketch | None:
    """Return the sketch of a request's text, or `None` where there is too little of its own in it.

    `defaults` are wordings that networks put in place of the sender's own.
    """
    if Mark.DEFAULT_TEXT in request.marks or Mark.ENCRYPTED in request.marks:
        return None
    row = _wording(request, [_folded(one) for one in defaults])
    pairs = sorted({f"{one} {two}" for one, two in pairwise(row)})
    if len(row) < FEWEST or len(pairs) < FEWEST - 1:
        return None
    made = RMinHash(NUMBERS, _SEED)
    made.update(pairs)
    return Sketch(tuple(int(number) for number in made.digest()))


def likeness(one: Sketch, two: Sketch) -> float:
    """Return the share of common numbers, from 0 to 1: near the share of common pairs of words."""
    same = sum(a == b for a, b in zip(one.numbers, two.numbers, strict=True))
    return same / NUMBERS


def _wording(request: ContactRequest, defaults: Sequence[str]) -> list[str]:
    """Return the words of the body that anybody could have been sent."""
    text = plain(request.text).text
    closing = _CLOSING.search(text, len(text) // 3)
    text = text[: closing.start()] if closing else text
    address = request.requester.address
    people = names(request.recipient.name, f"{request.requester.name} {address.value if address else ''}").all
    row: list[str] = []
    for sentence in sentences(text):
        said = _folded(text[sentence.start : sentence.end])
        if not sentence.is_greeting and not any(default in said for default in defaults):
            row += [word for word in said.split() if word not in people and word not in _TITLES]
    return row


def _folded(text: str) -> str:
    """Return the words of a text in lower case, composed, without what differs from copy to copy."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    found = (match.group() for match in _WORD.finditer(folded))
    return " ".join(word for word in found if word.isalpha())


def _band(at: int, numbers: tuple[int, ...]) -> int:
    said = f"{VERSION} {at} {' '.join(map(str, numbers))}".encode()
    return int.from_bytes(blake2b(said, digest_size=8).digest(), "big", signed=True)
