"""How far the tables of a memory are: the steps it has taken, against those that this program knows."""

from __future__ import annotations

from pkgutil import iter_modules

from django.db import connections


def known_steps() -> frozenset[str]:
    """Return the names of all steps by which old tables become new ones."""
    from anlass.store import migrations  # noqa: PLC0415 - only opening looks for them

    return frozenset(step.name for step in iter_modules(migrations.__path__))


def taken_steps(using: str) -> frozenset[str]:
    """Return the steps that a memory has taken, none for an empty one, by the framework's own list.

    To ask the framework takes longer than reading five hundred letters.
    """
    link = connections[using]
    if "django_migrations" not in link.introspection.table_names():
        return frozenset()
    with link.cursor() as cursor:
        cursor.execute("SELECT name FROM django_migrations WHERE app = 'store'")
        return frozenset(name for (name,) in cursor.fetchall())
