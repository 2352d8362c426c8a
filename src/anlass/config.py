"""anlass.toml: how this house is wired. What the owner wants stands in the house rules.

Every setting is a field of a dataclass below, and its text is the documentation. An
unknown key is an error that names the nearest known one; all problems come at once.
The file may be missing: then everything has its default, and nothing leaves the house.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from anlass.errors import ConfigError, Problem
from anlass.toml_text import Places, places_of, read_toml
from anlass.wires.door import DoorSettings, public_base
from anlass.wires.handed import secret_at, secret_named, settings_in
from anlass.wires.history import SourceSettings
from anlass.wires.operation import NO_BACKUPS, NO_METRICS, BackupSettings, MetricsSettings
from anlass.wires.own_files import own_path, read_own_file
from anlass.wires.server import OFF, ServerSettings

_AT = re.compile(r"\s*\(at line (\d+), column (\d+)\)")


@dataclass(frozen=True, slots=True)
class OwnerSettings:
    """Whose door this is."""

    name: str = ""
    """The name that signs the drafts."""
    addresses: tuple[str, ...] = ()
    """The owner's mail addresses; found from the sent mail where none are given."""
    about: str = ""
    """Who the owner is, works on, talks about and looks for: requests are matched against it."""
    language: str = ""
    """The owner's language, `de` or `en`; taken from the system where it is empty."""
    country: str = ""
    """The two letters of the owner's country (`DE`), for telephone numbers without a country code."""
    time_zone: str = ""
    """Your time zone (`Europe/Berlin`), for quiet hours and for rules that name a weekday, an hour or a day;
    this machine's where it is empty."""
    away: tuple[str, ...] = ()
    """Days you are away, each a day or a span (`2026-12-20/2027-01-06`): `time.is_away` in house rules."""


@dataclass(frozen=True, slots=True)
class MailSettings:
    """What to believe about mail."""

    trusted_servers: tuple[str, ...] = ()
    """Names (authserv-id) of the owner's own provider in Authentication-Results.

    Found from the archive where none are given."""


@dataclass(frozen=True, slots=True)
class PolicySettings:
    """Which house rules hold."""

    preset: str = "show-me-why"
    """The shipped house rules: `show-me-why`, `relationship-first` or `open-door`.

    A line `preset = "..."` in the own house rules comes before this one."""
    file: str = ""
    """Own house rules, tried before the preset's; relative to the data folder.

    Where none are named, `house-rules.toml` is read if it is there."""


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """Where memory lies."""

    database: str = ""
    """A PostgreSQL address (`postgresql://...`); empty means SQLite in the data folder."""
    password_variable: str = "ANLASS_DATABASE_PASSWORD"  # noqa: S105 - the name of a variable
    """The environment variable that holds its password, where the address holds none."""
    password_file: str = ""
    """A file of mode 600 that holds it, instead of the variable; relative to the data folder."""
    own_backup: str = ""
    """The step of a memory of which you keep a backup of your own, such as `0046`.

    From this step the memory is renewed without being kept first; from every other one it is kept."""
    wish_keys: str = "wish-keys"
    """The folder of round keys of wishes, relative to the data folder; keep it out of every backup."""


@dataclass(frozen=True, slots=True)
class OpinionSettings:
    """A language model of your choice that reads a letter a second time. Off while `address` is empty."""

    address: str = ""
    """An OpenAI-compatible address (`https://.../v1`) or an Ollama (`http://127.0.0.1:11434`)."""
    model: str = ""
    """The name of the model, as the address knows it."""
    when: str = "unsure"
    """Which letters are sent: `unsure` (where the litmus test is), `every`, or `demand` (when you ask)."""
    key_variable: str = ""
    """The environment variable that holds the key. The key itself never stands in this file."""
    key_file: str = ""
    """A file of mode 600 that holds the key; relative to the data folder."""
    seconds: int = 20
    """How long an answer may take."""
    tokens_written: int = 800
    """How many tokens the model may write; one that thinks aloud first needs more."""
    cents_read: float = 0.0
    """What a million tokens read cost, in cents."""
    cents_written: float = 0.0
    """What a million tokens written cost, in cents."""
    cents_a_month: float = 100.0
    """What second opinions may cost in a month; then none are asked for. 0 is no limit."""
    letters_a_month: int = 500
    """How many letters may be sent in a month; then none are. 0 is no limit."""


@dataclass(frozen=True, slots=True)
class OutboxSettings:
    """Letters that leave: by your release, or where a house rule says `send = "automatically"`."""

    address: str = ""
    """The address that letters leave from; the first of `owner.addresses` where it is empty."""
    delay_minutes: int = 15
    """How long a letter that goes by itself waits, so that you can take it back; never below 10."""
    quiet_from: int = 20
    """From this hour of your day on nothing goes by itself."""
    quiet_until: int = 7
    """Until this hour."""
    letters_an_hour: int = 5
    """How many letters may go by themselves in an hour."""
    letters_a_day: int = 20
    """And in a day."""
    letters_a_domain: int = 3
    """And in a day to addresses of one domain."""
    bounce_address: str = ""
    """Where failure reports on letters that went by themselves go; nowhere where it is empty."""
    links: tuple[str, ...] = ()
    """Addresses of pages that a letter may name when it goes by itself."""


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    """Programs that hear what happens here (`anlass webhook`)."""

    local_hosts: tuple[str, ...] = ()
    """Hosts of your own house that may hear it (`127.0.0.1`, `nas.lan`); others must be on the open net."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything in anlass.toml, and the folder it belongs to."""

    data: Path
    owner: OwnerSettings = OwnerSettings()
    mail: MailSettings = MailSettings()
    sources: SourceSettings = SourceSettings()  # noqa: RUF009 - as the door
    policy: PolicySettings = PolicySettings()
    store: StoreSettings = StoreSettings()
    opinion: OpinionSettings = OpinionSettings()
    outbox: OutboxSettings = OutboxSettings()
    webhooks: WebhookSettings = WebhookSettings()
    door: DoorSettings = DoorSettings()  # noqa: RUF009 - frozen, as the others are; it lives with its wire
    server: ServerSettings = OFF
    backup: BackupSettings = NO_BACKUPS
    metrics: MetricsSettings = NO_METRICS

    @property
    def public_address(self) -> str:
        """Where strangers find this house, as links begin with it; empty where they cannot."""
        return public_base(self.server.address or self.door.address)


