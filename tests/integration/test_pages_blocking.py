"""Blocking on the pages: offered first where a letter threatens, told, taken back, taken along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from anlass.desk.blocking.blocking import blocked_people
from anlass.store.book import Book, CaseState
from anlass.web.frame.house import House
from tests.characters import NOW, SAM
from tests.pages import a_house, book_on_disk, owner, pages_configured, visitor
from tests.threatened import KAI, threat

pytestmark = pytest.mark.slow  # makes a database with all its tables


@pytest.fixture(autouse=True)
def django() -> Iterator[None]:
    """Configure Django for these tests."""
    with pages_configured():
        yield


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """A book with a letter that threatens, and Sam's case."""
    kept = book_on_disk(tmp_path, [SAM])
    threat(kept, "drohung", KAI, "Kai Falk")
    yield kept
    kept.close()


def words(page: str) -> str:
    """Return the words of a page without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.fixture
def house(book: Book) -> House:
    """A house over that book."""
    return a_house(book)


def person(book: Book) -> str:
    """Return the id of who threatens."""
    return book.case("drohung").case.person.id


@pytest.mark.parametrize(
    ("lang", "head", "button"),
    [
        ("de", "Das kann eine Drohung sein", "Diese Person sperren"),
        ("en", "This may be a threat", "Block this person"),
    ],
)
def test_a_letter_that_threatens_offers_it_before_all_else(
    book: Book, house: House, lang: str, head: str, button: str
) -> None:
    """The section stands before the letter; any other case has the button quietly at its end."""
    client = owner(house, lang)
    page = client.get("/case/drohung/").content.decode()
    assert page.index(head) < page.index(button) < page.index('class="letterhead"')
    assert "112" in words(page)
    request = replace(book.case("drohung").case.request, id="ruhig", marks=frozenset())
    book.keep(replace(book.case("drohung").case, request=request), now=NOW)
    calm = client.get("/case/ruhig/").content.decode()
    assert head not in calm
    assert calm.index('class="letterhead"') < calm.index(button)


def test_blocked_told_listed_and_taken_back(book: Book, house: House) -> None:
    """The person's page tells it with its way back; the inbox knows nothing of them, the list does."""
    client, who = owner(house, "de"), person(book)
    told = client.post(f"/person/{who}/block/", follow=True).content.decode()
    assert "ist gesperrt: Was kommt, wird aufgehoben und nie beantwortet." in words(told)
    assert "drohung" not in client.get("/").content.decode()
    assert "/case/drohung/" in client.get("/blocked/").content.decode()
    assert "Eine Person." in words(client.get("/settings/").content.decode())
    case = client.get("/case/drohung/").content.decode()
    assert "Diese Person ist gesperrt" in words(case)
    assert 'name="choice"' not in case
    assert "<script>alert" not in case
    (word,) = re.findall(r'name="word" value="([^"]+)"', told)
    client.post("/people/undo/", {"word": word, "back": f"/person/{who}/"})
    assert list(blocked_people(book)) == []
    assert book.case("drohung").state is not CaseState.BLOCKED
    client.post(f"/person/{who}/block/")
    client.post(f"/person/{who}/block/lift/")
    assert "Niemand ist gesperrt." in words(client.get("/blocked/").content.decode())


def test_the_report_is_one_file_in_the_owners_language(book: Book, house: House) -> None:
    """A ZIP that the browser saves; who has nothing to report is told so."""
    client = owner(house)
    for lang, name in (("de", "Inhalt.txt"), ("en", "Contents.txt")):
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = lang
        answer: Any = client.post(f"/person/{person(book)}/block/report.zip")
        assert answer["Content-Type"] == "application/zip"
        assert answer["Content-Disposition"].startswith("attachment")
        with ZipFile(BytesIO(b"".join(answer.streaming_content))) as report:
            assert name in report.namelist()
        answer.close()
    assert [one.act for one in book.entries(limit=1)] == ["report"]


@pytest.mark.parametrize(
    "path",
    ["/blocked/", "/knocks/", "/person/x/block/", "/person/x/block/lift/", "/person/x/block/report.zip"],
)
def test_nobody_without_the_key_comes_near(house: House, path: str) -> None:
    """The pages and the acts are the owner's; an act is no link."""
    ask = visitor(house).get if path.count("/") == 2 else visitor(house).post
    assert ask(path).status_code == 403
    if path.count("/") > 2:
        assert owner(house).get(path).status_code == 405
