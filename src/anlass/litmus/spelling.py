"""Words taken apart into named observations, so that every weight has a name that can be read.

`w:` a stem, `b:` two in a row, `c:` four letters of a word, `z:` its rarity; what a sentence
is like as a whole and where it stands has names of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from anlass.litmus.lexicon import RARE, Lexicon
from anlass.litmus.words import Words

BANDS: Final = 6
CLASSES: Final = (
    "<num>",
    "<money>",
    "<pct>",
    "<date>",
    "<time>",
    "<year>",
    "<url>",
    "<code>",
    "<mail>",
    "<you>",
    "<me>",
)

pair = "b:%s %s".__mod__
"""The observation on two words in a row, given by their forms."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """Takes words apart, given as form and key."""

    lexicon: Lexicon

    def of(self, form: str, key: str) -> list[str]:
        """The observations on one word."""
        band = self.band(form, key)
        parts = [f"w:{form}"] if band < 0 else [f"w:{form}", f"z:{band}"]
        if band >= 0 and form[0] != "<":
            edged = f"^{key[:30]}$"
            parts += sorted({f"c:{edged[at : at + 4]}" for at in range(len(edged) - 3)})
        return parts

    def band(self, form: str, key: str) -> int:
        """The rarity of a word, a name as rare as a word can be; -1 for what is neither."""
        if form[0] == "<":
            return RARE if form == "<name>" else -1
        return self.lexicon.band(key) if key[0].isalpha() else -1

    def words_of(self, row: Words) -> Counter[str]:
        """The observations on the words and pairs of a sentence."""
        seen = Counter(map(pair, pairwise(row.forms)))
        for form, key in zip(row.forms, row.keys, strict=True):
            seen.update(self.of(form, key))
        return seen


class Stand(NamedTuple):
    """What a sentence is like as a whole, and where it stands: few different ones occur."""

    place: str
    of: int
    length: int
    rare: int
    asks: bool
    before: int | None
    after: int | None
    is_asked_before: bool

    def names(self) -> list[str]:
        """The observations."""
        seen = [self.place, f"rare:{self.rare}", f"len:{self.length}", f"of:{self.of}"]
        if self.asks:
            seen += ["question", f"question-rare:{min(self.rare, 4)}"]
        if self.after is not None:
            seen.append(f"after:{self.after}{'?' if self.is_asked_before else ''}")
        if self.before is not None:
            seen.append(f"before:{self.before}")
        return seen


def stands(rows: Sequence[Words], asks: Sequence[bool], rare: Sequence[int]) -> list[Stand]:
    """How every sentence stands among the others, given how many rare words it has."""
    last = len(rows) - 1
    sizes = [len(row.forms) for row in rows]
    return [
        Stand(
            place="first" if at == 0 else "last" if at == last else "second" if at == 1 else "mid",
            of=min(last + 1, 6),
            length=min(8, sizes[at] // 4),
            rare=min(rare[at], 6),
            asks=asks[at],
            before=min(5, sizes[at + 1] // 5) if at < last else None,
            after=min(5, sizes[at - 1] // 5) if at else None,
            is_asked_before=at > 0 and asks[at - 1],
        )
        for at in range(last + 1)
    ]


def edges(row: Words) -> list[str]:
    """The three observations on how a sentence begins and ends."""
    forms = row.forms or ("",)
    return [f"F:{forms[0]}", f"L:{forms[-1]}", f"F2:{' '.join(forms[:2])}"]
