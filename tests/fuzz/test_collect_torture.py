"""Everything that nobody would send goes through `collect`: stored or set aside, and nothing raises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from anlass.desk.history.collecting import Counts, collect
from anlass.desk.history.hearing import LISTED
from anlass.desk.voice.common import set_aside_says
from anlass.intake import SetAside
from anlass.store import open_book
from anlass.store.book import Book
from tests.fuzz.test_intake_torture import SET_ASIDE
from tests.fuzz.torture import TORTURE
from tests.fuzz.torture_sources import FILES, cards_without_end, table_of_one_cell

NOW = datetime(2026, 11, 21, tzinfo=UTC)
VERA = "vera@example.org"
_OWNERS = count(1)

pytestmark = pytest.mark.slow  # some of the files are fifty megabytes

WRITTEN = {
    "card_of_one_long_line",
    "card_of_many_folds",
    "card_of_many_parameters",
    "card_of_quoted_printable",
    "card_of_photo",
    "event_that_never_falls",
    "event_of_a_crowd",
    "event_in_an_endless_zone",
    "event_of_one_long_line",
    "table_of_open_quotes",
    "blog_of_secrets",
    "blog_of_attributes",
}
"""What is odd and tells something all the same; everything else has a reason for which it is set aside."""


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of one database for all of them."""
    return tmp_path_factory.mktemp("memory")


@pytest.fixture
def book(memory: Path) -> Iterator[Book]:
    """Yield the book of a new owner."""
    opened = open_book(memory, f"o{next(_OWNERS)}")
    yield opened
    opened.close()


def collected(book: Book, file: Path, content: bytes) -> tuple[Counts, list[SetAside]]:
    """Write a file, read its folder, and return the counts and what the book holds as set aside."""
    file.write_bytes(content)
    counts = collect(book, [file.parent], owner=[VERA], now=NOW).counts
    return counts, list(book.all_set_aside())


@pytest.mark.parametrize("build", TORTURE, ids=lambda build: build.__name__)
def test_every_mail_is_stored_or_set_aside(book: Book, tmp_path: Path, build: Callable[[], bytes]) -> None:
    """One letter, or one line that says where the file lies and why it is none; twice the same."""
    counts, aside = collected(book, tmp_path / "a.eml", build())
    reason = SET_ASIDE.get(build.__name__)
    assert [one.reason for one in aside] == ([reason] if reason else [])
    assert counts.new + counts.set_aside == 1
    again = collect(book, [tmp_path], owner=[VERA], now=NOW).counts
    assert (again.new, again.unchanged + again.set_aside) == (0, 1)


@pytest.mark.parametrize(("name", "build"), FILES, ids=[build.__name__ for _, build in FILES])
def test_every_file_of_other_sources_tells_something_or_is_set_aside(
    book: Book, tmp_path: Path, name: str, build: Callable[[], bytes]
) -> None:
    """What cannot be read is named, counted and kept where it lies; the file is looked at once."""
    counts, aside = collected(book, tmp_path / name, build())
    assert (not aside, counts.set_aside == 0) == (build.__name__ in WRITTEN,) * 2
    assert {Path(one.origin.path).parts[: len(tmp_path.parts)] for one in aside} <= {tmp_path.parts}
    assert [
        one for one in aside if not set_aside_says(one, "de") or set_aside_says(one, "de") == one.says
    ] == []
    again = collect(book, [tmp_path], owner=[VERA], now=NOW).counts
    assert (again.entries, again.encounters, again.unchanged + again.set_aside) == (0, 0, 1)


def test_file_of_countless_faults_is_listed_so_far_and_counted_to_the_end(book: Book, tmp_path: Path) -> None:
    """A thousand faults have their lines, one line stands for the rest, and the number is that of all."""
    counts, aside = collected(book, tmp_path / "a.vcf", cards_without_end())
    assert (counts.entries, counts.set_aside, len(aside)) == (100_000, 100_000, LISTED + 1)
    assert [one.reason for one in aside if one.reason != "cut_off"] == ["further"]


def test_book_without_a_fault_beside_one_of_faults_is_read(book: Book, tmp_path: Path) -> None:
    """Whatever lies in the folder, the others in it are read."""
    (tmp_path / "b.vcf").write_bytes(b"BEGIN:VCARD\nVERSION:3.0\nFN:Kai\nEMAIL:kai@falk.example\nEND:VCARD\n")
    collected(book, tmp_path / "Connections.csv", table_of_one_cell())
    assert [line.person.name for line in book.people(at=NOW)] == ["Kai"]
