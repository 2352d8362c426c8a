"""Adds up what is observed in letters, sentence by sentence, in one go.

Every word is taken apart once and its row remembered, because words come back. Sums are
of whole numbers, so that their order does not matter and every machine gets the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from threading import Lock
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from anlass.litmus.forms import forms_of
from anlass.litmus.spelling import BANDS, CLASSES, Spelling, Stand, edges
from anlass.litmus.spelling import stands as stands_of
from anlass.litmus.weights import COLUMNS, Weights, Whole
from anlass.litmus.words import Words

_MOST_KEPT: Final = 50_000
"""Words that are remembered between letters; a stranger may not fill the memory with new ones."""

WEIGHTS: Final = slice(0, len(COLUMNS))
RARITIES: Final = slice(len(COLUMNS), len(COLUMNS) + BANDS)
NAMED: Final = slice(RARITIES.stop, RARITIES.stop + len(CLASSES))
COUNTS: Final = slice(RARITIES.start, NAMED.stop)
SPELT: Final = NAMED.stop
"""Columns of a tally: sums of weights, words of every rarity, words of every class, words of letters."""

_NOTHING: Final = 0
"""The place of a row of nothing."""

_NO_EDGES: Final = (_NOTHING, _NOTHING, _NOTHING)
"""The place in front of a sentence's words for what is observed on its edges."""

RARE: Final = slice(RARITIES.start + 3, RARITIES.stop)


class Rows(NamedTuple):
    """What is added up of a letter: the words of its subject and of every sentence, which of these ask."""

    rows: Sequence[Words]
    asks: Sequence[bool]
    lang: str


class Tally:
    """Adds up letters with some weights."""

    def __init__(self, weights: Weights, spelling_of: Callable[[str], Spelling]) -> None:
        self.weights, self.spelling_of = weights, spelling_of
        self._lock = Lock()  # pages are read by several threads
        self._kept: dict[str, _Places] = {}
        self._stands = _Stands(self)
        self._rows: Whole = np.zeros((1024, SPELT + 1), np.int32)
        self._forms: NDArray[np.int64] = np.full(1024, -1, np.int64)
        self._count = 1
        self._new: list[tuple[int, list[int]]] = []

    def letter(self, rows: Sequence[Words], asks: Sequence[bool], lang: str) -> Whole:
        """The sums of a letter, a row for every sentence; the first row is its subject's.

        `asks` says which sentences ask something. Where they stand is observed too, but for the subject.
        """
        return self.letters([Rows(rows, asks, lang)])

    def letters(self, several: Sequence[Rows]) -> Whole:
        """The sums of several letters, one below the other: the same as of each by itself."""
        with self._lock:
            if self._count > _MOST_KEPT:
                self._forget()
            sums = self._words(several)
            standing = self._standing(several, sums[:, RARE].sum(1).tolist())
            self._weigh_new()
            sums += self._rows.take(standing, 0)
        return sums

    def _standing(self, several: Sequence[Rows], rare: Sequence[int]) -> list[int]:
        """The place of how every sentence stands; that of nothing for subjects."""
        found: list[int] = []
        for rows, asks, _ in several:
            begin = len(found) + 1
            found.append(_NOTHING)
            placed = stands_of(rows[1:], asks, rare[begin : begin + len(asks)])
            found += map(self._stands.__getitem__, placed)
        return found

    def _words(self, several: Sequence[Rows]) -> Whole:
        get, nothing = self.weights.names.get, self.weights.nothing
        found: list[int] = []
        starts: list[int] = []
        edged_at: list[int] = []
        edged: list[int] = []
        for rows, _, lang in several:
            place_of, subject = self._of(lang).__getitem__, True
            for row in rows:
                start = len(found)
                starts.append(start)
                found += _NO_EDGES
                found += map(place_of, row.keys)
                if not subject:
                    edged_at += (start, start + 1, start + 2)
                    edged += [get(name, nothing) for name in edges(row)]
                subject = False
        self._weigh_new()
        at = np.array(found)
        beside = self.weights.pairs_in(self._forms.take(at))
        if edged:
            beside[edged_at] = edged
        observed = self._rows.take(at, 0)
        observed[:, WEIGHTS] += self.weights.matrix.take(beside, 0)
        sums: Whole = np.add.reduceat(observed, starts, axis=0)
        return sums

    def _of(self, lang: str) -> _Places:
        places = self._kept.get(lang)
        if places is None:
            places = self._kept[lang] = _Places(self, lang)
        return places

    def keep(self, form: str, key: str, spelling: Spelling) -> int:
        """Remember a word; return its place."""
        place = self._place_of(spelling.of(form, key))
        row = self._rows[place]
        band = spelling.band(form, key)
        if band >= 0:
            row[RARITIES.start + band] = 1
        if form in CLASSES:
            row[NAMED.start + CLASSES.index(form)] = 1
        row[SPELT] = form.isalpha()
        self._forms[place] = self.weights.names.get(f"w:{form}", -1)
        return place

    def keep_stand(self, stand: Stand) -> int:
        """Remember how a sentence may stand; return its place."""
        return self._place_of(stand.names())

    def _place_of(self, observed: Sequence[str]) -> int:
        """The place of a new row; the weights of what is observed are added up with those of others."""
        place = self._count
        if place == len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
            self._forms = np.concatenate([self._forms, np.full_like(self._forms, -1)])
        get, nothing = self.weights.names.get, self.weights.nothing
        self._new.append((place, [get(name, nothing) for name in observed]))
        self._count += 1
        return place

    def _weigh_new(self) -> None:
        """Add up the weights of all rows that are new."""
        if self._new:
            begins = list(accumulate((len(known) for _, known in self._new[:-1]), initial=0))
            known = self.weights.matrix.take([row for _, known in self._new for row in known], 0)
            sums = np.add.reduceat(known, begins, axis=0, dtype=np.int32)
            self._rows[[place for place, _ in self._new], WEIGHTS] = sums
            self._new.clear()

    def _forget(self) -> None:
        self._kept.clear()
        self._stands.clear()
        self._rows[:], self._forms[:], self._count = 0, -1, 1


class _Places(dict[str, int]):
    """Where the row of every word met in a language is kept, by its key; place 0 is of nothing."""

    def __init__(self, tally: Tally, lang: str) -> None:
        super().__init__()
        self.tally, self.form_of, self.spelling = tally, forms_of(lang), tally.spelling_of(lang)

    def __missing__(self, key: str) -> int:
        form = self.form_of(key) if key[0].isalnum() else key
        place = self[key] = self.tally.keep(form, key, self.spelling)
        return place


class _Stands(dict[Stand, int]):
    """The same for how sentences stand."""

    def __init__(self, tally: Tally) -> None:
        super().__init__()
        self.tally = tally

    def __missing__(self, stand: Stand) -> int:
        place = self[stand] = self.tally.keep_stand(stand)
        return place
