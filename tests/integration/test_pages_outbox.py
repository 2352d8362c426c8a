"""The owner lets a letter go on the page of its case, takes it back, and holds everything."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client

from anlass.desk.outgoing.outbox import Writer
from anlass.replies import Draft, OutwardText, Register
from anlass.store.book import Book
from anlass.store.outgoing.outbox import OutboxState
from tests.characters import SAM, Scene
from tests.pages import a_house, book_on_disk, owner, pages_configured, visitor

pytestmark = pytest.mark.slow  # makes a database with all its tables

TEXT = "Hello Sam,\n\nThank you for writing. What is it about?\n\nKind regards\nOlga"
DRAFTED = replace(
    SAM, draft=Draft("en", Register("you"), OutwardText(TEXT), OutwardText("Re: A <b>call</b>"))
)
SILENT = replace(SAM, draft=None)


@pytest.fixture(autouse=True)
def django() -> Iterator[None]:
    """Configure Django for these tests."""
    with pages_configured():
        yield


@pytest.fixture
def open_case(tmp_path: Path) -> Iterator[tuple[Client, Book]]:
    """Yield the owner's browser and book, with one case that has a draft."""
    yield from opened(tmp_path, DRAFTED)


def opened(folder: Path, scene: Scene, lang: str = "de") -> Iterator[tuple[Client, Book]]:
    """Yield the owner's browser and book with this case."""
    with closing(book_on_disk(folder, [scene])) as book:
        house = replace(a_house(book), writer=Writer("Olga Brandt", "olga@home.example"))
        yield owner(house, lang), book


def part(client: Client, page: str = "/case/sam/") -> str:
    """Return what a reader sees of the draft's part of the page."""
    whole = client.get(page).content.decode()
    found = re.search(r'<section aria-labelledby="draft">.*?</section>', whole, re.DOTALL)
    assert found is not None
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", found[0]).split()))


def test_a_draft_is_released_as_it_stands(open_case: tuple[Client, Book]) -> None:
    """The letter is in the outbox word for word, leaves in two minutes, and the page says so."""
    client, book = open_case
    assert part(client).startswith(
        "Der Entwurf Nichts verschickt. Das ist ein Entwurf. Verschicken kannst ihn nur du."
    )
    answer = client.post("/case/sam/release/")
    assert (answer.status_code, answer["Location"]) == (302, "/case/sam/#draft")
    (boxed,) = book.outbox.all()
    assert (boxed.letter.text, boxed.letter.subject) == (TEXT, "Re: A <b>call</b>")
    assert (boxed.letter.is_automatic, boxed.letter.to) == (False, SAM.address)
    assert part(client).startswith("Der Entwurf Geht um 18:32 Uhr hinaus. Re: A <b>call</b> Hello Sam,")
    assert "Freigeben" not in part(client)
    assert [entry.act for entry in book.entries(about="sam")] == ["release"]


def test_the_words_can_be_changed_before(open_case: tuple[Client, Book]) -> None:
    """What the owner writes goes as it is, in place of the draft."""
    client, book = open_case
    client.post("/case/sam/release/", {"text": "Dear Sam,\r\n\r\nno & <yes>.", "subject": "Your  call"})
    (boxed,) = book.outbox.all()
    assert (boxed.letter.text, boxed.letter.subject) == ("Dear Sam,\n\nno & <yes>.", "Your call")


def test_a_letter_can_be_taken_back_and_released_again(open_case: tuple[Client, Book]) -> None:
    """Undo leaves everything as it was; the case still waits."""
    client, book = open_case
    before = part(client)
    client.post("/case/sam/release/")
    client.post("/case/sam/cancel/")
    assert part(client) == before
    assert [one.state for one in book.outbox.all()] == [OutboxState.CANCELLED]
    client.post("/case/sam/release/")
    assert [one.state for one in book.outbox.all()] == [OutboxState.WAITING]


def test_a_second_release_is_refused_in_words(open_case: tuple[Client, Book]) -> None:
    """Two presses of the button are one letter; why is told once."""
    client, book = open_case
    client.post("/case/sam/release/")
    client.post("/case/sam/release/")
    assert len(book.outbox.all()) == 1
    assert "Auf diese Anfrage ist schon ein Brief im Ausgang oder unterwegs." in part(client)
    assert "Auf diese Anfrage ist schon" not in part(client)


def test_what_has_left_cannot_be_taken_back(open_case: tuple[Client, Book]) -> None:
    """The page says when it left and offers nothing."""
    client, book = open_case
    client.post("/case/sam/release/")
    (boxed,) = book.outbox.all()
    book.outbox.claim("w", now=boxed.due)
    book.outbox.hand_over(boxed.id, "w", now=boxed.due)
    book.outbox.delivered(boxed.id, "w", now=boxed.due)
    client.post("/case/sam/cancel/")
    assert "Der Brief ist schon unterwegs." in part(client)
    assert part(client).startswith("Der Entwurf Ging um 18:32 Uhr hinaus.")
    assert "Zurücknehmen" not in part(client)


def test_a_case_without_a_draft_can_be_answered_by_hand(tmp_path: Path) -> None:
    """There is a form for the owner's own words, and an empty one goes nowhere."""
    for client, book in opened(tmp_path, SILENT, "en"):
        assert "Write yourself" in part(client)
        client.post("/case/sam/release/", {"text": " \n "})
        assert "The letter is empty." in part(client)
        client.post("/case/sam/release/")
        assert "There is no draft in this case." in part(client)
        assert book.outbox.all() == ()
        client.post("/case/sam/release/", {"text": "Hello Sam."})
        assert [one.letter.text for one in book.outbox.all()] == ["Hello Sam."]


def test_everything_can_be_held(open_case: tuple[Client, Book]) -> None:
    """One button shuts the outbox, one opens it; the page says which it is."""
    client, book = open_case
    client.post("/outbox/hold/", {"hold": "yes"})
    shown = client.get("/outbox/").content.decode()
    assert "Angehalten: Es geht nichts hinaus, bis du es sagst." in shown
    assert book.latches.latches() == {"paused": ""}
    client.post("/outbox/hold/", {"hold": "no"})
    assert book.latches.latches() == {}
    assert "Nichts hinauslassen" in client.get("/outbox/").content.decode()


@pytest.mark.parametrize("act", ["/case/sam/release/", "/case/sam/cancel/", "/outbox/hold/"])
def test_nothing_changes_by_looking(open_case: tuple[Client, Book], act: str) -> None:
    """A link that is followed, by a person or a scanner, decides nothing (R18)."""
    client, book = open_case
    assert client.get(act).status_code == 405
    assert book.outbox.all() == ()


def test_pages_that_only_show_let_nothing_go(tmp_path: Path) -> None:
    """Without a writer, or without a key, there is no button and no act."""
    with closing(book_on_disk(tmp_path, [DRAFTED])) as book:
        client = owner(a_house(book))
        assert "Freigeben" not in part(client)
        assert client.post("/case/sam/release/").status_code == 404
        stranger = visitor(replace(a_house(book), writer=Writer("Olga", "olga@home.example")))
        assert stranger.post("/case/sam/release/").status_code in {302, 401, 403}
        assert book.outbox.all() == ()


def test_a_letter_of_an_unknown_case_is_not_there(open_case: tuple[Client, Book]) -> None:
    """Neither released nor taken back."""
    client, _ = open_case
    assert client.post("/case/nobody/release/").status_code == 404
    assert client.post("/case/nobody/cancel/").status_code == 404
