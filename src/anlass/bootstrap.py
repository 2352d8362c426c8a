"""The composition root: settings become a home with a book, and a doorman.

The only place that knows how the rooms' data files, the settings and the store come
together. Everything else is handed what it needs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote, urlsplit, urlunsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from anlass.config import (
    Settings,
    data_folder,
    language_of_the_system,
    load_settings,
    read_key,
    read_password,
)
from anlass.errors import ConfigError, PolicyError, Problem
from anlass.store import OWNER, open_book
from anlass.store.settings import configure
from anlass.wires.own_files import read_own_file, write_own_file

OWNERS, OWNER_FILE = "owners", "owner-id"
"""Where further owners of a server have their folders, and the file that says whose such a folder is."""
RULES_FILE = "house-rules.toml"
"""Where own house rules lie in the data folder, if the settings name no other file."""

_CLOCK_OF_THIS_MACHINE = Path("/etc/localtime")

if TYPE_CHECKING:
    from anlass.adviser import Adviser
    from anlass.doorman import Doorman
    from anlass.policy import Policy
    from anlass.policy.days import Days
    from anlass.replies import Templates
    from anlass.sources.dav import Server
    from anlass.sources.imap import Account
    from anlass.store.book import Book
    from anlass.store.cases.versions import Version


@dataclass(frozen=True, slots=True)
class Home:
    """One owner's settings, language and memory."""

    settings: Settings
    lang: Literal["de", "en"]
    book: Book


def open_home(data: str | None, pages: Mapping[str, object] | None = None) -> Home:
    """Open the home in the folder `data` (else `ANLASS_DATA`, else the system's place).

    Makes the folder where there is none. `pages` are the pages' own settings, where they
    are to be shown. Raises `ConfigError` and `StoreError`.
    """
    settings = load_settings(data_folder(data))
    try:
        settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise ConfigError(Problem(f"cannot be made: {error.strerror}", str(settings.data))) from error
    server, owner = _server_of(settings)
    if pages is not None:
        configure(server.data, database_of(server) or None, pages)
    place, own_backup = database_of(server) or server.data, server.store.own_backup
    book = open_book(place, owner, keep=server.data, own_backup=own_backup)
    return Home(replace(settings, server=server.server), owner_language(settings), book)


def database_of(settings: Settings) -> str:
    """Return the address of the PostgreSQL database, with its password; empty where memory is a file."""
    stored, address = settings.store, settings.store.database
    parts = urlsplit(address)
    if not address or parts.password or not parts.hostname:
        return address
    password = read_password(settings, variable=stored.password_variable, file=stored.password_file)
    if not password:
        return address
    name, _, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{name}:{quote(password, safe='')}@{host}"))


def home_of(server: Home, owner: str) -> Home:
    """Open the home of a further owner on the server whose own home is given; it is made where there is none.

    Owners share the server's database and its [server], and nothing else: settings, house rules and words of
    each lie in a folder of their own. Raises `ConfigError` and `StoreError`.
    """
    if owner == server.book.owner:
        return server
    folder = server.settings.data / OWNERS / owner
    marker = folder / OWNER_FILE
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not marker.is_file():
            write_own_file(marker, f"{owner}\n")
    except OSError as error:
        raise ConfigError(Problem(f"cannot be made: {error.strerror}", str(folder))) from error
    return open_home(str(folder))


def _server_of(settings: Settings) -> tuple[Settings, str]:
    """Return the settings that say where memory lies, and the owner whose home a folder is.

    The folder of a further owner says so by a file; its memory is that of the server two folders above.
    """
    marker = settings.data / OWNER_FILE
    if not marker.is_file():
        return settings, OWNER
    return load_settings(settings.data.resolve().parent.parent), read_own_file(marker).strip()


def owner_language(settings: Settings) -> Literal["de", "en"]:
    """The language Anlass speaks with its owner; the system's where the settings name neither."""
    wanted = settings.owner.language or language_of_the_system()
    return "de" if wanted == "de" else "en"


