"""How a database would go about a question: what it looks up, and what it searches row by row."""

from __future__ import annotations

from django.db import connections

from anlass.store.book import Book


def plan_of(book: Book, sql: str) -> str:
    """Return the plan of a question about one owner, given as its only `%s`."""
    connection = connections[book._tables.using]
    is_lite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if not is_lite:
            cursor.execute("SET enable_seqscan = off")
        cursor.execute(f"EXPLAIN {'QUERY PLAN' if is_lite else ''} {sql}", [book.owner])
        plan = " ".join(str(row) for row in cursor.fetchall())
        if not is_lite:
            cursor.execute("RESET enable_seqscan")
    return plan
