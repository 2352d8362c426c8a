"""What a page or a program asks of SQLite about somebody never reads all that happened with everybody.

SQLite knows nothing of its tables' sizes here: it goes by the shape of a question, and where that lets it, it
begins with the table that has a million rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from tests.integration.test_every_owner import questions, something_of_everything
from tests.pages import owner

pytestmark = pytest.mark.slow  # asks every address and every operation

_ASKED = re.compile(r"\s*(?:WITH|SELECT|UPDATE|DELETE)\b", re.IGNORECASE)
_VALUES = re.compile(r"(?:%\(\w+\)s|%s|\?)(?:, )?")
_NAMED = re.compile(r"\bstore_(?P<table>encounter|letter|case)\b(?:\s+(?:AS\s+)?(?P<name>[a-z]\w*)\b)?")
_WHOLE = re.compile(r"(?:SCAN|SEARCH) (?P<name>\w+)(?! .*\(owner_id=\? AND )(?! .*\bVIRTUAL TABLE\b)")
_OF_SOMEBODY = re.compile(r"\b(?:person|address|sender) (?:IN \(|= %\()")
_READS_ALL = re.compile(r"LOWER\(|JOIN store_letter l ON .*l\.way = 'out'|AND way <> 'out' AND sender IN")
"""Erasing somebody looks for them in every word there is; letters have no index on who sent them."""


def _reads_all(sql: str, plan: Sequence[tuple[Any, ...]]) -> Iterator[str]:
    """Yield what of a plan reads all rows of an owner, for somebody or once for each row of another table."""
    tables = {found["name"] or f"store_{found['table']}": found["table"] for found in _NAMED.finditer(sql)}
    above = {int(row[0]): (int(row[1]), str(row[-1])) for row in plan}
    for number, parent, *_, says in plan:
        found = _WHOLE.match(str(says))
        if found and found["name"] in tables:
            is_repeated = _OF_SOMEBODY.search(sql) is not None
            within = int(parent)
            while within:
                within, line = above[within]
                is_repeated |= line.startswith("CORRELATED")
            if is_repeated:
                yield f"{number}: {says} ({tables[found['name']]})"


def test_nobody_is_looked_for_among_all_that_ever_happened(tmp_path: Path) -> None:
    """A house with a million encounters answers about one person as fast as a small one."""
    asked = dict[str, Any]()

    def heard(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not many and "store_" in sql and _ASKED.match(sql) and not _READS_ALL.search(sql):
            asked.setdefault(_VALUES.sub("", sql), (sql, params))
        return execute(sql, params, many, context)

    with something_of_everything(tmp_path, "") as reached:
        link = connections[reached.book._tables.using]
        with link.execute_wrapper(heard):
            for _, ask in questions(reached, reached.program(), owner(reached.house)):
                ask()
        assert len(asked) > 150
        planted = (
            "SELECT e.id FROM store_personaddress a JOIN store_encounter e"
            " ON e.owner_id = a.owner_id AND e.address = a.id"
            " WHERE a.owner_id = 'x' AND a.person IN ('a', 'b')"
        )
        asked["planted"] = planted, None
        wrong = {}
        with link.cursor() as cursor:
            for sql, params in asked.values():
                cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
                if found := list(_reads_all(sql, cursor.fetchall())):
                    wrong[" ".join(sql.split())[:600]] = found
    assert wrong.pop(planted)
    assert wrong == {}
