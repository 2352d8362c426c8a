"""The pages of the tests: Django configured once, and a house over the characters' book."""

from __future__ import annotations

import django
from django.conf import settings

from anlass.web.house import House
from anlass.web.key import Key
from anlass.web.settings import web_settings
from tests.characters import NOW, MemoryBook

TOKEN = "a-key-for-tests"


def configure() -> None:
    """Configure Django with the pages' settings alone, once per process."""
    if not settings.configured:
        settings.configure(**web_settings("a secret for tests"))
        django.setup()


def a_house(book: MemoryBook | None = None) -> House:
    """Return a house whose key is `TOKEN` and whose clock stands still."""
    return House(book or MemoryBook(), lambda: NOW, Key(TOKEN))
