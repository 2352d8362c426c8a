"""Every file judged by what the other files teach: the only way a figure about unseen letters is got here."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TypeVar
from zlib import crc32

import numpy as np

from anlass.litmus.reading import Question
from training.baseline import bag_of_words
from training.chain import Read, ask, learn
from training.fit import Floats, Truth
from training.views import QUESTIONS, Letters

Work = TypeVar("Work")
Found = TypeVar("Found")


@dataclass(frozen=True)
class Told:
    """What a chain that never saw a file says about it, and from where it is sure."""

    read: Read
    sure: float
    answered: dict[Question, float]
    bag: Floats


@dataclass
class Judged:
    """What was said about every letter."""

    read: Read
    bag: Floats
    is_sure: Truth
    answers: Truth

    @classmethod
    def nothing(cls, count: int) -> Judged:
        """Room for so many letters."""
        nobody, none = np.zeros(count, bool), np.zeros((count, len(QUESTIONS)), bool)
        return cls(Read.nothing(count), np.zeros((count, 3)), nobody, none)

    def fill(self, test: Truth, told: Told) -> None:
        """Take what is told about the letters under test."""
        for name in ("words", "traits", "verdicts", "questions", "asks"):
            getattr(self.read, name)[test] = getattr(told.read, name)
        self.bag[test] = told.bag
        self.is_sure[test] = told.read.verdicts.max(1) >= told.sure
        self.answers[test] = told.read.questions >= [told.answered[question] for question in QUESTIONS]


def each_file(letters: Letters, groups: int | None = None) -> Judged:
    """Every file judged by the others, as many at a time as there are cores.

    In so many `groups` of files, each judged by the other groups, it is quicker, and less is learned from.
    """
    judged = Judged.nothing(len(letters.items))
    files = sorted(set(letters.files))
    count = groups or len(files)
    tests = [np.isin(letters.files, files[at::count]) for at in range(count)]
    for test, told in zip(
        tests, in_parallel(letters, told_of, [(test, ~test) for test in tests]), strict=True
    ):
        judged.fill(test, told)
    return judged


def thinned(letters: Letters, files: Sequence[str], shares: Sequence[float]) -> list[list[Floats]]:
    """The verdicts on each file by shares of what the others teach: a row a share, a column a file."""
    work = [(file, share) for share in shares for file in files]
    told = iter(in_parallel(letters, _thinned, work))
    return [[next(told) for _ in files] for _ in shares]


_LETTERS: list[Letters] = []
"""What a worker knows: the letters are too many to be sent for every file."""


def in_parallel(letters: Letters, what: Callable[[Work], Found], work: Sequence[Work]) -> list[Found]:
    """What is found for each piece of work, as many at a time as there are cores."""
    _LETTERS[:] = [letters]
    with ProcessPoolExecutor(os.cpu_count(), get_context("fork")) as pool:
        return list(pool.map(what, work))


def knows() -> Letters:
    """The letters of this worker."""
    return _LETTERS[0]


def told_of(work: tuple[Truth, Truth]) -> Told:
    """What is told of the letters under test by what the known ones teach."""
    letters, (test, known) = knows(), work
    chain = learn(letters, known)
    return Told(ask(chain, test), chain.sure, chain.answered, bag_of_words(letters.items, test))


def _thinned(work: tuple[str, float]) -> Floats:
    letters, (file, share) = _LETTERS[0], work
    test = letters.files == file
    kept = np.array([crc32(item.family.encode()) % 1000 < 1000 * share for item in letters.items])
    chain = learn(letters, kept & ~test)
    return ask(chain, test).verdicts
