"""What pages and programs ask of PostgreSQL is answered by indexes that begin with the owner."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections

from anlass.store.ground.ownerless import OWNED_BY_WORDS, OWNERLESS
from tests.integration.test_every_owner import questions, something_of_everything
from tests.pages import owner
from tests.servers import Postgres

pytestmark = [pytest.mark.slow, pytest.mark.postgres]  # asks every address and every operation

_ASKED = re.compile(r"\s*(?:WITH|SELECT|UPDATE|DELETE)\b", re.IGNORECASE)
_FREE = OWNERLESS.keys() | {"store_owner"}


def _scans(plan: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the tables of owners that a plan reads otherwise than by an index on the owner, and how."""
    table, kind = plan.get("Relation Name", ""), plan["Node Type"]
    condition = f"{plan.get('Index Cond', '')} {plan.get('Recheck Cond', '')}"
    is_owned = table.startswith("store_") and table not in _FREE and kind != "ModifyTable"
    by_words = any(name in json.dumps(plan) for name in OWNED_BY_WORDS)
    if is_owned and "owner_id" not in condition and not by_words:
        yield table, kind
    for part in plan.get("Plans", ()):
        yield from _scans(part)


def test_every_statement_is_answered_by_an_index_that_begins_with_the_owner(
    postgres: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """With whole tables forbidden, every plan reads the tables of owners by the owner alone."""
    folder, asked = tmp_path_factory.mktemp("plans"), dict[str, Any]()

    def heard(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not many and "store_" in sql and _ASKED.match(sql):
            asked.setdefault(re.sub(r"%\(v\d+\)s(, )?", "", sql), (sql, params))
        return execute(sql, params, many, context)

    with something_of_everything(folder, postgres.create("plans")) as reached:
        link = connections[reached.book._tables.using]
        with link.execute_wrapper(heard):
            for _, ask in questions(reached, reached.program(), owner(reached.house)):
                ask()
        assert len(asked) > 150
        asked["planted"] = "SELECT id FROM store_letter WHERE sender = 'somebody'", None
        wrong = {}
        with link.cursor() as cursor:
            cursor.execute("SET enable_seqscan = off")
            for sql, params in asked.values():
                cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
                plan = cursor.fetchone()[0][0]["Plan"]
                if found := list(_scans(plan)):
                    wrong[" ".join(sql.split())] = found
            cursor.execute("RESET enable_seqscan")
        assert wrong == {
            "SELECT id FROM store_letter WHERE sender = 'somebody'": [("store_letter", "Seq Scan")]
        }
