"""The first evening: four questions, and whoever answers them stands at their own door.

Who you are, and what you look for, stand in anlass.toml; which house rules hold, in the file of house rules;
where the mail is, is the desk of mailboxes' to learn. Every question may stay open.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from anlass.bootstrap import Home, owner_language
from anlass.config import load_settings
from anlass.desk.accounts.mail import accounts
from anlass.desk.history.collecting import collect
from anlass.desk.house.preferences import prefer, preferences
from anlass.desk.house.settings_file import Value, with_values
from anlass.desk.mail.first_reading import Reading
from anlass.desk.requests.screening import Desk, Judged, screen
from anlass.desk.voice.common import Lang
from anlass.doorman import Doorman
from anlass.errors import AnlassError, ConfigError, Problem
from anlass.intake import Recipient
from anlass.people import mail_address
from anlass.wires.own_files import own_path, read_own_file, write_own_file

ARCHIVE = "archive"
"""The name under which the reading of an archive is known, beside those of mailboxes."""
LONGEST_ABOUT = 4_000
"""Characters that what one is and looks for may have."""
_ARRIVED = "arrived"


@dataclass(frozen=True, slots=True)
class Introduction:
    """Who the owner is. What is `None` was not said, and stays as it is; what is empty is taken out."""

    name: str | None = None
    addresses: tuple[str, ...] | None = None
    language: Lang | None = None
    about: str | None = None


def is_new(home: Home) -> bool:
    """Tell whether nobody arrived in this house yet: it knows no owner and no case, nor was told to wait."""
    owner, book = home.settings.owner, home.book
    if owner.name or owner.about or owner.addresses:
        return False
    return not book.settings().get(_ARRIVED) and not accounts(book) and not book.cases(limit=1).total


def arrive(home: Home) -> None:
    """Note that the questions were asked; from now on nobody is led to them."""
    home.book.set_settings({**home.book.settings(), _ARRIVED: True})


def introduce(home: Home, said: Introduction, *, now: datetime) -> Home:
    """Write down who the owner is, and return the home as it is then.

    Raises `ConfigError` for an address that is none and where anlass.toml cannot be written, `Refused` where
    that file says it in a way that only its owner can change.
    """
    path = home.settings.data / "anlass.toml"
    before, after = _before_and_after(path, said)
    try:
        if after != before:
            write_own_file(path, after)
    except OSError as error:
        raise ConfigError(Problem(f"cannot be written: {error.strerror}", str(path))) from error
    if said.language is not None:
        prefer(home.book, replace(preferences(home.book), language=said.language), now=now)
    if after != before:
        home.book.note("introduced", now=now)
    return looked_at_again(home)


def rehearse_introduction(home: Home, said: Introduction) -> str:
    """Return what anlass.toml would say. Raises as `introduce` does."""
    return _before_and_after(home.settings.data / "anlass.toml", said)[1]


def _before_and_after(path: Path, said: Introduction) -> tuple[str, str]:
    try:
        before = read_own_file(path) if path.exists() else ""
        return before, with_values(before, "owner", _values(said))
    except (OSError, ValueError) as error:
        raise ConfigError(Problem(f"cannot be read: {error}", str(path))) from error


def looked_at_again(home: Home) -> Home:
    """Return a home with what its anlass.toml says now; database and server stay as they were opened."""
    fresh = load_settings(home.settings.data)
    settings = replace(fresh, store=home.settings.store, server=home.settings.server)
    return replace(home, settings=settings, lang=owner_language(settings))


def addresses_in(text: str) -> tuple[str, ...]:
    """Return the addresses in what somebody typed. Raises `ConfigError` with every one that is none."""
    words = text.replace(",", " ").replace(";", " ").split()
    found = [(word, mail_address(word)) for word in words]
    wrong = [Problem(f"{word!r} is no mail address.") for word, address in found if address is None]
    if wrong:
        raise ConfigError(*wrong)
    return tuple(dict.fromkeys(address.value for _, address in found if address))


def _values(said: Introduction) -> dict[str, Value]:
    values: dict[str, Value] = {}
    if said.name is not None:
        values["name"] = " ".join(said.name.split())
    if said.addresses is not None:
        values["addresses"] = said.addresses
    if said.language is not None:
        values["language"] = said.language
    if said.about is not None:
        values["about"] = said.about.strip()[:LONGEST_ABOUT]
    return values


def archive_at(typed: str) -> Path:
    """Return where an archive lies. Raises `ConfigError` where there is nothing that can be read."""
    path = own_path(typed.strip())
    try:
        is_there = path.is_absolute() and path.exists()
    except (OSError, ValueError):
        is_there = False
    if not is_there:
        raise ConfigError(Problem(f"There is nothing at {typed.strip()!r}. Name the whole way to it."))
    return path


def read_archive(
    home: Home, path: Path, doorman: Doorman, reading: Reading, *, now: datetime, broken: Callable[[], str]
) -> None:
    """Read an archive and judge what asks in it; how far it is stands in `reading`, `broken` says why not."""
    owner = home.settings.owner
    try:
        trusted = home.settings.mail.trusted_servers
        collect(home.book, [path], owner=owner.addresses, trusted=trusted, now=now, region=owner.country)
        reading.step = "cases"
        for outcome in screen(Desk(home.book, doorman, Recipient(owner.name, owner.about), now), [path]):
            reading.cases += isinstance(outcome, Judged) and outcome.is_new
        reading.step = "done"
    except AnlassError as error:
        reading.trouble = str(error)
    finally:
        if reading.step != "done":
            reading.trouble = reading.trouble or broken()
            reading.step = "trouble"
        home.book.close()
