"""The pages of the tests: Django configured, and a house over the characters' book."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.conf import settings
from django.test import Client, override_settings

from anlass.web.house import House
from anlass.web.key import Key
from anlass.web.settings import web_settings
from tests.characters import NOW, MemoryBook

TOKEN = "a-key-for-tests"


def a_house(book: MemoryBook | None = None) -> House:
    """Return a house whose key is `TOKEN` and whose clock stands still."""
    return House(book or MemoryBook(), lambda: NOW, Key(TOKEN))


@contextmanager
def pages_configured() -> Iterator[None]:
    """Configure Django with the pages' settings, also where a test of the store was first."""
    if not settings.configured:
        settings.configure(SECRET_KEY="no secret")
        django.setup()
    with override_settings(**web_settings("a secret for tests")):
        yield


def visitor(house: House, lang: str = "de") -> Client:
    """Return a browser that stands before the door, without a key."""
    client = Client(HTTP_HOST="127.0.0.1:8000", HTTP_ACCEPT_LANGUAGE=lang, raise_request_exception=False)
    client.defaults["anlass.house"] = house
    return client


def owner(house: House, lang: str = "de") -> Client:
    """Return a browser that was let in."""
    client = visitor(house, lang)
    assert client.get("/", {"token": TOKEN}).status_code == 302
    return client