SECTIONS: dict[str, type] = {one.name: type(one.default) for one in fields(Settings) if one.name != "data"}


_KINDS_OF = {name: {one.name: str(one.type) for one in fields(kind)} for name, kind in SECTIONS.items()}


def data_folder(given: str | None) -> Path:
    """The folder all data lies in: the option, else `ANLASS_DATA`, else the system's place."""
    chosen = given or os.environ.get("ANLASS_DATA", "")
    return own_path(chosen) if chosen else user_data_path("anlass")


def language_of_the_system() -> str:
    """`de` where the system speaks German, else `en`."""
    spoken = next((os.environ[k] for k in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(k)), "")
    return "de" if spoken.startswith("de") else "en"


def load_settings(data: Path) -> Settings:
    """Read `anlass.toml` in `data`; a missing file gives the defaults. Raises `ConfigError`.

    What the environment says of the machine (`ANLASS_SERVER_ADDRESS`) comes before what the file says.
    """
    path, set_outside = data / "anlass.toml", settings_in(os.environ, _KINDS_OF)
    try:
        text = read_own_file(path)
    except FileNotFoundError:
        if not set_outside:
            return Settings(data)
        text = ""
    except (OSError, ValueError) as error:
        raise ConfigError(Problem(f"cannot be read: {error}", str(path))) from error
    tables = _tables(text, str(path))
    for name, table in set_outside.items():
        there = tables.get(name, {})
        tables[name] = {**there, **table} if isinstance(there, dict) else there
    reader = _Sections(places_of(text), str(path))
    made = {name: reader.section(name, table) for name, table in tables.items()}
    if reader.problems:
        raise ConfigError(*reader.problems, hint="docs/reference/settings.md lists every key")
    return Settings(data, **made)


def read_key(settings: Settings) -> str | None:
    """Read the owner's key to a language model; empty where none is named, `None` where it cannot be had.

    A file that others of this machine may read holds no key. What is wrong with it is said by
    `anlass`, the key by nobody.
    """
    opinion = settings.opinion
    if opinion.key_variable:
        return secret_named(opinion.key_variable, os.environ)
    path = settings.data / own_path(opinion.key_file)
    return secret_at(path, os.environ) if opinion.key_file else ""


def read_password(settings: Settings, *, variable: str, file: str) -> str | None:
    """Read the password to a server, from the file where one is named; `None` where there is none."""
    if file:
        return secret_at(settings.data / own_path(file), os.environ)
    return secret_named(variable, os.environ)


def _tables(text: str, where: str) -> dict[str, object]:
    try:
        return read_toml(text)
    except tomllib.TOMLDecodeError as error:
        says = str(error)
        at = _AT.search(says)
        line, column = (int(at[1]), int(at[2])) if at else (None, None)
        raise ConfigError(Problem(_AT.sub("", says), where, line, column)) from error
    except RecursionError as error:
        raise ConfigError(Problem("is nested too deeply", where)) from error


class _Sections:
    """Reads one section after the other and gathers what is wrong with them, with its place."""

    def __init__(self, places: Places, where: str) -> None:
        self._places, self._where = places, where
        self.problems: list[Problem] = []

    def section(self, name: str, table: object) -> Any:
        """Return the settings of a section; of one with problems, what is left of it."""
        if name not in SECTIONS:
            self._say(f"[{name}] is not known{_nearest(name, SECTIONS)}", name)
            return None
        if not isinstance(table, dict):
            self._say(f"{name} must be a table: [{name}]", name)
            return None
        kinds = _KINDS_OF[name]
        values: dict[str, object] = {}
        for key, value in table.items():
            if key not in kinds:
                self._say(f"{name}.{key} is not known{_nearest(key, kinds)}", name, key)
                continue
            wanted, taken = _KINDS.get(kinds[key], _LIST)
            values[key] = taken(value)
            if values[key] is None:
                del values[key]
                self._say(f"{name}.{key} must be {wanted}", name, key)
        return SECTIONS[name](**values)

    def _say(self, says: str, *path: str) -> None:
        place = self._places.key(path)
        self.problems.append(Problem(says, self._where, place.line, place.column))


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _either(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _whole(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 <= value <= _LARGEST else None


def _amount(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if 0 <= value <= _LARGEST else None


def _strings(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list):
        return None
    return tuple(value) if all(isinstance(one, str) for one in value) else None


_LARGEST = 1_000_000_000
_LIST: tuple[str, Callable[[object], object]] = ("a list of strings", _strings)
_KINDS: dict[str, tuple[str, Callable[[object], object]]] = {
    "str": ("a string", _string),
    "bool": ("true or false", _either),
    "int": ("a whole number, not below 0", _whole),
    "float": ("a number, not below 0", _amount),
}


def _nearest(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, list(known), n=1)
    return f"; did you mean {near[0]}?" if near else ""
