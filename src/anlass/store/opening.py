"""Opening a book: the database is found, its tables are made or renewed, its owner is written down."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path
from pkgutil import iter_modules
from threading import Lock
from typing import TYPE_CHECKING

from anlass.errors import StoreError
from anlass.store.settings import configure, postgres, sqlite

if TYPE_CHECKING:
    from anlass.store.book import Book

_RENEWED: set[str] = set()
_ONE_AT_A_TIME = Lock()


def opened_book(data: Path | str, owner: str) -> Book:
    """Open the memory of `owner`; see `anlass.store.open_book`."""
    is_address = isinstance(data, str) and "://" in data
    folder = Path() if is_address else Path(data)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The data folder cannot be made: {error.strerror}", where=str(folder)) from error
    configure(folder, str(data) if is_address else None)
    return _book(postgres(str(data)) if is_address else sqlite(folder.resolve()), owner)


def _book(database: dict[str, object], owner: str) -> Book:
    """Return the book in a database of these settings, whether it is the default one or a further one."""
    from django.db import DatabaseError  # noqa: PLC0415 - after `configure`

    from anlass.store.book import Book  # noqa: PLC0415 - after `configure`
    from anlass.store.sql import store_error  # noqa: PLC0415 - after `configure`

    with _ONE_AT_A_TIME:
        alias = _alias(database)
        try:
            if alias not in _RENEWED:
                _renew(alias)
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


def _renew(alias: str) -> None:
    """Make the tables, or bring them to the newest shape; does nothing where they have it."""
    if _has_newest_shape(alias):
        return
    from django.core.management import call_command  # noqa: PLC0415 - after `configure`
    from django.db import connections  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connections[alias])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", database=alias, interactive=False, verbosity=0)


def _has_newest_shape(alias: str) -> bool:
    """Tell by the framework's own list whether the tables are as the newest step left them.

    Asking the framework takes longer than reading five hundred letters; where there are other tables than
    the store's (the pages'), it is asked all the same.
    """
    from django.apps import apps  # noqa: PLC0415 - after `configure`
    from django.db import DatabaseError, connections  # noqa: PLC0415

    from anlass.store import migrations  # noqa: PLC0415

    if any(app.label != "store" for app in apps.get_app_configs()):
        return False
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT name FROM django_migrations WHERE app = 'store'")
            taken = {name for (name,) in cursor.fetchall()}
    except DatabaseError:
        return False  # there is no such list yet, or no database at all: the framework will say
    return taken == {step.name for step in iter_modules(migrations.__path__)}
