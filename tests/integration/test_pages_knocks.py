"""Chat networks on the pages: what they would see stands beside each button; declining takes two steps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from anlass.channels.networks.door import Looked
from anlass.desk.blocking.blocking import block
from anlass.desk.networks.at_the_door import take_in
from anlass.desk.outgoing.outbox import Writer
from anlass.doorman import Doorman
from anlass.intake import Channel
from anlass.litmus.shipped import load_panel
from anlass.policy import preset
from anlass.replies import shipped_templates
from anlass.replies.outgoing import Deed
from anlass.store.accounts.mail import Watch
from anlass.store.book import Book
from anlass.web.frame.house import House
from tests.characters import NOW, SAM
from tests.contract.test_at_the_door import ACCOUNT, ask, message, step
from tests.pages import a_house, book_on_disk, owner, pages_configured

pytestmark = pytest.mark.slow  # makes a database with all its tables

YES = "Die andere Seite erfährt sofort, dass du zustimmst, und sieht von da an, wann du da bist."
NO = "Die andere Seite bekommt eine Ablehnung zugestellt; ihr Programm zeigt sie an."


@pytest.fixture(autouse=True)
def django() -> Iterator[None]:
    """Configure Django for these tests."""
    with pages_configured():
        yield


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """A book in which Max asks at the door of an account on XMPP."""
    kept = book_on_disk(tmp_path, [SAM])
    doorman = Doorman(load_panel(), preset("show-me-why"), shipped_templates())
    take_in(step(kept, doorman, now=NOW), Looked("1", (ask("Hallo, hier ist <b>Max</b>."),)))
    yield kept
    kept.close()


def words(page: str) -> str:
    """Return the words of a page without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.fixture
def house(book: Book) -> House:
    """A house over that book from which letters can go."""
    return replace(a_house(book), writer=Writer("Olga", "olga@home.example"))


def case(book: Book) -> str:
    """Return the id of Max's case."""
    return next(one.id for one in book.cases().cases if one.case.request.channel is Channel.XMPP)


def test_the_case_says_what_they_would_see_and_lets_in(book: Book, house: House) -> None:
    """One sentence beside the button; then the letter waits with its way back, nothing is offered twice."""
    client, path = owner(house), f"/case/{case(book)}/"
    page = client.get(path).content.decode()
    assert YES in words(page)
    assert NO not in words(page)
    after = client.post(f"{path}let-in/", follow=True).content.decode()
    (boxed,) = book.outbox.all()
    assert (boxed.letter.deed, boxed.letter.to) == (Deed.ACCEPT, "max@ag.example")
    assert "let-in" not in after
    client.post(f"{path}cancel/")
    assert "let-in" in client.get(path).content.decode()


def test_turning_down_takes_a_second_step(book: Book, house: House) -> None:
    """The first says what they will see, and does nothing; the second needs the word; then it waits."""
    client, path = owner(house), f"/case/{case(book)}/turn-down/"
    page = client.get(path).content.decode()
    assert NO in words(page)
    assert client.post(path).status_code == 404
    assert book.outbox.all() == ()
    client.post(path, {"seen": "yes"})
    assert [one.letter.deed for one in book.outbox.all()] == [Deed.DECLINE]
    assert client.get(path).status_code == 404


def test_a_message_can_only_be_answered(book: Book, house: House) -> None:
    """There is nothing to let in or to turn down; the page says what an answer shows."""
    doorman = Doorman(load_panel(), preset("show-me-why"), shipped_templates())
    said = message("Guten Tag", 7, address=replace(ask().address, value="eva@ag.example"), name="Eva")
    (fresh,) = take_in(step(book, doorman, now=NOW), Looked("2", (said,))).fresh
    client = owner(house)
    page = client.get(f"/case/{fresh}/").content.decode()
    assert "Die andere Seite bekommt deine Worte und sonst nichts." in words(page)
    assert "let-in" not in page
    assert client.get(f"/case/{fresh}/turn-down/").status_code == 404


def test_one_page_lists_what_asks_and_how_the_doors_go(book: Book, house: House) -> None:
    """Names without markup; the account with its state, here and among the settings; nobody blocked."""
    client = owner(house)
    page = client.get("/knocks/").content.decode()
    assert f"/case/{case(book)}/#knock" in page
    assert YES in words(page)
    assert "Noch hat niemand nachgesehen." in words(page)
    book.networks.say(ACCOUNT.name, Watch.TROUBLED, "password", now=NOW)
    trouble = "wend.example nimmt das Passwort oder den Zugangsschlüssel nicht an."
    assert trouble in words(client.get("/knocks/").content.decode())
    assert trouble in words(client.get("/settings/").content.decode())
    block(book, "max@ag.example", now=NOW, lang="de")
    assert "#knock" not in client.get("/knocks/").content.decode()
    assert "Gerade fragt dort niemand an." in words(client.get("/knocks/").content.decode())


def test_without_accounts_the_page_says_how_to_connect_one(tmp_path: Path) -> None:
    """And a case that came by mail shows nothing of chat networks."""
    client = owner(a_house(book_on_disk(tmp_path, [SAM])), "en")
    assert "anlass connect xmpp" in client.get("/knocks/").content.decode()
    assert 'id="knock"' not in client.get(f"/case/{SAM.id}/").content.decode()
