"""Adds up what is observed in a letter, sentence by sentence, in one go.

Every word is taken apart once and its row remembered, because words come back. Sums are
of whole numbers, so that their order does not matter and every machine gets the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Final

import numpy as np
from numpy.typing import NDArray

from anlass.litmus.spelling import BANDS, CLASSES, Spelling, Stand, edges
from anlass.litmus.spelling import stands as stands_of
from anlass.litmus.weights import COLUMNS, Weights, Whole
from anlass.litmus.words import Words, forms_of

_MOST_KEPT: Final = 50_000
"""Words that are remembered between letters; a stranger may not fill the memory with new ones."""

WEIGHTS: Final = slice(0, len(COLUMNS))
RARITIES: Final = slice(len(COLUMNS), len(COLUMNS) + BANDS)
NAMED: Final = slice(RARITIES.stop, RARITIES.stop + len(CLASSES))
SPELT: Final = NAMED.stop
"""Columns of a tally: sums of weights, words of every rarity, words of every class, words of letters."""

_NO_EDGES: Final = (0, 0, 0)
"""The place in front of a sentence's words for what is observed on its edges."""

RARE: Final = slice(RARITIES.start + 3, RARITIES.stop)


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

    def letter(self, rows: Sequence[Words], asks: Sequence[bool], lang: str) -> Whole:
        """The sums of a letter, a row for every sentence; the first row is its subject's.

        `asks` says which sentences ask something. Where they stand is observed too, but for the subject.
        """
        with self._lock:
            if self._count > _MOST_KEPT:
                self._forget()
            sums = self._words(rows, self._of(lang))
            if asks:
                rare = sums[1:, RARE].sum(1).tolist()
                stands = list(map(self._stands.__getitem__, stands_of(rows[1:], asks, rare)))
                sums[1:] += self._rows[stands]
        return sums

    def _words(self, rows: Sequence[Words], places: _Places) -> Whole:
        get, nothing = self.weights.names.get, self.weights.nothing
        found: list[int] = []
        starts: list[int] = []
        edged: list[int] = []
        for row in rows:
            starts.append(len(found))
            edged += [get(name, nothing) for name in edges(row)] if found else _NO_EDGES
            found += _NO_EDGES
            found += map(places.__getitem__, row.keys)
        at = np.array(found)
        sums = np.add.reduceat(self._rows[at], starts, axis=0)
        beside = self.weights.pairs_in(self._forms[at])
        if len(rows) > 1:
            beside[(np.array(starts[1:])[:, None] + (0, 1, 2)).ravel()] = edged[3:]
        sums[:, WEIGHTS] += np.add.reduceat(self.weights.matrix[beside], starts, axis=0, dtype=np.int32)
        return sums

    def _of(self, lang: str) -> _Places:
        places = self._kept.get(lang)
        if places is None:
            places = self._kept[lang] = _Places(self, lang)
        return places

    def keep(self, form: str, key: str, spelling: Spelling) -> int:
        """Remember a word; return its place."""
        place, row = self._new(spelling.of(form, key))
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
        return self._new(stand.names())[0]

    def _new(self, observed: Sequence[str]) -> tuple[int, Whole]:
        """A new row with the weights of what is observed."""
        place = self._count
        if place == len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
            self._forms = np.concatenate([self._forms, np.full_like(self._forms, -1)])
        known = [row for row in map(self.weights.names.get, observed) if row is not None]
        self._rows[place, WEIGHTS] = self.weights.matrix[known].sum(0, dtype=np.int32)
        self._count += 1
        return place, self._rows[place]

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
