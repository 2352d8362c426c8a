"""A program that dies at one step of its writing: what it had begun is not kept, what was kept stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.db import connections

from anlass.store.book import Book

_WRITES = ("INSERT", "UPDATE", "DELETE", "WITH")


class Killed(BaseException):
    """The program is gone."""


@dataclass
class _Steps:
    """Counts what is written; at step `dies_at` the program is gone, before it is done."""

    dies_at: int
    count: int = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Count a statement, and run it."""
        self.count += sql.lstrip().startswith(_WRITES)
        if self.count == self.dies_at:
            raise Killed
        return execute(sql, params, many, context)


@contextmanager
def dying(book: Book, at: int) -> Iterator[_Steps]:
    """Let the program die at this step of its writing, if it comes so far."""
    steps = _Steps(at)
    with connections[book._tables.using].execute_wrapper(steps):
        yield steps


def at_every_step(begun: Callable[[], Book], act: Callable[[Book], object]) -> Iterator[Book]:
    """Yield a book in which the act died, for every step of its writing; last one where it did not."""
    for at in count(1):
        book = begun()
        try:
            with dying(book, at):
                act(book)
        except Killed:
            yield book
            continue
        yield book
        return
