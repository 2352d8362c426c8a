"""What somebody who wishes keeps: one file for an event, of mode 600, with the key, the card and the wishes.

It is the only place where they stand. When the last round is over the file is destroyed.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from anlass.desk.voice.gatherings import missing
from anlass.desk.wishes.keys import destroy_file
from anlass.errors import StoreError
from anlass.wires.own_files import write_own_file

FOLDER = "wishes"


@dataclass(slots=True)
class Purse:
    """One event as its participant keeps it; bytes are hexadecimal digits.

    `wishes`: notes by ticket. `pinned`: keys from scanned badges, by ticket. `send_at`: when chance says to
    send, in seconds since 1970. `code`: the roster code that was seen elsewhere; `list`: that of the
    list by which this round's wishes are made.
    """

    address: str
    event: str
    name: str
    secret: str = field(repr=False)
    public: str
    pid: str
    own_name: str = ""
    card: str = ""
    wishes: dict[str, str] = field(default_factory=dict)
    pinned: dict[str, str] = field(default_factory=dict)
    code: str = ""
    list: str = ""
    round: int = 0
    send_at: int = 0
    is_sent: bool = False


def keep_purse(data: Path, purse: Purse) -> None:
    """Write it, whole or not at all. Raises `StoreError`."""
    path = _path(data, purse.event)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_own_file(path, json.dumps(asdict(purse)), is_private=True)
    except OSError as error:
        raise StoreError(f"Your wishes cannot be kept: {error.strerror}", where=str(path)) from error


def purses(data: Path) -> tuple[Purse, ...]:
    """Return those of all events, by name; a file that is none is passed over."""
    found = []
    for path in sorted((data / FOLDER).glob("*.json")):
        try:
            found.append(Purse(**json.loads(path.read_text(encoding="utf-8"))))
        except (OSError, ValueError, TypeError):
            continue
    return tuple(sorted(found, key=lambda one: one.name))


def purse_called(data: Path, name: str = "") -> Purse:
    """Return the one of an event by a part of its name, or the only one. Raises `NotFound`."""
    all_ = purses(data)
    found = [one for one in all_ if name.casefold() in one.name.casefold()]
    if len(found) != 1:
        raise missing("several purses" if found else "no purse", text=name)
    return found[0]


def destroy_purse(data: Path, purse: Purse) -> None:
    """Overwrite and remove it. Raises `StoreError`."""
    destroy_file(_path(data, purse.event))


def _path(data: Path, event: str) -> Path:
    return data / FOLDER / f"{event}.json"
