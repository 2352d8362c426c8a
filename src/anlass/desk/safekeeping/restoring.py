"""A backup becomes a house again: read to its end first, into an empty place, or what is there is set aside.

Nothing is touched before every checksum holds. What was there is moved and not deleted; a PostgreSQL is
backed up before it gives way. Until the end no other program may be at work in the folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from anlass.bootstrap import database_of as address_of
from anlass.bootstrap import open_home
from anlass.config import Settings, load_settings
from anlass.desk.safekeeping.backing_up import back_up, digest_of
from anlass.desk.safekeeping.presence import WORK, alone_in
from anlass.desk.safekeeping.scope import REPLACED, Why, house_files
from anlass.errors import AnlassError, Problem, Refused, StoreError
from anlass.store import open_book
from anlass.store.opening import database_of, forget_opened
from anlass.store.safekeeping.archive import HOUSE, MEMORY, Contents, read_archive, unpack
from anlass.store.settings import FILE


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored: the backup's contents, and where lies what was there before (`None`: nothing)."""

    contents: Contents
    set_aside: Path | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to restore: `replace` what is there, `database` another PostgreSQL than the backup names.

    `sha256` is the digest that the file must have, "" where nobody noted it; `rehearse` only checks.
    """

    replace: bool = False
    database: str = ""
    sha256: str = ""
    rehearse: bool = False


def restore(path: Path, data: Path, wanted: Wanted, *, now: datetime) -> Restored:
    """Restore a backup into the folder `data`. Raises `Refused`, `UserError` and `StoreError`."""
    contents = read_archive(path)
    if wanted.sha256 and digest_of(path) != wanted.sha256.strip().lower():
        raise _refused("other_digest")
    data_is_new = not data.exists()
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        with alone_in(data) as at_work, TemporaryDirectory(dir=data, prefix=".restore-") as folder:
            if at_work:
                raise _refused("work_runs" if at_work == WORK else "serve_runs")
            unpack(path, contents, Path(folder))
            place = _Place(data, Path(folder), contents, wanted)
            set_aside = _put(place, now)
    except OSError as error:
        raise StoreError(f"It cannot be restored: {error.strerror}", where=str(data)) from error
    if not wanted.rehearse:
        open_home(str(data)).book.close()  # renews the tables where the backup is of an older Anlass
    elif data_is_new:
        data.rmdir()
    return Restored(contents, set_aside)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a backup goes: the data folder, the folder it is unpacked in within, and what is wanted."""

    data: Path
    unpacked: Path
    contents: Contents
    wanted: Wanted

    @property
    def has_house(self) -> bool:
        """Tell whether files of the house are in it; a copy made before an upgrade is of the memory alone."""
        return bool(self.contents.below(HOUSE))

    def settings(self) -> Settings:
        """Return the settings as they will be."""
        return load_settings(self.unpacked / HOUSE if self.has_house else self.data)

    def there(self) -> Settings:
        """Return the settings of what is there now; what cannot be read is moved aside with the rest."""
        try:
            return load_settings(self.data)
        except AnlassError:
            return Settings(self.data)

    def address(self) -> str:
        """Return the PostgreSQL that the memory goes into, with its password; "" where it is a file.

        A password that did not come along is looked for in the folder, as the restored house will do.
        """
        settings = self.settings()
        store = replace(settings.store, database=self.wanted.database or settings.store.database)
        comes = (settings.data / store.password_file).is_file()
        return address_of(replace(settings, store=store, data=settings.data if comes else self.data))


def _put(place: _Place, now: datetime) -> Path | None:
    """Put everything into its place, the memory last; return where lies what was there."""
    from anlass.store.safekeeping.snapshot import check_steps, is_empty  # noqa: PLC0415 - loads the framework

    address = place.address()
    using = database_of(address or place.data)
    check_steps(place.contents, "postgresql" if address else "sqlite")
    is_free = is_empty(using) if address else not (place.data / FILE).exists()
    in_the_way = tuple(_in_the_way(place))
    if in_the_way and not place.wanted.replace:
        raise _refused("not_empty", place=str(place.data))
    if not is_free and not place.wanted.replace:
        raise _full(place, address)
    if place.wanted.rehearse:
        return None
    if address:
        return _put_postgres(place, address, now, is_free=is_free)
    forget_opened(using)
    memory = tuple(one.name for one in place.data.glob(f"{FILE}*"))
    aside = _set_aside(place.data, (*in_the_way, *memory), now)
    _move_in(place)
    (place.unpacked / MEMORY / FILE).replace(place.data / FILE)
    return aside


