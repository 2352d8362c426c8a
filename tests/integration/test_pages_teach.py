"""The owner teaches on the pages: buttons and forms, told once, taken back, and nobody else can."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from django.test import Client

from anlass.litmus import FindingKind, Verdict
from anlass.people import Person
from anlass.store.book import Book
from anlass.web.frame.house import House
from tests.integration.test_pages import words
from tests.pages import TOKEN, a_house, book_on_disk, owner, pages_configured, visitor
from tests.unit.litmus.lessons_at_hand import ANOTHER_RECRUITER, RECRUITER

pytestmark = pytest.mark.slow  # makes a database with all its tables

CASE, TEACH, UNTEACH = "/case/hohl/", "/case/hohl/teach/", "/case/hohl/unteach/"


@pytest.fixture(autouse=True)
def django() -> Iterator[None]:
    """Configure Django for these tests."""
    with pages_configured():
        yield


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """The characters' book on disk."""
    kept = book_on_disk(tmp_path)
    yield kept
    kept.close()


@pytest.fixture
def house(book: Book) -> House:
    """A house in which one can teach."""
    return a_house(book)


def test_verdict_when_a_button_is_pressed(house: House, book: Book) -> None:
    """The case reads as the owner says, says so once, and offers to take it back."""
    client = owner(house)
    done = client.post(TEACH, {"verdict": "reason"})
    assert (done.status_code, done["Location"]) == (302, "/case/hohl/#reads")
    page = words(client.get(CASE))
    assert "Wie er sich liest Für dich hat dieser Brief einen Anlass. Sonst hieße es: hohl." in page
    assert "Gemerkt." in page
    assert "Das hast du gesagt. Zurücknehmen" in page
    assert "Gemerkt." not in words(client.get(CASE))
    client.post(UNTEACH, {"lesson": book.lessons()[0].id})
    page = words(client.get(CASE))
    assert "Zurückgenommen." in page
    assert "Das hast du gesagt" not in page
    assert book.lessons() == ()


def test_words_when_they_are_denied_and_named(house: House, book: Book) -> None:
    """A finding is taken away by its button, and another made by the form."""
    client = owner(house, "en")
    denied = {"kind": "hollow", "words": "gegenseitige Impulse", "is": "no"}
    client.post(TEACH, denied)
    named = {"kind": "pressure", "words": "Hätten Sie diese Woche 15 Minuten", "is": "yes"}
    client.post(TEACH, named)
    page = words(client.get(CASE))
    assert "“gegenseitige Impulse” is not hollow to you. Take back" in page
    assert "“Hätten Sie diese Woche 15 Minuten” pushes you. Take back" in page
    findings = {(f.kind, f.quote) for f in book.case("hohl").case.reading.findings}
    assert (FindingKind.HOLLOW, "gegenseitige Impulse") not in findings
    assert (FindingKind.PRESSURE, "Hätten Sie diese Woche 15 Minuten") in findings


def test_words_when_they_are_not_in_the_letter(house: House, book: Book) -> None:
    """The page says why nothing was learned, once."""
    client = owner(house)
    client.post(TEACH, {"kind": "hollow", "words": "<b>nie</b>", "is": "yes"})
    assert "Diese Worte stehen nicht in dem Brief." in words(client.get(CASE))
    assert "Diese Worte stehen nicht in dem Brief." not in words(client.get(CASE))
    assert book.lessons() == ()


@pytest.mark.parametrize(
    ("address", "given"),
    [
        ("/case/nobody/teach/", {"verdict": "reason"}),
        (TEACH, {"verdict": "great"}),
        (TEACH, {"kind": "great", "words": "Impulse"}),
        (TEACH, {}),
        (UNTEACH, {"lesson": "nothing"}),
        (UNTEACH, {}),
    ],
)
def test_form_when_it_makes_no_sense(house: House, book: Book, address: str, given: dict[str, str]) -> None:
    """What these pages never send is answered with the page for what is not there."""
    assert owner(house).post(address, given).status_code == 404
    assert book.lessons() == ()


def test_form_when_it_comes_from_elsewhere(house: House, book: Book) -> None:
    """Without the page's own token nothing is learned; a stranger does not even learn that."""
    client = Client(HTTP_HOST="127.0.0.1:8000", enforce_csrf_checks=True)
    cast("dict[str, object]", client.defaults)["anlass.house"] = house
    assert client.post(TEACH, {"verdict": "reason"}).status_code == 403
    assert client.get("/", {"token": TOKEN}).status_code == 302
    refused = client.post(TEACH, {"verdict": "reason"})
    assert (refused.status_code, refused.content) == (403, b"Not from here.\n")
    foreign = client.post(TEACH, {"verdict": "reason"}, HTTP_ORIGIN="https://evil.example")
    assert foreign.status_code == 403
    assert book.lessons() == ()
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', client.get(CASE).content.decode())
    assert token
    given = {"verdict": "reason", "csrfmiddlewaretoken": token[1]}
    assert client.post(TEACH, given, HTTP_ORIGIN="http://127.0.0.1:8000").status_code == 302
    assert book.case("hohl").case.reading.verdict is Verdict.REASON


@pytest.mark.parametrize("address", [TEACH, UNTEACH])
def test_form_when_nobody_let_them_in_or_it_is_only_looked_at(house: House, address: str) -> None:
    """Without the key there is only the door; with it, these addresses take forms alone."""
    assert visitor(house).post(address, {"verdict": "reason"}).status_code == 403
    assert owner(house).get(address).status_code == 405


def test_page_when_it_only_shows() -> None:
    """In a house without a classroom there is nothing to press, and nothing is taken."""
    client = owner(a_house())
    page = client.get(CASE).content.decode()
    assert "<form" not in page
    assert "<script" not in page
    assert client.post(TEACH, {"verdict": "reason"}).status_code == 404


def test_precedents_when_letters_are_alike(house: House, book: Book) -> None:
    """A letter that is read by what was said of another names that one and leads to it."""
    kept = book.case("hohl")
    for name, text in (("jana", RECRUITER), ("timo", ANOTHER_RECRUITER)):
        request = replace(kept.case.request, id=name, text=text, subject=None)
        person = Person(name, f"{name.title()} <i>Kolb</i>")
        book.keep(replace(kept.case, request=request, person=person), now=kept.kept_at)
    client = owner(house)
    client.post("/case/jana/teach/", {"verdict": "hollow"})
    page = " ".join(client.get("/case/timo/").content.decode().split())
    assert (
        "Von einem Brief wie diesem hast du gesagt, er sei hohl: "
        '<a href="/case/jana/"><bdi>Jana &lt;i&gt;Kolb&lt;/i&gt;</bdi></a>.'
    ) in page


def test_page_holds_no_inline_script(house: House) -> None:
    """The scripts come from this house's own folder."""
    page = owner(house).get(CASE).content.decode()
    assert re.findall(r"<script[^>]*>[^<]*", page.replace("</script>\n", "</script>")) == [
        '<script src="/static/anlass/keys.js" defer>',
        '<script src="/static/anlass/teaching.js" defer>',
    ]
    assert not re.search(r"\son\w+=|javascript:|style=", page)
