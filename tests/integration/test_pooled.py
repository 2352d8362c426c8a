"""PostgreSQL behind a pooler: pages need nothing that outlives a transaction, and the worker refuses it."""

from __future__ import annotations

from contextlib import closing

import psycopg
import pytest
from django.db import connections

from anlass.errors import ConfigError
from anlass.store import open_book
from anlass.store.history.threads import MANY, survey_what_came
from tests.contract.values import ARRIVED, case_of
from tests.servers import Postgres

pytestmark = [pytest.mark.slow, pytest.mark.postgres]  # makes databases with all their tables

_LETTERS = """
INSERT INTO store_letter (owner_id, id, root, thread, sender, way, rule, quote, others, authserv,
    authenticity, body, is_settled)
SELECT %(owner)s, number, 0, 0, '', 'in', '', '', 1, '', '', 0, FALSE
FROM generate_series(1, %(many)s) number
"""
_KNOWN = "SELECT most_common_vals::text FROM pg_stats WHERE tablename = %(table)s AND attname = 'owner_id'"


def test_worker_refuses_a_pooler_and_says_what_to_give(postgres: Postgres) -> None:
    """The lock would be on a line that the next one gets; cursors end with their question."""
    with closing(open_book(f"{postgres.create('pooled')}?pooled=1", "olga")) as book:
        assert connections[book._tables.using].settings_dict["DISABLE_SERVER_SIDE_CURSORS"] is True
        with pytest.raises(ConfigError) as refused:
            book.mail.is_only_worker()
        assert "without `pooled=1`" in refused.value.hint


def test_owner_who_imports_much_is_known_to_the_statistics(postgres: Postgres) -> None:
    """One letter less than many is not looked at; where many came PostgreSQL knows of the owner."""
    with closing(open_book(postgres.create("surveyed"), "olga")) as book:
        tables = book._tables
        tables.write(_LETTERS, many=MANY - 1)
        assert (survey_what_came(tables), tables.row(_KNOWN, table="store_letter")) == (False, None)
        tables.write(_LETTERS.replace("SELECT %(owner)s, number", "SELECT %(owner)s, number + 1000"), many=1)
        assert (survey_what_came(tables), tables.row(_KNOWN, table="store_letter")) == (True, ("{olga}",))


def test_owner_of_whom_much_is_screened_is_known_to_the_statistics(postgres: Postgres) -> None:
    """Else each text is held against every other: 600 requests took minutes where ten others lived there."""
    with closing(open_book(postgres.create("kept"), "olga")) as book:
        for number in range(51):
            known = book._tables.row(_KNOWN, table="store_case")
            assert known == (("{olga}",) if number == 50 else None)
            assert book.keep(case_of(f"c{number}", arrived=ARRIVED), now=ARRIVED)


def test_case_is_kept_while_a_table_is_cleaned_up(postgres: Postgres) -> None:
    """That can last for hours, and nobody's letters wait for a look at what is only good to know."""
    url = postgres.create("cleaned")
    with closing(open_book(url, "olga")) as book, psycopg.connect(url) as other:
        other.execute("LOCK TABLE store_case IN SHARE UPDATE EXCLUSIVE MODE")  # as VACUUM has it
        book._tables.write("SET statement_timeout = '5s'")
        assert all(book.keep(case_of(f"c{number}", arrived=ARRIVED), now=ARRIVED) for number in range(50))
        looked = (
            "SELECT DISTINCT tablename::text FROM pg_stats WHERE tablename IN ('store_case', 'store_person')"
        )
        assert book._tables.rows(looked) == [("store_person",)]
