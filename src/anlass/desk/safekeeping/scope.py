"""What of a data folder goes into a backup, and what stays out, each with its reason.

In goes whatever lies there, be it of this house or of a further owner's: settings, house rules, words,
recipes, files from the door. Out stay secrets unless they are asked for, and always what must be destroyable:
the keys of rounds of wishes and the wishes themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from anlass.channels.mail.secrets import FOLDER as SECRETS
from anlass.config import Settings, load_settings
from anlass.desk.safekeeping.heartbeat import FILE as BEAT
from anlass.desk.safekeeping.presence import SERVE, WORK
from anlass.desk.wishes.purse import FOLDER as PURSES
from anlass.errors import ConfigError
from anlass.store.settings import FILE as MEMORY_FILE
from anlass.wires.own_files import own_path

PACKED = "packed"
"""The folder of exports that wait to be taken."""
REPLACED = "replaced-"
"""How a folder begins that holds what a restored backup replaced."""
_TAG = "CACHEDIR.TAG"
_SIGNATURE = "Signature: 8a477f597d28d172789f06886806bc55"
_OF_THE_MOMENT = frozenset({WORK, SERVE, "upgrade.lock", BEAT})
_A_FILE = re.compile(r"""_file[ \t]*=[ \t]*(?P<mark>["'])(?P<path>[^"'\n\0]+)(?P=mark)""")
_BACKUPS = ("anlass-*.tar", "before-upgrade-*.tar")


class Why(StrEnum):
    """Why something stays out of a backup."""

    SECRET = "secret"  # noqa: S105 - a reason, no password
    WISH = "wish"
    BACKUP = "backup"
    LINK = "link"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of the data folder, by its path within; `why` it stays out, `None` where it goes in."""

    path: str
    why: Why | None = None


def house_files(settings: Settings, *, with_secrets: bool = False) -> Iterator[Kept]:
    """Yield every file of a data folder, and folders that stay out as a whole."""
    data = settings.data
    rules = _Rules(frozenset(_secret_files(settings)), _backup_folder(settings), with_secrets=with_secrets)
    yield from _below(data, data, rules)


@dataclass(frozen=True, slots=True)
class _Rules:
    secrets: frozenset[Path]
    backups: Path | None
    with_secrets: bool


def _below(folder: Path, data: Path, rules: _Rules) -> Iterator[Kept]:
    for path in sorted(folder.iterdir()):
        name = path.relative_to(data).as_posix()
        why = _reason(path, data, rules)
        if path.is_dir() and why is None:
            yield from _below(path, data, rules)
        elif why is not None or path.is_file():
            yield Kept(name, why)


def _reason(path: Path, data: Path, rules: _Rules) -> Why | None:
    """Return why a file or folder stays out."""
    name, at_top = path.name, path.parent == data
    if name.startswith(".") or name in _OF_THE_MOMENT or (at_top and name.startswith(MEMORY_FILE)):
        return Why.MOMENT
    if _is_marked(path) or (path.is_dir() and name == PURSES):
        return Why.WISH
    if not rules.with_secrets and (path.resolve() in rules.secrets or (path.is_dir() and name == SECRETS)):
        return Why.SECRET
    is_copy = name.startswith(REPLACED) or name == PACKED or any(map(path.match, _BACKUPS))
    if (at_top and is_copy) or path.resolve() == rules.backups:
        return Why.BACKUP
    return Why.LINK if path.is_symlink() and not path.is_file() else None


def _is_marked(folder: Path) -> bool:
    """Tell whether a folder bears the mark by which backups pass it over."""
    try:
        with (folder / _TAG).open(encoding="ascii") as file:
            return file.read(len(_SIGNATURE)) == _SIGNATURE
    except (OSError, ValueError):
        return False


def _secret_files(settings: Settings) -> Iterator[Path]:
    """Yield the files that the settings name as secrets, of this house and of further owners in it."""
    named = (
        settings.store.password_file,
        settings.opinion.key_file,
        settings.sources.password_file,
        settings.sources.imap_password_file,
        settings.server.mail_password_file,
        settings.server.oidc_secret_file,
        settings.metrics.token_file,
    )
    yield from ((settings.data / own_path(one)).resolve() for one in named if one)
    for folder in sorted((settings.data / "owners").glob("*/")):
        try:
            yield from _secret_files(load_settings(folder))
        except ConfigError:
            yield from _named_in(folder / "anlass.toml", folder)


def _named_in(broken: Path, folder: Path) -> Iterator[Path]:
    """Yield the files that settings name as secrets that cannot be read as a whole, line by line."""
    try:
        text = broken.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return
    yield from ((folder / own_path(named["path"])).resolve() for named in _A_FILE.finditer(text))


def _backup_folder(settings: Settings) -> Path | None:
    return backup_folder(settings).resolve() if settings.backup.folder else None


def backup_folder(settings: Settings) -> Path:
    """Return the folder that the settings name for backups."""
    return settings.data / own_path(settings.backup.folder)
