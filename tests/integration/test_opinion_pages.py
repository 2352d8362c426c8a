"""A second opinion on the page of a case: asked for by a button, shown as a stranger's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client

from anlass.adviser import Key as ModelKey
from anlass.config import OpinionSettings
from anlass.desk.requests.advising import Advice, second_reader
from anlass.doorman import Doorman
from anlass.litmus import Verdict
from anlass.litmus.shipped import load_panel
from anlass.policy import preset
from anlass.replies import shipped_templates
from anlass.store.book import Book
from anlass.web.frame.house import Classroom, House
from anlass.web.frame.key import Key
from tests.characters import NOW, SAM
from tests.model_server import Handle, Model, model, says, told
from tests.pages import TOKEN, a_house, book_on_disk, owner, pages_configured

pytestmark = pytest.mark.slow  # makes a database with all its tables

ASK = "/case/sam/second-opinion/"
EVIL = "</q><script>alert(1)</script> & \u202eevil"


@pytest.fixture(autouse=True)
def django() -> Iterator[None]:
    """Configure Django for these tests."""
    with pages_configured():
        yield


def house_with(book: Book, up: Model) -> House:
    """Return a house in which this model gives second opinions and the owner teaches."""
    doorman = Doorman(load_panel(), preset("show-me-why"), shipped_templates())
    advice = Advice(book, OpinionSettings(), up.adviser(key=ModelKey("sk-hidden")), "de")
    reader = second_reader(book, doorman, advice)
    return House(book, lambda: NOW, Key(TOKEN), Classroom(doorman, book), reader)


def pressed(folder: Path, handle: Handle, lang: str = "de") -> tuple[str, Model]:
    """Press the button once, and return the page that follows and the model."""
    with model(handle) as up, closing(book_on_disk(folder, [SAM])) as book:
        client = owner(house_with(book, up), lang)
        answer = client.post(ASK)
        assert (answer.status_code, answer["Location"]) == (302, "/case/sam/#opinion")
        return client.get("/case/sam/").content.decode(), up


def text_of(html: str) -> str:
    """Return what a reader sees of the part on the second opinion."""
    part = re.search(r'<section class="opinion".*?</section>', html, re.DOTALL)
    assert part is not None
    return " ".join(re.sub(r"<[^>]+>", " ", part[0]).split())


def test_the_button_asks_and_the_page_shows_whose_opinion_it_is(tmp_path: Path) -> None:
    """Model, host, date, tokens and cost stand above; the model's sentence is a quotation."""
    html, up = pressed(tmp_path, says({}, {}, "Ein Satz."))
    host = up.address.removeprefix("http://").removesuffix("/v1")
    assert len(up.came) == 1
    assert text_of(html) == (
        "Eine zweite Meinung"
        f" Zweite Meinung von tiny auf {host}, am 21. November 2026, 750 Tokens, etwa 0 Cent."
        " In den Worten des Modells: Ein Satz. Das Modell zeigt auf keine Stelle."
        " Sie ist ein Hinweis und ändert kein Urteil. Noch einmal fragen"
        f" Betreff und Text dieses Briefs gehen dann an tiny auf {host}, sonst nichts."
    )
    assert '<q dir="auto">Ein Satz.</q>' in html
    assert "sk-hidden" not in html


def test_the_models_words_cannot_leave_their_quotation(tmp_path: Path) -> None:
    """Markup and direction marks of a malicious model are shown as text."""
    html, _ = pressed(tmp_path, says({}, {}, EVIL), "en")
    assert "<script>" not in html
    assert "\u202e" not in html
    assert '<q dir="auto">&lt;/q&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; evil</q>' in html


@pytest.mark.parametrize(("lang", "said"), [
    ("de", "Keine zweite Meinung von tiny auf {host}: Die Gegenstelle lehnte ab (HTTP 401)."),
    ("en", "No second opinion of tiny at {host}: the other side refused (HTTP 401)."),
])  # fmt: skip
def test_why_there_is_none_is_told_once(tmp_path: Path, lang: str, said: str) -> None:
    """The reason stands on the page that follows, and is gone on the next; the case stays as it was."""
    with model(told(b"no", status=401)) as up, closing(book_on_disk(tmp_path, [SAM])) as book:
        before = book.case("sam")
        client = owner(house_with(book, up), lang)
        client.post(ASK)
        pages = [client.get("/case/sam/").content.decode() for _ in range(2)]
        host = up.address.removeprefix("http://").removesuffix("/v1")
        assert [said.format(host=host) in page for page in pages] == [True, False]
        assert book.case("sam") == before


def test_one_page_teaches_and_asks(tmp_path: Path) -> None:
    """Both buttons work on the same case, and neither takes away what the other brought."""
    with model(says({}, {}, "Ein Satz.")) as up, closing(book_on_disk(tmp_path, [SAM])) as book:
        client = owner(house_with(book, up))
        client.post(ASK)
        client.post("/case/sam/teach/", {"verdict": "hollow"})
        client.post(ASK)
        kept, page = book.case("sam").case, client.get("/case/sam/").content.decode()
    assert kept.opinion is not None
    assert (kept.reading.verdict, kept.opinion.reason, len(up.came)) == (Verdict.HOLLOW, "Ein Satz.", 2)
    assert "Gemerkt." in page
    assert "Zweite Meinung von tiny" in text_of(page)


def test_without_a_model_there_is_no_button(tmp_path: Path) -> None:
    """Nothing on the page speaks of second opinions, and nothing answers at the address."""
    with closing(book_on_disk(tmp_path, [SAM])) as book:
        client = owner(a_house(book))
        assert "opinion" not in client.get("/case/sam/").content.decode()
        assert client.post(ASK).status_code == 404


def test_only_the_owner_can_send_a_letter(tmp_path: Path) -> None:
    """No other page, no link and nobody without the key can make the house send something."""
    with model(says()) as up, closing(book_on_disk(tmp_path, [SAM])) as book:
        house = house_with(book, up)
        client = owner(house)
        assert client.get(ASK).status_code == 405
        strict = Client(
            enforce_csrf_checks=True,
            HTTP_HOST="127.0.0.1:8000",
            **{"anlass.house": house},  # type: ignore[arg-type]
        )
        assert strict.post(ASK).status_code == 403
        strict.get("/", {"token": TOKEN})
        fresh = owner(replace(house, key=Key(TOKEN)))
        fresh.handler.enforce_csrf_checks = True
        assert fresh.post(ASK).status_code == 403
        assert client.post("/case/nobody/second-opinion/").status_code == 404
        assert up.came == []
        page = fresh.get("/case/sam/").content.decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token is not None
        assert fresh.post(ASK, {"csrfmiddlewaretoken": token[1]}).status_code == 302
    assert len(up.came) == 1