def make_doorman(
    settings: Settings, lang: str, book: Book | None = None
) -> tuple[Doorman, tuple[Problem, ...]]:
    """Return the doorman, and what is wrong with the house rules.

    House rules that cannot be used are no reason to stop, nor to act on half of them: the last
    good ones that the `book` remembers go on, and where it remembers none the doorman has no rules at
    all, so every case is held for the owner. Words of the owner that cannot be used leave the shipped
    ones. `lang` is the language of the problems, and of a draft where the letter's own is not spoken here.
    """
    # What reads and judges letters takes longer to load than a small archive to collect.
    from anlass.doorman import Doorman  # noqa: PLC0415 - only judging needs it
    from anlass.litmus.shipped import load_panel  # noqa: PLC0415
    from anlass.policy import Policy  # noqa: PLC0415
    from anlass.replies import shipped_templates  # noqa: PLC0415

    problems: tuple[Problem, ...] = ()
    try:
        policy = load_policy(settings, lang)
    except PolicyError as error:
        problems = error.problems
        held = last_good(settings, book) if book is not None else None
        policy = held[1] if held else Policy()
    try:
        templates = load_templates(settings, lang)
    except ConfigError as error:
        templates, problems = shipped_templates(fallback=lang), (*problems, *error.problems)
    return Doorman(load_panel(), policy, templates), problems


def load_templates(settings: Settings, lang: str) -> Templates:
    """The words of the letters: the owner's in `templates/LANGUAGE.toml`, else the shipped ones.

    Raises `ConfigError` with every problem; a file with one is not applied at all.
    """
    from anlass.replies import overlaid, shipped_templates  # noqa: PLC0415 - only judging needs it

    texts = {}
    for path in sorted((settings.data / "templates").glob("*.toml")):
        try:
            texts[str(path)] = read_own_file(path)
        except (OSError, ValueError) as error:
            raise ConfigError(Problem(f"cannot be read: {error}", str(path))) from error
    return overlaid(shipped_templates(fallback=lang), texts)


def load_policy(settings: Settings, lang: str) -> Policy:
    """The owner's own rules, then the preset's. Raises `PolicyError` with every problem, said in `lang`."""
    return policy_of(own_rules(settings), settings, lang)


def owner_days(settings: Settings) -> Days:
    """The owner's days: by their clock, else this machine's, and when they are away. Raises `ConfigError`."""
    from anlass.policy.days import Days, span_of  # noqa: PLC0415 - only judging and answering need it

    owner, problems = settings.owner, []
    zone = _zone(owner.time_zone)
    if zone is None:
        problems.append(Problem(f"owner.time_zone is {owner.time_zone!r}, no time zone", "anlass.toml"))
    spans = {text: span_of(text) for text in owner.away}
    for text in (text for text, span in spans.items() if span is None):
        says = f"owner.away has {text!r}, no day (2026-12-24) and no span (2026-12-20/2027-01-06)"
        problems.append(Problem(says, "anlass.toml"))
    if problems:
        raise ConfigError(*problems)
    return Days(zone or UTC, tuple(span for span in spans.values() if span))


def _zone(name: str) -> tzinfo | None:
    """Return a time zone by its name, the machine's for no name, `None` for a name of none."""
    try:
        if name:
            return ZoneInfo(name)
        with _CLOCK_OF_THIS_MACHINE.open("rb") as file:
            return ZoneInfo.from_file(file)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None if name else UTC


def rules_path(settings: Settings) -> Path:
    """Where the owner's own house rules lie, or would."""
    return settings.data / (settings.policy.file or RULES_FILE)


def own_rules(settings: Settings) -> str:
    """Read the owner's own house rules; empty where there are none. Raises `PolicyError`."""
    path = rules_path(settings)
    if not settings.policy.file and not path.exists():
        return ""
    try:
        return read_own_file(path)
    except (OSError, ValueError) as error:
        raise PolicyError(Problem(f"cannot be read: {error}", str(path))) from error


