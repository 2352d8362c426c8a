"""Both databases: a SQLite file, and a real PostgreSQL; every test has a new owner in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from anlass.store import open_book
from anlass.store.book import Book

NewBook = Callable[[], Book]
_OWNERS = count(1)


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path | str:
    """Return each database in turn."""
    if request.param == "sqlite":
        return tmp_path_factory.mktemp("data")
    return str(request.getfixturevalue("postgres").create("contract"))


@pytest.fixture
def new_book(database: Path | str) -> Iterator[NewBook]:
    """Return a function that opens the book of a new owner: books share a database and nothing else."""
    opened: list[Book] = []

    def new() -> Book:
        opened.append(open_book(database, f"owner-{next(_OWNERS)}"))
        return opened[-1]

    yield new
    for book in opened:
        book.close()


@pytest.fixture
def book(new_book: NewBook) -> Book:
    """Return the empty book of a new owner."""
    return new_book()
