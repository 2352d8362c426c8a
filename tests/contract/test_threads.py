"""Into which thread letters fall: by what they say, whatever comes first and whatever database keeps them."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path

import pytest

from anlass.desk.history.collecting import collect
from anlass.store.book import Book
from tests.contract.conftest import NewBook

NOW = datetime(2026, 11, 21, tzinfo=UTC)
OLGA, KAI = "olga@home.example", "kai@falk.example"

Letter = tuple[str, str]
"""The name of a letter, and of the one it answers ("" for none); another one of a name has a mark behind."""


def write(folder: Path, name: str, answers: str) -> None:
    """Put a letter of Kai's into a folder."""
    head = f"From: {KAI}\nTo: {OLGA}\nDate: Mon, 02 Mar 2026 10:00:00 +0000\nMessage-ID: <{name[0]}@x>\n"
    more = f"In-Reply-To: <{answers}@x>\n" if answers else ""
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.eml").write_text(f"{head}{more}Subject: Brief\n\nWorte von {name}.\n")


def threads(book: Book) -> list[str]:
    """Return the threads of all letters, each with its letter."""
    (kai,) = book.people_named(KAI)
    return sorted(f"{one.id} {one.thread}" for one in book.encounters_with(kai))


@pytest.mark.parametrize(
    ("letters", "count"),
    [
        ((("a", ""), ("b", "a"), ("c", "b"), ("d", "c")), 1),
        ((("a", ""), ("b", "a"), ("c", ""), ("d", "c")), 2),
        ((("a", "b"), ("b", "a")), 1),
        ((("a", "b"), ("b", "c"), ("c", "a"), ("d", "c")), 1),
        ((("a", ""), ("b", ""), ("c", "a"), ("c2", "b"), ("d", "c")), 2),
    ],
    ids=["chain", "two threads", "two in a circle", "three in a circle", "two of one name"],
)
def test_threads_are_the_same_in_any_order_and_in_parts(
    new_book: NewBook, tmp_path: Path, letters: tuple[Letter, ...], count: int
) -> None:
    """Each letter alone, one after the other in every order, comes to what all of them at once come to."""
    for letter in letters:
        write(tmp_path / "all", *letter)
    at_once = new_book()
    collect(at_once, [tmp_path / "all"], owner=[OLGA], now=NOW)
    expected = threads(at_once)
    assert len({line.partition(" ")[2] for line in expected}) == count
    for number, order in enumerate(list(permutations(letters))[:24:5]):
        book = new_book()
        for letter in order:
            write(tmp_path / str(number), *letter)
            collect(book, [tmp_path / str(number)], owner=[OLGA], now=NOW)
        assert threads(book) == expected
