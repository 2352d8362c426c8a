"""What a page, a program or a new mail asks of SQLite about somebody never reads all that ever happened.

SQLite knows nothing of its tables' sizes here: it goes by the shape of a question, and where that lets it, it
begins with the table that has a million rows.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connections

from anlass.cli.main import main
from anlass.store import open_book
from tests.integration.test_every_owner import questions, something_of_everything
from tests.pages import owner

pytestmark = pytest.mark.slow  # asks every address and every operation

_ASKED = re.compile(r"\s*(?:WITH|SELECT|UPDATE|DELETE)\b", re.IGNORECASE)
_VALUES = re.compile(r"(?:%\(\w+\)s|%s|\?)(?:, )?")
_NAMED = re.compile(
    r"\bstore_(?P<table>encounter|letter|case|personaddress)\b(?:\s+(?:AS\s+)?(?P<name>[a-z]\w*)\b)?"
)
_WHOLE = re.compile(
    r"(?:SCAN|SEARCH) (?P<name>\w+)(?! .*\(owner_id=\? AND )(?! .*\b(?:VIRTUAL TABLE|letter_unsettled)\b)"
)
_OF_SOME = re.compile(r"\b(?:person|address|sender|thread|message) (?:IN \(|= %\()")
_READS_ALL = re.compile(
    r"LOWER\(|JOIN store_letter l ON .*l\.way = 'out'|AND way <> 'out' AND sender IN|HAVING COUNT\(DISTINCT t"
)
"""Erasing somebody looks for them in every word there is, and whoever may be one person among everybody;
letters have no index on who sent them."""


PLANTED = (
    "SELECT e.id FROM store_personaddress a JOIN store_encounter e"
    " ON e.owner_id = a.owner_id AND e.address = a.id"
    " WHERE a.owner_id = 'x' AND a.person IN ('a', 'b')"
)
"""So it must not be asked."""


def _reads_all(sql: str, plan: Sequence[tuple[Any, ...]]) -> Iterator[str]:
    """Yield what of a plan reads all rows of an owner, for somebody or once for each row of another table."""
    tables = {found["name"] or f"store_{found['table']}": found["table"] for found in _NAMED.finditer(sql)}
    above = {int(row[0]): (int(row[1]), str(row[-1])) for row in plan}
    for number, parent, *_, says in plan:
        found = _WHOLE.match(str(says))
        if found and found["name"] in tables:
            is_repeated = _OF_SOME.search(sql) is not None
            within = int(parent)
            while within:
                within, line = above[within]
                is_repeated |= line.startswith("CORRELATED")
            if is_repeated:
                yield f"{number}: {says} ({tables[found['name']]})"


@contextmanager
def _heard(using: str) -> Iterator[dict[str, Any]]:
    """Yield what is asked meanwhile, each question once."""
    asked = dict[str, Any]()

    def hear(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not many and "store_" in sql and _ASKED.match(sql) and not _READS_ALL.search(sql):
            asked.setdefault(_VALUES.sub("", sql), (sql, params))
        return execute(sql, params, many, context)

    with connections[using].execute_wrapper(hear):
        yield asked


def _wrong(using: str, asked: dict[str, Any]) -> dict[str, list[str]]:
    """Return the questions that read all, with what of their plans does."""
    wrong = {}
    with connections[using].cursor() as cursor:
        for sql, params in [*asked.values(), (PLANTED, None)]:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
            if found := list(_reads_all(sql, cursor.fetchall())):
                wrong[" ".join(sql.split())[:600]] = found
    assert wrong.pop(PLANTED)
    return wrong


def test_nobody_is_looked_for_among_all_that_ever_happened(tmp_path: Path) -> None:
    """A house with a million encounters answers about one person as fast as a small one."""
    with something_of_everything(tmp_path, "") as reached:
        using = reached.book._tables.using
        with _heard(using) as asked:
            for _, ask in questions(reached, reached.program(), owner(reached.house)):
                ask()
        assert len(asked) > 150
        assert _wrong(using, asked) == {}


def test_a_new_mail_is_not_held_against_all_that_ever_came(tmp_path: Path) -> None:
    """The house that has read two hundred letters reads ten more, one by one, as it watches a mailbox."""
    mails, waiting, data = tmp_path / "mails", tmp_path / "waiting", tmp_path / "house"
    with as_file(files("anlass.example").joinpath("mailbox")) as example:
        shutil.copytree(example, mails)
    waiting.mkdir()
    late = sorted(path for path in mails.rglob("*") if path.is_file())[::20]
    for number, path in enumerate(late):
        path.rename(waiting / str(number))

    def anlass(command: str) -> None:
        done = CliRunner().invoke(main, [command, str(mails), "--data", str(data)])
        assert done.exit_code == 0, done.output

    anlass("collect")
    anlass("screen")
    book = open_book(data)
    using = book._tables.using
    with _heard(using) as asked:
        for number, path in enumerate(late):
            (waiting / str(number)).rename(path)
            anlass(("collect", "screen")[number % 2])
    assert len(asked) > 50
    assert _wrong(using, asked) == {}
    book.close()
