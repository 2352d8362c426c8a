"""The tables without an owner, each with its reason; a test walks all others.

Whoever adds a table without an owner adds it here and to `ARCHITECTURE.md`.
"""

OWNERLESS: dict[str, str] = {
    "django_migrations": "which migrations this database has seen; the same for every owner",
}
