"""The pages of the time ledger: pictures, numbers that open, and the owner's word on what was given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from anlass.store.book import Book
from tests.characters import HOHL, NOW, SAM, MemoryBook, case_of
from tests.pages import a_house, book_on_disk, owner, pages_configured, visitor

pytestmark = pytest.mark.slow  # makes a database with all its tables


@pytest.fixture(autouse=True)
def django() -> Iterator[None]:
    """Configure Django for these tests."""
    with pages_configured():
        yield


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Return a book with a request for a quarter of an hour, and one that names no time."""
    book = book_on_disk(tmp_path, [SAM])
    case = case_of(HOHL)
    book.keep(replace(case, reading=replace(case.reading, asks_minutes=15)), now=NOW)
    return book


@pytest.mark.parametrize(("lang", "says"), [("de", "15 Minuten</a> erbeten"), ("en", "15 minutes</a> asked")])
def test_every_number_has_a_page(book: Book, lang: str, says: str) -> None:
    """The sums and the months lead to the cases behind them, in both languages."""
    client = owner(a_house(book), lang)
    page = client.get("/time/").content.decode()
    assert says in page
    links = set(re.findall(r'href="(/time/[^"]+)"', page))
    assert len(links) >= 9
    for link in sorted(links):
        assert client.get(link).status_code == 200
    assert "Hohl" in client.get("/time/asked/").content.decode()


def test_picture_is_told_without_colour(book: Book) -> None:
    """Asked is an empty bar and given a full one in it; the picture has a title and a description."""
    client = owner(a_house(book))
    client.post("/case/hohl/given/", {"minutes": "5", "number": "asked"})
    page = client.get("/time/").content.decode()
    picture = page.partition("<svg")[2].partition("</svg>")[0]
    heights = dict(re.findall(r'class="(asked|given)"[^>]* height="([\d.]+)"', picture))
    assert float(heights["asked"]) == pytest.approx(3 * float(heights["given"]), abs=0.2)
    assert "<title id=" in picture
    assert "<desc id=" in picture


def test_given_minutes_are_written_down_and_taken_back(book: Book) -> None:
    """A number is kept, an empty field takes it back, and the list is shown again."""
    client = owner(a_house(book))
    done = client.post("/case/hohl/given/", {"minutes": "20", "number": "asked", "month": "2026-11"})
    assert (done.status_code, done["Location"]) == (302, "/time/asked/2026-11/")
    assert book.times.given("hohl") == 20
    done = client.post("/case/hohl/given/", {"minutes": "", "number": "given"})
    assert (done["Location"], book.times.given("hohl")) == ("/time/given/", None)


@pytest.mark.parametrize(
    "fields",
    [{"minutes": "-5"}, {"minutes": "99999"}, {"minutes": "x"}, {"minutes": "5", "number": "evil"}],
)
def test_what_is_no_number_changes_nothing(book: Book, fields: dict[str, str]) -> None:
    """Nothing is kept, and nothing breaks."""
    done = owner(a_house(book)).post("/case/hohl/given/", {"number": "asked"} | fields)
    assert (done.status_code, book.times.given("hohl")) == (404, None)


@pytest.mark.parametrize("path", ["/time/evil/", "/time/asked/2026-13/", "/time/asked/x/"])
def test_what_is_not_there_is_not_here(book: Book, path: str) -> None:
    """A number or month that nobody knows has no page."""
    assert owner(a_house(book)).get(path).status_code == 404


def test_strangers_and_pages_without_a_memory_see_nothing(book: Book) -> None:
    """The time ledger is the owner's alone."""
    assert "Hohl" not in visitor(a_house(book)).get("/time/").content.decode()
    assert owner(a_house(MemoryBook())).get("/time/").status_code == 404


def test_empty_ledger_says_so(tmp_path: Path) -> None:
    """Where nobody asked there is no picture."""
    page = owner(a_house(book_on_disk(tmp_path, []))).get("/time/").content.decode()
    assert "Es hat noch niemand um etwas gebeten." in page
    assert "<figure" not in page
