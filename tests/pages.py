"""The pages of the tests: Django configured, and a house over the characters' book."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import gettempdir
from typing import cast

from django.conf import settings
from django.test import Client, override_settings

from anlass.bootstrap import Home
from anlass.desk.inbox import Book as Shown
from anlass.desk.standing import Standing
from anlass.doorman import Doorman
from anlass.intake import SetAside
from anlass.litmus.shipped import load_panel
from anlass.policy import preset
from anlass.replies import shipped_templates
from anlass.store import open_book
from anlass.store.book import Book
from anlass.store.settings import configure
from anlass.web.house import Classroom, House
from anlass.web.key import Key
from anlass.web.settings import web_settings
from tests.characters import ASIDE, NOW, SCENES, MemoryBook, Scene, case_of

TOKEN = "a-key-for-tests"


def a_house(book: Shown | None = None) -> House:
    """Return a house whose key is `TOKEN` and whose clock stands still; a real book can be taught."""
    doorman = Doorman(load_panel(), preset("show-me-why"), shipped_templates())
    classroom = Classroom(doorman, book) if isinstance(book, Book) else None
    return House(book or MemoryBook(), lambda: NOW, Key(TOKEN), classroom)


def a_house_with_rules(home: Home) -> House:
    """Return a house whose house rules can be changed: they lie in the home's folder."""
    standing = Standing(home)
    return replace(a_house(home.book), classroom=Classroom(standing.doorman(), home.book, standing))


@contextmanager
def pages_configured() -> Iterator[None]:
    """Configure Django with the pages' settings on top of the store's, whoever was first."""
    configure(Path(gettempdir()))
    pages = web_settings("a secret for tests")
    settings.SECRET_KEY = pages.pop("SECRET_KEY")  # stays: an empty one cannot be put back
    apps = ["anlass.store", *cast("list[str]", pages.pop("INSTALLED_APPS"))]
    with override_settings(INSTALLED_APPS=apps, **pages):
        yield


def book_on_disk(folder: Path, scenes: Sequence[Scene] = SCENES, aside: Sequence[SetAside] = ASIDE) -> Book:
    """Return a real book in `folder` that keeps these scenes."""
    book = open_book(folder)
    for scene in scenes:
        book.keep(case_of(scene), scene.encounters, now=NOW)
        book.set_state(scene.id, scene.state)
    book.set_aside(aside, now=NOW)
    return book


def visitor(house: House, lang: str = "de") -> Client:
    """Return a browser that stands before the door, without a key."""
    client = Client(HTTP_HOST="127.0.0.1:8000", HTTP_ACCEPT_LANGUAGE=lang, raise_request_exception=False)
    cast("dict[str, object]", client.defaults)["anlass.house"] = house
    return client


def owner(house: House, lang: str = "de") -> Client:
    """Return a browser that was let in."""
    client = visitor(house, lang)
    assert client.get("/", {"token": TOKEN}).status_code == 302
    return client