def policy_of(text: str, settings: Settings, lang: str, where: str = "") -> Policy:
    """Complete own house rules by the shipped ones that follow. Raises `PolicyError`, said in `lang`."""
    from anlass.policy import PRESETS, parse_policy, preset  # noqa: PLC0415 - only judging needs it
    from anlass.policy.rules import ALONE, UNSAID  # noqa: PLC0415

    own = parse_policy(text, where or str(rules_path(settings)), lang=lang)
    follows = own.preset or settings.policy.preset
    if follows == ALONE:
        return replace(own, days=owner_days(settings))
    if follows not in PRESETS:
        known = ", ".join(PRESETS)
        raise PolicyError(Problem(f"policy.preset is {follows!r}; known are {known}", "anlass.toml"))
    shipped = preset(follows)
    title, about = own.title, own.about
    if not own.rules or title == UNSAID:
        title, about = shipped.title, shipped.about
    rules, days = (*own.rules, *shipped.rules), owner_days(settings)
    return replace(own, rules=rules, title=title, about=about, preset=follows, days=days)


def last_good(settings: Settings, book: Book) -> tuple[Version, Policy] | None:
    """The version of the house rules that holds where those in the file cannot be used.

    `None` where none is remembered, or the last can be used no more itself: then no rule holds.
    """
    from anlass.store.cases.versions import last_version  # noqa: PLC0415 - only broken house rules need it

    last = last_version(book)
    try:
        return (last, policy_of(last.text, settings, "en")) if last else None
    except PolicyError:
        return None


def make_servers(
    settings: Settings, carddav: Sequence[str] = (), caldav: Sequence[str] = (), user: str = ""
) -> tuple[Server, ...]:
    """The address books and calendars to be read: those named here, else those of the settings.

    One password goes to one server only. Raises `ConfigError`.
    """
    from anlass.sources.dav import CALDAV, CARDDAV, Server, account  # noqa: PLC0415 - only collecting needs it

    wired = settings.sources
    named = ((CARDDAV, carddav), (CALDAV, caldav))
    if not (carddav or caldav):
        named = ((CARDDAV, wired.carddav), (CALDAV, wired.caldav))
    variable = wired.password_variable
    password = read_password(settings, variable=variable, file=wired.password_file) or ""
    servers = tuple(
        Server(account(url, user or wired.user, password), kind) for kind, urls in named for url in urls
    )
    hosts = sorted({one.account.host for one in servers})
    if len(hosts) > 1:
        raise ConfigError(
            Problem(f"There is one password for {' and '.join(hosts)}."),
            hint="Read one server after the other: anlass collect --carddav URL",
        )
    nameless = [one.account.host for one in servers if one.account.user and not password]
    if nameless:
        raise _no_password(nameless[0], variable, "password_file")
    return servers


def make_mailbox(settings: Settings, address: str = "", user: str = "") -> Account | None:
    """The mailbox to be read: the one named here, else that of the settings; `None` where none is named.

    Raises `ConfigError`.
    """
    wired = settings.sources
    if not (address or wired.imap):
        return None
    from anlass.sources.imap import account  # noqa: PLC0415 - only collecting needs it

    variable = wired.imap_password_variable
    password = read_password(settings, variable=variable, file=wired.imap_password_file)
    made = account(address or wired.imap, user or wired.imap_user or wired.user, password or "")
    if not password:
        raise _no_password(made.host, variable, "imap_password_file")
    return made


def _no_password(host: str, variable: str, file: str) -> ConfigError:
    return ConfigError(
        Problem(f"The password for {host} is not there."),
        hint=f"Put it into the environment variable {variable}, or name a {file}.",
    )


WHEN = ("unsure", "every", "demand")
"""Which letters a language model reads a second time."""


def make_adviser(settings: Settings) -> Adviser | None:
    """The language model that the owner named; `None` while none is. Raises `ConfigError`."""
    opinion = settings.opinion
    if not opinion.address:
        return None
    from anlass.adviser import Key, adviser  # noqa: PLC0415 - few owners name one

    if opinion.when not in WHEN:
        known = ", ".join(WHEN)
        raise ConfigError(Problem(f"opinion.when is {opinion.when!r}; known are {known}", "anlass.toml"))
    key = read_key(settings)
    return adviser(opinion.address, opinion.model, None if key is None else Key(key), opinion.seconds)
