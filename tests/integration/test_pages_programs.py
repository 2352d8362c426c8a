"""The pages of tokens, feeds and webhooks: a secret is shown once, and everything can be ended."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.test import Client

from anlass.store.book import Book
from anlass.store.programs.tokens import TokenKind
from tests.deliveries import deliveries
from tests.pages import a_house, book_on_disk, owner, pages_configured, visitor

pytestmark = pytest.mark.slow  # makes a database with all its tables


@pytest.fixture(autouse=True)
def django() -> Iterator[None]:
    """Configure Django for these tests."""
    with pages_configured():
        yield


@pytest.fixture
def at_home(tmp_path: Path) -> Iterator[tuple[Client, Book]]:
    """Yield the owner's browser and book."""
    with closing(book_on_disk(tmp_path, [])) as book:
        yield owner(a_house(book)), book


def text(content: bytes) -> str:
    """Return what a reader sees of a page."""
    whole = content.decode()
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", whole[whole.index("<main") :]).split()))


def test_a_token_is_made_shown_once_and_revoked(at_home: tuple[Client, Book]) -> None:
    """The page that answers shows the secret; no other page and no cookie does."""
    client, book = at_home
    made = client.post(
        "/settings/tokens/add/", {"name": "Skript <b>", "scope": ["read", "send"], "days": "30"}
    )
    (token,) = book.tokens.all(TokenKind.API)
    assert (token.name, token.may) == ("Skript <b>", ("read", "send"))
    secret = re.search(r"anl_owner_[a-z2-7]{16}_[0-9a-f]{40}", made.content.decode())
    assert secret is not None
    assert "„Skript <b>“ ist da." in text(made.content)
    assert secret[0] not in client.get("/settings/tokens/").content.decode()
    assert secret[0] not in str(client.cookies)
    client.post("/settings/tokens/revoke/", {"token": token.id, "kind": "api"})
    assert "Zurückgenommen am" in text(client.get("/settings/tokens/").content)


def test_what_cannot_be_made_is_said(at_home: tuple[Client, Book]) -> None:
    """A token without scope or name, a webhook to nowhere, nobody to revoke: in words; nothing is made."""
    client, book = at_home
    posts = [
        ("/settings/tokens/add/", {"name": "x"}, "Nenn wenigstens einen Bereich."),
        ("/settings/tokens/add/", {"name": " ", "scope": "read"}, "Gib ihm einen Namen"),
        ("/settings/tokens/revoke/", {"token": "zz"}, "Es gibt keines"),
        ("/settings/webhooks/change/", {"do": "add", "url": "x", "on": "case.new"}, "keine Adresse"),
        ("/settings/webhooks/change/", {"do": "add", "url": "https://example.org/"}, "Sag, wovon"),
        ("/settings/webhooks/change/", {"do": "ping", "webhook": "zz"}, "Es gibt keinen Webhook"),
    ]
    for place, given, says in posts:
        assert says in text(client.post(place, given).content)
    assert (book.tokens.all(TokenKind.API), book.webhooks.all()) == ((), ())


def test_a_feed_is_made_with_its_two_links(at_home: tuple[Client, Book]) -> None:
    """The links lead somewhere, without a session."""
    client, book = at_home
    made = client.post("/settings/tokens/add/", {"name": "Kalender", "kind": "feed", "details": "yes"})
    links = re.findall(r"http://127\.0\.0\.1:8000(/feed/\S+\.(?:ics|atom))<", made.content.decode())
    assert [visitor(a_house(book)).get(link).status_code for link in links] == [200, 200]
    assert "Zeigt, wer fragt und worum es geht." in text(client.get("/settings/tokens/").content)


def test_a_webhook_is_made_and_ended(at_home: tuple[Client, Book]) -> None:
    """Its secret is shown once; ping and end are one button each."""
    client, book = at_home
    given = {
        "do": "add",
        "url": "https://example.org/hook",
        "on": ["case.new", "letter.sent"],
        "words": "yes",
    }
    made = client.post("/settings/webhooks/change/", given)
    (hook,) = book.webhooks.all()
    assert (hook.on, hook.words) == (("case.new", "letter.sent"), True)
    assert hook.secret in made.content.decode()
    shown = client.get("/settings/webhooks/").content
    assert (hook.secret.encode() in shown, "Mit den Worten der Briefe." in text(shown)) == (False, True)
    client.post("/settings/webhooks/change/", {"do": "ping", "webhook": hook.id})
    assert [one.told.kind for one in deliveries(book, hook.id)] == ["ping"]
    client.post("/settings/webhooks/change/", {"do": "remove", "webhook": hook.id})
    assert book.webhooks.all() == ()


def test_nobody_else_sees_or_changes_them(at_home: tuple[Client, Book]) -> None:
    """The pages are the owner's: a visitor is turned away, and looking changes nothing."""
    client, book = at_home
    stranger = visitor(a_house(book))
    for place in ("tokens/", "webhooks/"):
        assert stranger.get(f"/settings/{place}").status_code == 403
    for place in ("tokens/add/", "tokens/revoke/", "webhooks/change/"):
        assert stranger.post(f"/settings/{place}", {"name": "x", "scope": "read"}).status_code == 403
        assert client.get(f"/settings/{place}").status_code == 405
    assert book.tokens.all(TokenKind.API) == ()
