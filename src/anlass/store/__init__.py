"""Edge: memory, on SQLite until outgrown, then PostgreSQL.

The only folder that imports `django.db`; it maps rows to the rooms' values and back.
Every row carries its owner, first in every index.
"""
