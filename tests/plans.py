"""How a database would go about a question: what it looks up, and what it searches row by row."""

from __future__ import annotations

from anlass.store.book import Book


def plan_of(book: Book, sql: str, **values: object) -> str:
    """Return the plan of a question of one owner, who is `%(owner)s` in it, line by line."""
    tables = book._tables
    if tables.vendor == "sqlite":
        return "\n".join(str(row[-1]) for row in tables.rows(f"EXPLAIN QUERY PLAN {sql}", **values))
    with book.together():
        tables.write("SET LOCAL enable_seqscan = off")
        return "\n".join(str(row[0]) for row in tables.rows(f"EXPLAIN {sql}", **values))
