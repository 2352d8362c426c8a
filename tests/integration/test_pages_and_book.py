"""The pages over a real book on disk: the same as over the book in memory that other tests use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from anlass.desk.cases.inbox import set_aside, sheet
from anlass.desk.cases.waiting import inbox
from anlass.desk.voice.common import Lang
from anlass.store.cases.inbox import place_at
from tests.characters import NOW, SAM, SCENES, MemoryBook
from tests.pages import a_house, book_on_disk, owner, pages_configured

pytestmark = pytest.mark.slow  # makes a database with all its tables


@pytest.fixture(autouse=True)
def django() -> Iterator[None]:
    """Configure Django for these tests."""
    with pages_configured():
        yield


@pytest.mark.parametrize("lang", ["de", "en"])
def test_desk_when_the_book_is_on_disk(tmp_path: Path, lang: Lang) -> None:
    """Inbox, cases and what was set aside are the same from disk and from memory."""
    kept, remembered = book_on_disk(tmp_path), MemoryBook()
    assert inbox(kept, now=NOW, lang=lang) == inbox(remembered, now=NOW, lang=lang)
    assert [one.says for one in set_aside(kept, "en")] == [one.says for one in set_aside(remembered, "en")]
    for scene in SCENES:
        assert sheet(kept, scene.id, now=NOW, lang=lang) == sheet(remembered, scene.id, now=NOW, lang=lang)


def test_inbox_when_a_page_goes_over_groups(tmp_path: Path) -> None:
    """A page that ends one group and begins the next is whole, and no case is on two pages."""
    many = [replace(scene, id=f"{scene.id}{number}") for scene in SCENES for number in range(5)]
    book = book_on_disk(tmp_path, many)
    pages = [inbox(book, now=NOW, lang="de")]
    while pages[-1].older:
        pages.append(inbox(book, now=NOW, lang="de", after=place_at(pages[-1].older)))
    assert [sum(len(lines) for _, lines in page.groups) for page in pages] == [25, 25, 10]
    assert len({line.id for page in pages for _, lines in page.groups for line, _ in lines}) == 60


def test_pages_when_the_book_is_on_disk(tmp_path: Path) -> None:
    """The pages are served from disk, and a case is found by the beginning of its id."""
    client = owner(a_house(book_on_disk(tmp_path, [SAM])))
    addresses = ("/", "/case/sam/", "/case/sa/", "/case/x/")
    assert [client.get(address).status_code for address in addresses] == [200, 200, 200, 404]
