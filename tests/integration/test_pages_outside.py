"""The page and the terminal show what lies outside of the letter: copies, and what came of a question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from anlass.cli.sheet import print_sheet
from anlass.desk.cases.inbox import sheet
from anlass.intake import Channel, ContactRequest
from anlass.litmus.copies import Copies
from anlass.litmus.reading import Question
from anlass.litmus.reply import Reply
from anlass.litmus.second_round import read_second_round
from anlass.litmus.shipped import load_panel
from anlass.store import open_book
from anlass.store.book import Book
from tests.characters import HOHL, NOW, before, case_of
from tests.pages import a_house, owner, pages_configured

ASKED = frozenset({Question.SUBSTANCE})
CAME = "Um den Zaun an der Mühle, der Sturm hat ihn umgelegt.\n\n<script>alert(1)</script>"
SAYS = {
    "de": ("Was auf deine Frage kam", "Die Antwort sagt, wonach gefragt war.", "zuerst am 13. Oktober 2026"),
    "en": ("What came of your question", "The reply says what was asked for.", "first on 13 October 2026"),
}


@pytest.fixture(autouse=True)
def django() -> Iterator[None]:
    """Configure Django for these tests."""
    with pages_configured():
        yield


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """Return a book with one case that was asked back and of which there are copies."""
    case = case_of(HOHL)
    reply = Reply(
        "Worum geht es?",
        ASKED,
        before(days=3),
        ContactRequest("r", Channel.MAIL, CAME, arrived=before(days=2)),
    )
    second = read_second_round(load_panel(), case.request, "de", reply)
    opened = open_book(tmp_path)
    copies = Copies(4, before(days=39), ("a", "b"))
    opened.keep(replace(case, draft=None, copies=copies, second=second), HOHL.encounters, now=NOW)
    yield opened
    opened.close()


@pytest.mark.parametrize("lang", ["de", "en"])
def test_page_when_the_owner_asked_and_others_wrote_the_same(book: Book, lang: str) -> None:
    """Both are said in the owner's language, and what came back is only ever shown."""
    html = owner(a_house(book), lang).get(f"/case/{HOHL.id}/").content.decode()
    words = " ".join(re.sub(r"<[^>]*>", " ", html).split())
    for said in (*SAYS[lang], "Worum geht es?", "Um den Zaun an der Mühle"):
        assert said in words
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


@pytest.mark.parametrize("lang", ["de", "en"])
def test_terminal_when_the_owner_asked_and_others_wrote_the_same(
    book: Book, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """`anlass why` says the same sentences."""
    print_sheet(
        sheet(book, HOHL.id, now=NOW, lang="de" if lang == "de" else "en"), "de" if lang == "de" else "en"
    )
    words = " ".join(capsys.readouterr().out.split())
    for said in (*SAYS[lang], "Worum geht es?", "Um den Zaun an der Mühle"):
        assert said in words


@pytest.mark.parametrize("lang", ["de", "en"])
def test_inbox_when_an_answer_came(book: Book, lang: str) -> None:
    """What came of the question is what matters now, no longer what the first letter wanted."""
    html = owner(a_house(book), lang).get("/").content.decode()
    assert SAYS[lang][1] in html