def _full(place: _Place, address: str) -> Refused:
    """Return why nothing goes into a memory that somebody lives in."""
    if not address:
        return _refused("not_empty", place=str(place.data))
    parts = urlsplit(address)
    return _refused("database_full", place=f"{parts.hostname or ''}{parts.path}")


def _put_postgres(place: _Place, address: str, now: datetime, *, is_free: bool) -> Path | None:
    """Pour the memory into PostgreSQL, all or nothing, after what is there was backed up; then the files."""
    from anlass.store.safekeeping.snapshot import pour_in  # noqa: PLC0415 - loads the framework

    aside, using = None, database_of(address)
    if not is_free:
        aside = place.data / f"anlass-{REPLACED}{now:%Y%m%d-%H%M%S}.tar"
        back_up(open_book(address, keep=place.data), place.there(), aside, now=now)
    pour_in(using, place.unpacked / MEMORY, place.contents, replace=place.wanted.replace)
    forget_opened(using)
    moved = _set_aside(place.data, tuple(_in_the_way(place)), now)
    _name_database(place)
    _move_in(place)
    return moved or aside


def _name_database(place: _Place) -> None:
    """Let the restored settings name the database that was wanted in place of the one they name."""
    path, wanted = place.unpacked / HOUSE / "anlass.toml", place.wanted.database
    named = place.settings().store.database
    if wanted and named != wanted and path.is_file():
        text = path.read_text(encoding="utf-8")
        if not named or text.count(named) != 1:
            raise _refused("other_database")
        path.write_text(text.replace(named, wanted), encoding="utf-8")


def _in_the_way(place: _Place) -> Iterator[str]:
    """Yield the files of the folder that a restored house would stand among."""
    if not place.has_house:
        return
    comes = {one.name.removeprefix(f"{HOUSE}/") for one in place.contents.below(HOUSE)}
    for one in house_files(place.there()):
        if one.why is None or (one.why is not Why.MOMENT and one.path in comes):
            yield one.path
    yield from (name for name in comes if name.startswith("secrets/") and (place.data / name).exists())


def _set_aside(data: Path, names: tuple[str, ...], now: datetime) -> Path | None:
    if not names:
        return None
    aside = data / f"{REPLACED}{now:%Y%m%d-%H%M%S}"
    for name in dict.fromkeys(names):
        target = aside / name
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        (data / name).replace(target)
    return aside


def _move_in(place: _Place) -> None:
    for one in place.contents.below(HOUSE):
        target = place.data / one.name.removeprefix(f"{HOUSE}/")
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        (place.unpacked / one.name).replace(target)


def _refused(key: str, **values: str) -> Refused:
    english, german = _REFUSED[key]
    hints = _HINTS.get(key, ("", ""))
    return Refused(
        Problem(english.format(**values), german=german.format(**values)),
        hint=Problem(hints[0], german=hints[1]),
    )


_REFUSED = {
    "other_digest": (
        "This is not the file you mean: its SHA-256 is another one.",
        "Das ist nicht die Datei, die du meinst: Ihre SHA-256 ist eine andere.",
    ),
    "work_runs": (
        "`anlass work` is at work here. Stop it first.",
        "Hier arbeitet `anlass work`. Beende es zuerst.",
    ),
    "serve_runs": (
        "`anlass serve` shows pages from here. Stop it first.",
        "Von hier zeigt `anlass serve` Seiten. Beende es zuerst.",
    ),
    "not_empty": ("There is a house at {place} already.", "In {place} liegt schon ein Haus."),
    "database_full": (
        "There is a house in the database {place} already.",
        "In der Datenbank {place} liegt schon ein Haus.",
    ),
    "other_database": (
        "The settings in the backup do not say where the memory was, so they cannot name the new database.",
        ("Die Einstellungen in der Sicherung sagen nicht, wo der Speicher lag."),
    ),
}
_HINTS = {
    "not_empty": (
        "Restore into an empty folder: --data DIR. With --replace what is there is set aside, not deleted.",
        "Nimm einen leeren Ordner: --data ORDNER. Mit --replace wird, was da liegt, beiseitegelegt.",
    ),
    "database_full": (
        "Name an empty one: --database postgresql://... With --replace what is there is backed up first.",
        "Nenne eine leere: --database postgresql://... Mit --replace wird, was da liegt, vorher gesichert.",
    ),
}
