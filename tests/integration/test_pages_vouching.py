"""The pages of vouching: the public list and the page of consent, and the owner's own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from anlass.desk.cards.own import FILE, take_in
from anlass.desk.cards.vouching import agree, note_asked, public_list, vouch, vouched_person
from anlass.desk.outgoing.outbox import Writer
from anlass.ledger.outcome import CameOf
from anlass.people import Address, AddressKind, person_at, person_id
from anlass.store.book import Book
from anlass.store.cases.kept import CaseState
from anlass.web.frame.house import House
from tests.characters import NOW, SAM
from tests.pages import a_house, book_on_disk, owner, pages_configured, visitor
from tests.unit.cards.samples import TEXT

pytestmark = pytest.mark.slow  # makes a database with all its tables

KAI = person_at(Address(AddressKind.MAIL, "kai@falk.example"), "Kai Falk")


@pytest.fixture(autouse=True)
def django() -> Iterator[None]:
    """Configure Django for these tests."""
    with pages_configured():
        yield


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Return a book on disk with one case and Olga's cards, that knows Kai."""
    made = book_on_disk(tmp_path, [SAM])
    take_in(made, TEXT, FILE, "en", now=NOW - timedelta(days=9))
    made.meet(KAI)
    return made


@pytest.fixture
def house(book: Book) -> House:
    """Return Olga's house, from which letters leave."""
    return replace(a_house(book), writer=Writer("Olga Tueren", "olga@tueren.example"))


def consent_path(book: Book) -> str:
    """Ask Kai, and return the path of the page on which he says yes or no."""
    vouch(book, "Kai Falk", now=NOW)
    note_asked(book, KAI, now=NOW)
    return "/v/" + vouched_person(book, KAI, at=NOW).link.rpartition("/")[2]


def closed(client: Client) -> bytes:
    """Return what lies where nothing lies."""
    return bytes(client.get("/c/" + "a" * 42).content)


def test_somebody_says_yes_and_no_as_often_as_they_like(book: Book, house: House) -> None:
    """Looking says nothing; a yes names them as they wish, a no takes it back; no cookie is ever set."""
    path, somebody = consent_path(book), visitor(house, "en")
    first = somebody.get(path)
    assert (first.status_code, public_list(book, at=NOW)) == (200, ())
    assert 'value="Kai Falk"' in first.content.decode()
    assert somebody.get("/v/").status_code == 404
    said = somebody.post(path, {"say": "yes", "name": "Kai <Falk>"})
    assert (said.status_code, said["Location"]) == (302, path)
    page = somebody.get("/v/").content.decode()
    assert "Kai &lt;Falk&gt;" in page
    assert "You agreed" in somebody.get(path).content.decode()
    assert somebody.post(path, {"say": "no"}).status_code == 302
    assert somebody.get("/v/").content == closed(somebody)
    assert somebody.post(path, {"say": "what?"}).status_code == 302
    assert public_list(book, at=NOW) == ()
    assert not somebody.cookies
    assert {one.act for one in book.entries(about=KAI.id)} >= {"consent given", "consent withdrawn"}


def test_the_page_of_consent_does_not_say_whether_the_owner_still_vouches(book: Book, house: House) -> None:
    """Byte for byte the same: a standing is the owner's secret."""
    path, somebody = consent_path(book), visitor(house, "en")
    agree(book, KAI, "Kai", now=NOW)
    before = somebody.get(path).content
    assert owner(house).post(f"/person/{KAI.id}/vouch/", {"vouch": "no"}).status_code == 302
    assert somebody.get(path).content == before
    assert somebody.get("/v/").status_code == 404


def test_dead_links_are_alike(book: Book, house: House) -> None:
    """Never asked, forged, of a card, senseless, and a list with nobody on it: one answer."""
    somebody = visitor(house)
    never = "/v/" + vouched_person(book, KAI, at=NOW).link.rpartition("/")[2]
    paths = (
        never,
        never[:-1] + "x",
        "/v/" + "a" * 42,
        "/v/x",
        "/v/\n",
        "/v/",
        "/.well-known/anlass-vouchers.json",
    )
    answers = {(page.status_code, page.content) for page in map(somebody.get, paths)}
    assert answers == {(404, closed(somebody))}
    posted = somebody.post(never, {"say": "yes"})
    assert (posted.status_code, posted.content) == (404, closed(somebody))
    assert book.vouching.words() == ()


