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
    if _is_alone():
        tables = _tables(alias)
        if not tables:
            _make(alias)
            return
        if "django_migrations" in tables and _has_newest_shape(alias):
            return
    from django.core.management import call_command  # noqa: PLC0415 - after `configure`
    from django.db import connections  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connections[alias])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", database=alias, interactive=False, verbosity=0)
        _make_search(alias)


def _make_search(alias: str) -> None:
    """Make the index of words where it is missing, or a step that rebuilt the table of cases took it away."""
    from django.db import connections  # noqa: PLC0415 - after `configure`

    from anlass.store.search import making  # noqa: PLC0415

    with connections[alias].cursor() as cursor:
        for statement in making(connections[alias].vendor):
            cursor.execute(statement)


def _is_alone() -> bool:
    """Tell whether the tables are the store's alone; where pages have some too, the framework sees to all."""
    from django.apps import apps  # noqa: PLC0415 - after `configure`

    return all(app.label == "store" for app in apps.get_app_configs())


def _tables(alias: str) -> list[str]:
    from django.db import connections  # noqa: PLC0415 - after `configure`

    return connections[alias].introspection.table_names()


def _steps() -> frozenset[str]:
    """Return the names of all steps by which old tables become new ones."""
    from anlass.store import migrations  # noqa: PLC0415 - only opening looks for them

    return frozenset(step.name for step in iter_modules(migrations.__path__))


def _has_newest_shape(alias: str) -> bool:
    """Tell by the framework's own list whether the tables are as the newest step left them.

    To ask the framework takes longer than reading five hundred letters.
    """
    from django.db import connections  # noqa: PLC0415 - after `configure`

    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT name FROM django_migrations WHERE app = 'store'")
        return {name for (name,) in cursor.fetchall()} == _steps()


def _make(alias: str) -> None:
    """Make the newest tables in an empty database, and write down every step as taken, all or nothing.

    That is what the steps one after the other come to, in a tenth of the time; a test holds the two equal.
    """
    from django.apps import apps  # noqa: PLC0415 - after `configure`
    from django.db import connections  # noqa: PLC0415
    from django.db.migrations.recorder import MigrationRecorder  # noqa: PLC0415

    recorder = MigrationRecorder(connections[alias])
    with connections[alias].schema_editor() as editor:
        editor.create_model(recorder.Migration)
        for model in apps.get_app_config("store").get_models():
            editor.create_model(model)
        _make_search(alias)
        for step in sorted(_steps()):
            recorder.migration_qs.create(app="store", name=step)
