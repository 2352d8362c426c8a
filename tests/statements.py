"""Every statement that reaches a database names its owner: a guard over whole runs, on both databases.

A statement is cut into its queries (each SELECT, INSERT, UPDATE or DELETE with what stands in its brackets).
In each of them every table of an owner must be bound: compared with a value that was handed in, with a table
that is bound, or with a list of owners that is itself asked for. What is bound nowhere could show or change
the row of somebody else.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.backends.signals import connection_created

import anlass

_TEXT = re.compile(r"'(?:[^']|'')*'")
_WORD = re.compile(r'"(\w+)"|(\w+(?:\.\w+)?)|(%\(\w+\)s|%s|\?|\$\d+)|([(),=]|<>|\S)')
_TABLE = re.compile(r"store_\w+")
_AFTER_TABLE = frozenset(
    "where set on join inner left cross group order limit using values as select".split()
)
_BEGINS = frozenset({"select", "insert", "update", "delete"})
_BOUND = re.compile(r"%\(\w+\)s|%s|\?|\$\d+")


@dataclass(slots=True)
class Query:
    """One query: its words without those of queries inside it, and the names its tables have in it."""

    words: list[str] = field(default_factory=list)
    outer: Query | None = None


def _queries(sql: str) -> list[Query]:
    """Cut a statement into its queries."""
    words = ["".join(found) for found in _WORD.findall(_TEXT.sub("''", sql).replace('"."', "."))]
    top = Query()
    found, open_ = [top], [top]
    for number, word in enumerate(words):
        if word == "(":
            following = words[number + 1].lower() if number + 1 < len(words) else ""
            is_query = following in {"select", "with"} or following in _BEGINS
            if is_query:
                found.append(Query(outer=open_[-1]))
            open_[-1].words.append("(query)" if is_query else "(")
            open_.append(found[-1] if is_query else open_[-1])
        elif word == ")":
            closed = open_.pop()
            if open_ and closed is open_[-1]:
                closed.words.append(")")
        elif word.lower() in {"union", "except", "intersect"}:
            open_[-1] = Query(outer=open_[-1].outer)
            found.append(open_[-1])
        else:
            open_[-1].words.append(word)
    return found


def _tables(query: Query) -> Iterator[tuple[str, str]]:
    """Yield the tables of a query, each with the name it has there."""
    words = query.words
    for number, word in enumerate(words):
        table = word.rpartition(".")[2]
        if not _TABLE.fullmatch(table) or "." in word.replace("main.", "").replace("public.", ""):
            continue
        if [one.lower() for one in words[number + 1 : number + 3]] == ["as", "(query)"]:
            continue  # a name that is given to a query, which is looked at by itself
        before = words[number - 1].lower() if number else ""
        if before not in {"from", "join", "into", "update", ","}:
            continue
        rest = [one for one in words[number + 1 : number + 3] if one.lower() != "as"]
        named = rest[0] if rest and rest[0].isidentifier() and rest[0].lower() not in _AFTER_TABLE else table
        yield table, named


def _column(word: str) -> str | None:
    """Return whose owner a word names: "" for a bare `owner_id`, `None` where it names none."""
    name, _, column = word.rpartition(".")
    return name if column == "owner_id" else None


def _is_value(words: list[str]) -> bool:
    """Tell whether what stands behind an owner is a value, a list of values, or a query of owners."""
    return bool(words) and (bool(_BOUND.fullmatch(words[0])) or words[0] in {"(query)", "("})


def _unbound(query: Query) -> list[str]:
    """Return the tables of a query that are bound to no owner."""
    tables = {named: table for table, named in _tables(query)}
    owned = {named: table for named, table in tables.items() if table in _owned()}
    words = query.words
    if owned and words[0].lower() == "insert":
        first = words[words.index("(") + 1] if "(" in words else ""
        return [] if first == "owner_id" else list(owned.values())
    bound, same = set[str](), list[tuple[str, str]]()
    for number, word in enumerate(words):
        left = _column(word)
        if left is None or number + 1 >= len(words):
            continue
        left = left or (next(iter(owned)) if len(owned) == 1 else "")
        sign, behind = words[number + 1].lower(), words[number + 2 :]
        right = _column(behind[0]) if behind and sign == "=" else None
        if sign in {"=", "in"} and _is_value(behind):
            bound.add(left)
        elif right is not None:
            same.append((left, right))
            bound |= {left} if right not in tables else set()
            bound |= {right} if left not in tables else set()
    for _ in same:
        for left, right in same:
            bound |= {left, right} if {left, right} & bound else set()
    return [table for named, table in owned.items() if named not in bound]


@cache
def unbound_in(sql: str) -> tuple[str, ...]:
    """Return the tables of owners that a statement names without binding them; none is as it must be."""
    return tuple(table for query in _queries(sql) for table in _unbound(query))


@cache
def _owned() -> frozenset[str]:
    """Return the tables whose rows belong to an owner."""
    models = apps.get_app_config("store").get_models()
    return frozenset(
        one._meta.db_table for one in models if any(field.column == "owner_id" for field in one._meta.fields)
    )


_STATEMENTS = re.compile(r"\s*(?:WITH|SELECT|INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
_LIST = re.compile(r"%\(v\d+\)s(?:, %\(v\d+\)s)*")
_STEPS = ("/anlass/store/migrations/", "/django/db/migrations/")
"""Where old tables become new ones: there all rows are meant, whose ever they are."""
_WHOLE_HOUSE = ("/store/safekeeping/snapshot.py", "/store/safekeeping/figures.py")
"""Where the rows of all owners are meant: a backup of the whole house, and sums that name nobody."""
PROGRAM = str(Path(anlass.__file__).parent)
"""Where the program lies: what a test asks by itself, to look at all rows, is not the program's."""
Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


@dataclass(slots=True, eq=False)
class Guard:
    """Looks at every statement of every connection; `wrong` are those that bind a table of owners to none.

    Each stands there with the tables, and with the place in the program that it came from.
    """

    seen: set[str] = field(default_factory=set)
    wrong: dict[str, tuple[tuple[str, ...], str]] = field(default_factory=dict)
    program: str = PROGRAM

    def __call__(self, execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        """Look at a statement, and run it."""
        if sql not in self.seen:
            self.seen.add(sql)
            if _STATEMENTS.match(sql):
                self._look(_LIST.sub("%(v)s", sql))
        return execute(sql, params, many, context)

    def _look(self, sql: str) -> None:
        found = unbound_in(sql)
        if not found or sql in self.wrong:
            return
        stack = [one.filename for one in traceback.extract_stack()]
        ours = [one for one in stack if one.startswith(self.program) and not one.endswith("/sql.py")]
        if ours and not any(step in one for one in stack for step in _STEPS):
            place = ours[-1].removeprefix(self.program)
            if place not in _WHOLE_HOUSE:
                self.wrong[sql] = found, place

    def follow(self, connection: Any, **_more: object) -> None:
        """Look at everything that goes over a connection."""
        if self not in connection.execute_wrappers:
            connection.execute_wrappers.append(self)


@contextmanager
def guarded() -> Iterator[Guard]:
    """Let a guard stand at every connection that is opened until the block ends."""
    guard = Guard()
    connection_created.connect(guard.follow, weak=False)
    try:
        yield guard
    finally:
        connection_created.disconnect(guard.follow)
