"""What every command that remembers needs: the settings, the owner's language and book, the moment."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

import click

from anlass.config import Settings, data_folder, language_of_the_system, load_settings
from anlass.store import open_book
from anlass.store.settings import configure
from anlass.web.settings import web_settings

if TYPE_CHECKING:
    from anlass.store.book import Book

Command = TypeVar("Command", bound=Callable[..., object])


def data_option(command: Command) -> Command:
    """Add `--data DIR`, the folder all data lies in."""
    return click.option("--data", metavar="DIR", help="The folder all data lies in (or ANLASS_DATA).")(
        command
    )


def json_option(command: Command) -> Command:
    """Add `--json`, for programs that read the answer."""
    return click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")(command)


@dataclass(frozen=True, slots=True)
class House:
    """One owner's house, opened by a command: `now` is the moment the command was called."""

    settings: Settings
    lang: str
    book: Book
    now: datetime


def open_house(data: str | None, *, pages: bool = False) -> House:
    """Open the house in `data`, with its `pages` where they are to be shown.

    Makes the folder where there is none yet.
    """
    settings = load_settings(data_folder(data))
    lang = settings.owner.language or language_of_the_system()
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    if pages:
        configure(settings.data, settings.store.database or None, web_settings(secrets.token_urlsafe(32)))
    book = open_book(settings.store.database or settings.data)
    return House(settings, lang, book, datetime.now(UTC))
