"""The framework's settings, assembled in one place.

Edges call `configure` before anything else; the pages hand over what they need on top.
Importing this module changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from anlass.errors import ConfigError

FILE = "anlass.sqlite3"
"""The name of the SQLite file within the data folder."""

_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON;"
    "PRAGMA cache_size=-8192"
)
POOLED = "pooled"
_SCHEMES = frozenset({"postgres", "postgresql"})


def configure(data: Path, database: str | None = None, more: Mapping[str, object] | None = None) -> None:
    """Configure the framework once: memory in `data`, or in the PostgreSQL at `database`.

    `more` are further settings, the pages' own; its `INSTALLED_APPS` are added to the
    store's. Later calls change nothing.
    """
    from django import setup  # noqa: PLC0415 - only here is the framework loaded
    from django.apps import apps  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415

    if settings.configured:
        return
    settings.configure(**settings_for(data, database, more))
    if more:
        setup()
    else:
        apps.populate(settings.INSTALLED_APPS)  # what `setup` does beside this is for pages


def settings_for(
    data: Path, database: str | None = None, more: Mapping[str, object] | None = None
) -> dict[str, object]:
    """Return the settings as one mapping, the pages' on top of the store's."""
    extra = dict(more or {})
    apps = extra.pop("INSTALLED_APPS", ())
    return {
        "DATABASES": {"default": postgres(database) if database else sqlite(data)},
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "INSTALLED_APPS": ["anlass.store", *(apps if isinstance(apps, list | tuple) else ())],
        "TIME_ZONE": "UTC",
        "USE_TZ": True,
        **extra,
    }


def sqlite(data: Path) -> dict[str, object]:
    """Return the settings of the SQLite file in the folder `data`."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(data / FILE),
        "OPTIONS": {"init_command": _PRAGMAS, "transaction_mode": "IMMEDIATE", "timeout": 5},
    }


def postgres(address: str) -> dict[str, object]:
    """Return the settings of a PostgreSQL database by its address.

    With `pooled=1` behind it, it is that of a pooler which lends a line for one transaction: nothing is left
    on a line beyond that. Raises `ConfigError` where the address is none, or nothing here speaks to it.
    """
    parts = urlsplit(address)
    if parts.scheme.partition("+")[0] not in _SCHEMES or len(parts.path) < 2:
        raise ConfigError(
            f"{address!r} is no address of a PostgreSQL database.",
            hint="Write it like postgresql://NAME@HOST:5432/DATABASE.",
        )
    if find_spec("psycopg") is None:
        raise ConfigError("A part of Anlass is missing.", hint="pip install 'anlass[postgres]'")
    options = dict(parse_qsl(parts.query))
    is_pooled = options.pop(POOLED, "") == "1"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,  # a database that was restarted costs no page
        "DISABLE_SERVER_SIDE_CURSORS": is_pooled,
        "OPTIONS": options,
    }
