"""The page of a sealed note: opened by a button alone, and closed in one way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from anlass.desk.cards.granting import Wanted, give
from anlass.desk.cards.own import FILE, take_in
from anlass.desk.outgoing.noting import PATH, enclose
from anlass.store import open_book
from tests.pages import a_house, pages_configured
from tests.unit.cards.samples import TEXT


@pytest.fixture(autouse=True)
def django() -> Iterator[None]:
    """Let the pages be asked without a server."""
    with pages_configured():
        yield


@pytest.mark.slow  # a memory is made with all its tables
def test_a_sealed_note_opens_by_a_button_and_is_closed_in_one_way(tmp_path: Path) -> None:
    """Not granted, never enclosed, forged: one answer. Granted: an offer, then the words; no cookie."""
    book = open_book(tmp_path)
    house = a_house(book)
    now = house.now()
    take_in(book, TEXT, FILE, "en", now=now)
    client = Client(headers={"Host": "127.0.0.1", "Accept-Language": "en"}, **{"anlass.house": house})  # type: ignore[arg-type] # goes into META
    path = PATH + enclose(book, "kai@falk.example", "<b>Gern</b> wieder", now=now).rpartition(PATH)[2]
    closed = {
        (answer.status_code, answer.content, tuple(sorted(answer.headers.items())))
        for one in (path, path[:-1], f"{PATH}x", PATH)
        for answer in (client.get(one), client.post(one))
    }
    assert len(closed) == 1
    give(book, "kai@falk.example", Wanted(), now=now)
    offer, opened = client.get(path), client.post(path)
    assert "Gern" not in offer.content.decode()
    assert "&lt;b&gt;Gern&lt;/b&gt; wieder" in opened.content.decode()
    assert not offer.cookies
    assert not opened.cookies
