"""What a letter shares with what is known of its receiver: the same words may be specific or filler.

"Your chapter on tariffs" means something to whoever wrote on tariffs. Words are compared by their
stems, and by their beginnings, because languages put words together and bend them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from anlass.litmus.forms import forms_of
from anlass.litmus.lexicon import RARE
from anlass.litmus.plain import plain
from anlass.litmus.spelling import Spelling
from anlass.litmus.weights import Floats
from anlass.litmus.words import Words

_TELLING: Final = re.compile(r"[^\W\d_]{5,40}")
_READ: Final = 1000
"""Characters of what is known that are looked at."""

_KIN: Final = 5
"""Words that begin with so many equal letters are of one kin: tariff and tariffs, Zoll and Zollpolitik."""

_SELDOM: Final = RARE - 2
"""The band from which a word is rare enough to tell."""

_MOST: Final = 3
SHARED: Final = ("same words", "rare words", "kin", "is known")


@lru_cache(maxsize=1024)
def about_words(about: str, lang: str, you: frozenset[str]) -> frozenset[str]:
    """The telling words of what is known about the receiver, who is mostly the same, without the name."""
    words = {*_TELLING.findall(plain(about).text[:_READ].lower())} - you
    return frozenset(form for form in map(forms_of(lang), words) if form[0] != "<")


def shared(rows: Sequence[Words], about: frozenset[str], spelling: Spelling) -> Floats:
    """What every sentence shares with what is known (sentences x `SHARED`)."""
    found = np.zeros((len(rows), len(SHARED)))
    if about:
        found[:, -1] = 1.0
        kin = _beginnings(about)
        for line, row in zip(found, rows, strict=True):
            forms = {*row.forms}
            same = about & forms
            if same:
                bands = [spelling.band(f, k) for f, k in zip(row.forms, row.keys, strict=True) if f in same]
                line[:2] = min(len(bands), _MOST), min(sum(band >= _SELDOM for band in bands), _MOST)
            line[2] = min(len(kin.intersection([form[:_KIN] for form in forms])), _MOST)
    return found


@lru_cache(maxsize=64)
def _beginnings(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word[:_KIN] for word in words if len(word) >= _KIN)
