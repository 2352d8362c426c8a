"""The guard over all statements of a test run sees what it is there for; see `tests/statements.py`."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from anlass.store import open_book
from tests.statements import Guard, guarded, unbound_in

GOOD = (
    "SELECT id FROM store_case WHERE owner_id = %(owner)s AND id = %(id)s",
    (
        "SELECT c.id FROM store_case c JOIN store_seen s ON s.owner_id = c.owner_id AND s.request = c.id"
        " WHERE c.owner_id = %(owner)s"
    ),
    "SELECT id FROM store_owner WHERE settings = 'FROM store_case'",
    (
        "UPDATE store_outgoing SET state = 'sent' WHERE owner_id = %(owner)s AND NOT EXISTS"
        " (SELECT 1 FROM store_latch k WHERE k.owner_id = %(owner)s AND k.name = 'paused')"
    ),
    'INSERT INTO "store_word" ("owner_id", "id") VALUES (%s, %s) ON CONFLICT ("owner_id") DO NOTHING',
    "SELECT owner_id FROM store_door WHERE owner_id IN (SELECT id FROM store_owner) AND name = %(value)s",
    "WITH old AS (SELECT id FROM store_case WHERE owner_id = %(owner)s) SELECT id FROM old",
    (
        "WITH a AS (SELECT 1), store_case AS (SELECT * FROM main.store_case WHERE owner_id = %(owner)s)"
        " SELECT c.id FROM store_case c WHERE c.owner_id = %(owner)s"
    ),
    (
        "SELECT 1 FROM store_case c WHERE c.owner_id = %(owner)s AND EXISTS"
        " (SELECT 1 FROM store_seen s WHERE s.owner_id = c.owner_id AND s.request = c.id)"
    ),
)
BAD = (
    "SELECT id FROM store_case WHERE id = %(id)s",
    "SELECT c.id FROM store_case c JOIN store_seen s ON s.request = c.id WHERE c.owner_id = %(owner)s",
    "SELECT c.id FROM store_case c JOIN store_seen s ON s.owner_id = c.owner_id",
    "UPDATE store_outgoing SET state = 'sent' WHERE id = %(id)s",
    "DELETE FROM store_latch",
    "SELECT id FROM store_case WHERE owner_id = %(owner)s UNION SELECT id FROM store_case",
    "SELECT id FROM store_case WHERE owner_id = %(owner)s AND id IN (SELECT request FROM store_seen)",
    (
        "SELECT 1 FROM store_case c WHERE c.owner_id = %(owner)s AND EXISTS"
        " (SELECT 1 FROM store_seen s WHERE s.request = c.id)"
    ),
    "WITH old AS (SELECT id FROM store_case) SELECT id FROM old",
    'INSERT INTO "store_word" ("id", "owner_id") VALUES (%s, %s)',
    "SELECT id FROM store_case WHERE 'owner_id = %(owner)s' <> id",
    "SELECT id FROM store_case ORDER BY owner_id",
    (
        "WITH a AS (SELECT 1), store_case AS (SELECT * FROM main.store_case)"
        " SELECT c.id FROM store_case c WHERE c.owner_id = %(owner)s"
    ),
)


@pytest.fixture(scope="module", autouse=True)
def tables(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Load the tables, whose owners the guard knows by their models."""
    open_book(tmp_path_factory.mktemp("guard")).close()


@pytest.mark.parametrize("sql", GOOD)
def test_a_statement_that_names_its_owner_passes(sql: str) -> None:
    """Bound to a value, to a table that is bound, or to the list of owners."""
    assert unbound_in(sql) == ()


@pytest.mark.parametrize("sql", BAD)
def test_a_statement_that_names_none_is_seen(sql: str) -> None:
    """Whichever of its queries and tables it is that asks for everybody's rows."""
    assert unbound_in(sql) != ()


def test_the_guard_stands_at_every_connection(tmp_path: Path) -> None:
    """What goes over a connection that was opened while it stands is looked at."""
    with guarded() as guard, closing(open_book(tmp_path, "olga")) as book:
        book.owner_addresses()
    assert guard.wrong == {}
    assert any("FROM store_owneraddress" in sql for sql in guard.seen)


def test_what_the_guard_sees_is_told_with_its_tables() -> None:
    """Once for each statement, however long its lists are; it is run all the same. Others' are not told."""
    guard, ran = Guard(program=str(Path(__file__).parent)), list[str]()

    def execute(sql: str, *_: object) -> None:
        ran.append(sql)

    for marks in ("%(v0)s", "%(v0)s, %(v1)s", "%(v0)s, %(v1)s"):
        guard(execute, f"SELECT id FROM store_case WHERE id IN ({marks})", {}, False, {})
    ((sql, (found, _place)),) = guard.wrong.items()
    assert (sql, found) == ("SELECT id FROM store_case WHERE id IN (%(v)s)", ("store_case",))
    assert len(ran) == 3
    elsewhere = Guard()
    elsewhere(execute, "SELECT id FROM store_case", {}, False, {})
    assert elsewhere.wrong == {}
