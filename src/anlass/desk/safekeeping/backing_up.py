"""A backup of the whole house while it is in use: memory and files in one archive, with checksums.

It holds the house of every owner on a server. What stays out is returned with its reason, to be said.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import anlass
from anlass.bootstrap import OWNER_FILE
from anlass.config import Settings
from anlass.desk.safekeeping.scope import Kept, backup_folder, house_files
from anlass.desk.surface import moment
from anlass.errors import Problem, Refused, StoreError
from anlass.store.book import Book
from anlass.store.safekeeping.archive import HOUSE, MEMORY, Contents, Member, write_archive

NAME = "anlass-%Y%m%d-%H%M%S.tar"
"""How a backup is called where nobody names it."""
_BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that was written: where, its digest, what is in it, and what stayed out."""

    path: Path
    sha256: str
    contents: Contents
    left_out: tuple[Kept, ...]


def back_up(
    book: Book, settings: Settings, path: Path | None, *, now: datetime, with_secrets: bool = False
) -> BackedUp:
    """Write a backup of the house in the data folder of `settings`; others may go on using it.

    `path` may be `None` where the settings name a folder for backups. Raises `Refused` and `StoreError`.
    """
    data = settings.data
    if (data / OWNER_FILE).is_file():
        raise Refused(
            Problem(
                "This is one owner's house on a server: a backup is of the server with all its houses.",
                german="Das ist das Haus einer Person auf einem Server: Gesichert wird der Server mit allen.",
            ),
            hint=Problem(
                f"Name its folder: --data {data.resolve().parent.parent}",
                german=f"Nenne seinen Ordner: --data {data.resolve().parent.parent}",
            ),
        )
    path = path or _usual_path(settings, now)
    if path.exists():
        raise Refused(
            Problem(f"{path} is there already.", german=f"{path} gibt es schon."),
        )
    files = tuple(house_files(settings, with_secrets=with_secrets))
    left_out = tuple(one for one in files if one.why is not None)
    with _aside(path) as folder:
        about = {
            "version": anlass.__version__,
            "made_at": moment(now),
            "secrets": with_secrets,
            "left_out": [{"path": one.path, "why": one.why} for one in left_out],
            **book.snapshot.write(folder),
        }
        members = (*_members(folder), *_house(data, files, path))
        contents = write_archive(path, members, about)
    return BackedUp(path, digest_of(path), contents, left_out)


def digest_of(path: Path) -> str:
    """Return the digest of a file, as `sha256sum` prints it."""
    digest = sha256()
    with path.open("rb") as file:
        while part := file.read(_BLOCK):
            digest.update(part)
    return digest.hexdigest()


def _usual_path(settings: Settings, now: datetime) -> Path:
    if not settings.backup.folder:
        raise Refused(
            Problem("Say into which file.", german="Sag, in welche Datei."),
            hint=Problem(
                "anlass backup FILE, or name a folder in anlass.toml: [backup] folder",
                german="anlass backup DATEI, oder nenne einen Ordner in anlass.toml: [backup] folder",
            ),
        )
    folder = backup_folder(settings)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StoreError(f"The backup cannot be written: {error.strerror}", where=str(folder)) from error
    return folder / f"{now:{NAME}}"


@contextmanager
def _aside(path: Path) -> Iterator[Path]:
    """Lend a folder on the disk that the backup goes to."""
    try:
        with TemporaryDirectory(dir=path.parent, prefix=".backup-") as folder:
            yield Path(folder)
    except OSError as error:
        raise StoreError(f"The backup cannot be written: {error.strerror}", where=str(path)) from error


def _members(folder: Path) -> Iterator[Member]:
    yield from (Member(f"{MEMORY}/{one.name}", one) for one in sorted(folder.iterdir()))


def _house(data: Path, files: tuple[Kept, ...], own: Path) -> Iterator[Member]:
    """Yield the files that go in; one that is gone by now, as a file at the door may be, is passed over."""
    for one in files:
        path = data / one.path
        if one.why is None and path.resolve() != own.resolve() and path.is_file():
            yield Member(f"{HOUSE}/{one.path}", path)
