"""What the system hands to the program: secrets in variables and files, and settings of the machine.

A secret may stand in a variable, in the file that `VARIABLE_FILE` names, or in a credential of the service
manager that is called as the variable is. What is set here for `[server]` and `[store]` comes before
anlass.toml, so that a container needs no file of its own for them.
"""

from __future__ import annotations

import stat
from collections.abc import Mapping
from pathlib import Path

LONGEST_SECRET = 64 * 1024
"""Characters of a file that holds a secret."""
OF_THE_MACHINE = ("server", "store")
"""The sections of anlass.toml that the environment may set: those of a machine, and not of an owner."""
_CREDENTIALS = "CREDENTIALS_DIRECTORY"
_MOUNTED = Path("/run/secrets")
"""Where containers find what they are entrusted with; who may read it there is settled outside."""


def secret_at(path: Path, environment: Mapping[str, str]) -> str | None:
    """Return what a file holds that nobody else of this machine may read, `None` where others may.

    Of a credential, and of what was mounted as a secret, the system answers for who reads it.
    """
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode) or (mode & 0o077 and not _is_entrusted(path, environment)):
            return None
        with path.open(encoding="utf-8-sig") as file:
            text = file.read(LONGEST_SECRET + 1)
    except (OSError, ValueError):
        return None
    return (text.strip() or None) if len(text) <= LONGEST_SECRET else None


def secret_named(variable: str, environment: Mapping[str, str]) -> str | None:
    """Return a secret by the name of its variable, wherever the system put it; `None` where there is none."""
    if given := environment.get(variable, "").strip():
        return given
    if named := environment.get(f"{variable}_FILE", ""):
        return secret_at(Path(named), environment)
    folder = environment.get(_CREDENTIALS, "")
    return secret_at(Path(folder, variable), environment) if folder and variable else None


def settings_in(
    environment: Mapping[str, str], kinds: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, object]]:
    """Return what `ANLASS_SECTION_KEY` variables set, by section; `kinds` are the types of each one's keys.

    A list has commas between its entries. A number that is none stays a text, so that it is told as wrong.
    """
    found: dict[str, dict[str, object]] = {}
    for section in OF_THE_MACHINE:
        for key, kind in kinds[section].items():
            if given := environment.get(variable_of(section, key), "").strip():
                found.setdefault(section, {})[key] = _read(given, kind)
    return found


def variable_of(section: str, key: str) -> str:
    """Return the variable that sets a key of anlass.toml."""
    return f"ANLASS_{section}_{key}".upper()


def _read(given: str, kind: str) -> object:
    if kind == "int":
        return int(given) if given.isascii() and given.isdigit() else given
    if kind.startswith("tuple"):
        return [one.strip() for one in given.split(",") if one.strip()]
    return given


def _is_entrusted(path: Path, environment: Mapping[str, str]) -> bool:
    folder = environment.get(_CREDENTIALS, "")
    where = path.absolute().parent
    return where == _MOUNTED or bool(folder and where == Path(folder))
