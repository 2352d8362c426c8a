"""Opening a book: the database is found, its tables are made or renewed, its owner is written down."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from anlass.errors import StoreError
from anlass.store.settings import configure, postgres, sqlite

if TYPE_CHECKING:
    from anlass.store.book import Book

_RENEWED: set[str] = set()
_ONE_AT_A_TIME = Lock()


def opened_book(data: Path | str, owner: str, keep: Path | None = None, own_backup: str = "") -> Book:
    """Open the memory of `owner`; see `anlass.store.open_book`."""
    is_address = isinstance(data, str) and "://" in data
    folder = Path() if is_address else Path(data)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The data folder cannot be made: {error.strerror}", where=str(folder)) from error
    configure(folder, str(data) if is_address else None)
    kept = keep or (None if is_address else folder)
    database = postgres(str(data)) if is_address else sqlite(folder.resolve())
    return _book(database, owner, kept, own_backup)


def stay_connected(seconds: int = 60) -> None:
    """Let each thread keep its line to a database for so long, where it else makes one for every page.

    To open an SQLite file and tell it how to behave takes as long as all that an inbox asks of it.
    """
    from django.db import connections  # noqa: PLC0415 - after `configure`

    for alias in list(connections):
        connections.databases[alias]["CONN_MAX_AGE"] = seconds


def database_of(data: Path | str) -> str:
    """Return the framework's name for the database in a folder or at an address, without opening a memory.

    For whoever restores one: nothing is made, renewed or written.
    """
    is_address = isinstance(data, str) and "://" in data
    configure(Path() if is_address else Path(data), str(data) if is_address else None)
    return _alias(postgres(str(data)) if is_address else sqlite(Path(data).resolve()))


def forget_opened(alias: str) -> None:
    """Close a database that is about to be another one; who opens it next looks at its tables again."""
    from django.db import connections  # noqa: PLC0415 - after `configure`

    connections[alias].close()
    _RENEWED.discard(alias)


def _book(database: dict[str, object], owner: str, keep: Path | None, own_backup: str) -> Book:
    """Return the book in a database of these settings, whether it is the default one or a further one."""
    from django.db import DatabaseError  # noqa: PLC0415 - after `configure`

    from anlass.store.book import Book  # noqa: PLC0415 - after `configure`
    from anlass.store.ground.sql import store_error  # noqa: PLC0415 - after `configure`

    with _ONE_AT_A_TIME:
        alias = _alias(database)
        try:
            if alias not in _RENEWED:
                _renew(alias, keep, own_backup)
                _RENEWED.add(alias)
            return Book(owner, using=alias)
        except DatabaseError as error:
            where = str(database["NAME"])
            raise store_error("The memory cannot be opened", error, where=where) from error


def _alias(database: dict[str, object]) -> str:
    """Return the framework's name for a database; what is not configured yet is added."""
    from django.db import connections  # noqa: PLC0415 - after `configure`

    place = tuple(str(database.get(key, "")) for key in ("ENGINE", "NAME", "HOST", "PORT", "USER"))
    for alias in list(connections):
        known = connections.databases[alias]
        name = known["NAME"]
        if isinstance(name, Path) or "sqlite" in known["ENGINE"]:
            name = str(Path(name).resolve())
        if place == (known["ENGINE"], str(name), *(str(known[key]) for key in ("HOST", "PORT", "USER"))):
            return str(alias)
    alias = blake2b(repr(place).encode(), digest_size=8).hexdigest()
    connections.databases[alias] = connections.configure_settings({"default": database})["default"]
    return alias


def _renew(alias: str, keep: Path | None, own_backup: str) -> None:
    """Make the tables, or bring them to the newest shape; does nothing where they have it.

    Raises `StoreError` for a memory of a newer Anlass: half of it would be misread.
    """
    from anlass.store.safekeeping.steps import known_steps, taken_steps  # noqa: PLC0415 - after `configure`

    if _is_alone() and not _tables(alias):
        _make(alias)
        return
    known, taken = known_steps(), taken_steps(alias)
    if taken - known:
        raise StoreError(
            f"The memory was written by a newer Anlass (step {max(taken - known)[:4]}). Install that one, or"
            " restore a backup from before."
        )
    if taken == known and _is_alone():
        return
    from anlass.store.safekeeping.renewing import renew  # noqa: PLC0415 - only an old memory needs it

    if renew(alias, taken, keep, own_backup):
        _make_by_hand(alias)


def _make_by_hand(alias: str) -> None:
    """Make the index of words and the triggers where a step that rebuilt a table took them away."""
    from django.db import connections  # noqa: PLC0415 - after `configure`

    from anlass.store.cases import search  # noqa: PLC0415
    from anlass.store.people import stirring  # noqa: PLC0415

    vendor = connections[alias].vendor
    with connections[alias].cursor() as cursor:
        for statement in (*search.making(vendor), *stirring.making(vendor)):
            cursor.execute(statement)


def _is_alone() -> bool:
    """Tell whether all tables are the store's; where others have some too, the framework sees to all."""
    from django.apps import apps  # noqa: PLC0415 - after `configure`

    return all(app.label == "store" or not list(app.get_models()) for app in apps.get_app_configs())


def _tables(alias: str) -> list[str]:
    from django.db import connections  # noqa: PLC0415 - after `configure`

    return connections[alias].introspection.table_names()


def _make(alias: str) -> None:
    """Make the newest tables in an empty database, and write down every step as taken, all or nothing.

    That is what the steps one after the other come to, in a tenth of the time; a test holds the two equal.
    """
    from django.apps import apps  # noqa: PLC0415 - after `configure`
    from django.db import connections  # noqa: PLC0415
    from django.db.migrations.recorder import MigrationRecorder  # noqa: PLC0415

    from anlass.store.safekeeping.steps import known_steps  # noqa: PLC0415

    recorder = MigrationRecorder(connections[alias])
    with connections[alias].schema_editor() as editor:
        editor.create_model(recorder.Migration)
        for model in apps.get_app_config("store").get_models():
            editor.create_model(model)
        _make_by_hand(alias)
        for step in sorted(known_steps()):
            recorder.migration_qs.create(app="store", name=step)