def test_the_owner_vouches_asks_and_signs_on_the_page_of_a_person(book: Book, house: House) -> None:
    """With the letter to read and change first, and everything to be taken back."""
    browser, page = owner(house, "en"), f"/person/{KAI.id}/"
    assert browser.post(f"{page}vouch/", {"vouch": "yes", "why": "Three projects"}).status_code == 302
    shown = browser.get(page, {"form": "du"}).content.decode()
    assert "Darf ich dich nennen?" in shown
    assert (
        browser.post(f"{page}consent/", {"ask": "send", "form": "du", "text": "Meine Worte"}).status_code
        == 302
    )
    (boxed,) = book.outbox.all()
    assert (boxed.letter.to, boxed.letter.text) == ("kai@falk.example", "Meine Worte")
    assert "kai@falk.example" in browser.get("/outbox/").content.decode()
    assert browser.post(f"{page}voucher/", {"address": "kai@falk.example"}).status_code == 302
    (given,) = book.vouching.given()
    assert given.text in browser.get(page).content.decode()
    assert given.text not in browser.get("/vouched/").content.decode()
    told = visitor(house).get("/.well-known/anlass-vouchers.json")
    assert json.loads(told.content)["revoked"] == []
    browser.post(f"{page}voucher/", {"revoke": given.id})
    assert json.loads(visitor(house).get("/.well-known/anlass-vouchers.json").content)["revoked"] == [
        given.id
    ]
    assert "Three projects" in browser.get("/vouched/").content.decode()
    browser.post(f"{page}vouch/", {"vouch": "no"})
    assert "You vouch for nobody yet" in browser.get("/vouched/").content.decode()


def test_a_refusal_is_told_on_the_page(book: Book, house: House) -> None:
    """A day that is none, a person nobody vouches for, an unknown case or outcome."""
    browser, page = owner(house, "en"), f"/person/{KAI.id}/"
    browser.post(f"{page}voucher/", {})
    assert "You do not vouch for Kai Falk" in browser.get(page).content.decode()
    browser.post(f"{page}vouch/", {"vouch": "yes"})
    browser.post(f"{page}voucher/", {"until": "tomorrow"})
    assert "could not be understood" in browser.get(page).content.decode()
    browser.post(f"{page}consent/", {"ask": "by-hand"})
    assert vouched_person(book, KAI, at=NOW).link in browser.get(page).content.decode()
    assert browser.post("/person/nobody/consent/", {"ask": "by-hand"}).status_code == 404
    assert browser.post(f"/case/{SAM.id}/outcome/", {"came": "fame"}).status_code == 404
    assert browser.post("/case/none/outcome/", {"came": "job"}).status_code == 404
    assert browser.get("/outcomes/fame/").status_code == 404


def test_what_came_of_a_case_is_said_and_counted(book: Book, house: House) -> None:
    """On the page of all, and taken back there."""
    browser = owner(house, "en")
    assert "You have answered nobody yet" in browser.get("/outcomes/").content.decode()
    book.set_state(SAM.id, CaseState.DONE)
    assert browser.post(f"/case/{SAM.id}/outcome/", {"came": "project"})["Location"].endswith("#came")
    page = browser.get("/outcomes/project/").content.decode()
    assert "A project together" in page
    assert f"/case/{SAM.id}/" in page
    assert book.outcomes.of(SAM.id) is CameOf.PROJECT
    back = browser.post(f"/case/{SAM.id}/outcome/", {"came": "", "back": "outcomes"})
    assert (back["Location"], book.outcomes.of(SAM.id)) == ("/outcomes/", None)


def test_nothing_of_the_owners_is_public(house: House) -> None:
    """The owner's pages of vouching ask for the key."""
    somebody = visitor(house)
    for path in ("/vouched/", "/outcomes/", f"/person/{person_id(KAI.addresses[0])}/"):
        assert somebody.get(path).status_code == 403
