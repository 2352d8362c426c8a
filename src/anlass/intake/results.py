"""What one field Authentication-Results says, statement by statement.

The grammar of RFC 8601 is authres's. It takes a millisecond, longer than all else that is done to a mail
of an archive, so the shape that nearly every provider writes is read by two expressions first. They
take less than the grammar allows, and where they take a field they read the same.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_OWN_NAMES = frozenset(
    {("header", "d"), ("header", "i"), ("header", "from"), ("smtp", "mailfrom"), ("smtp", "auth")}
)
"""The properties that name whose address was proven."""
_COMMENT = re.compile(r"\([ -'*-\[\]-~]*\)")
_ATOM = r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*"
_SERVER = re.compile(rf" *{_ATOM} *(?:(?<= )1 *)?")
_PROPERTY = (
    rf"(?:(?:smtp|header|body|policy)\.[A-Za-z0-9_-]+=(?:@{_ATOM}|[A-Za-z0-9_+/=-][A-Za-z0-9.@_+/=-]*)"
    r'|header\.[bs]="[A-Za-z0-9.@_+/=-]+")'
)
_STATEMENT = re.compile(rf" *((?!none)[a-z0-9-]+)=([a-z]+)((?: +{_PROPERTY})*) *")


class Statement(NamedTuple):
    """One method of proof, lower case, what came of it, and the domains for which."""

    method: str
    result: str
    domains: tuple[str, ...]


@lru_cache(maxsize=1_024)  # one server says the same of the same houses again and again
def statements(value: str) -> tuple[Statement, ...] | None:
    """Return what a field's value on one line states; `None` where it cannot be read."""
    said = plainly(value)
    return by_the_grammar(value) if said is None else said


def plainly(value: str) -> tuple[Statement, ...] | None:
    """Read a value without quotes and nested comments; `None` where it is not as plain as that."""
    bare = _COMMENT.sub(" ", value)
    server, *told = bare.split(";")
    if not told or not _SERVER.fullmatch(server):
        return None
    found = []
    for one in told:
        stated = _STATEMENT.fullmatch(one)
        if stated is None:
            return None
        named = (word.partition("=") for word in stated[3].split())
        properties = [(*name.partition(".")[::2], text) for name, _, text in named]
        found.append(Statement(stated[1], stated[2], _domains(properties)))
    return tuple(found)


def by_the_grammar(value: str) -> tuple[Statement, ...] | None:
    """Read a value as RFC 8601 has it; `None` where it breaks the rules."""
    from authres import AuthenticationResultsHeader  # type: ignore[import-untyped]  # noqa: PLC0415 - ships no types; few values need it

    try:
        results = AuthenticationResultsHeader.parse(f"Authentication-Results: {value}").results
        return tuple(
            Statement(str(one.method).lower(), str(one.result).lower(), _domains(_named(one.properties)))
            for one in results
        )
    except Exception:  # noqa: BLE001  # its parser recurses and raises freely; then nothing was said
        return None


def _named(properties: object) -> list[tuple[str, str, str]]:
    if not isinstance(properties, list):
        return []
    return [(str(one.type), str(one.name), str(one.value or "")) for one in properties]


def _domains(properties: list[tuple[str, str, str]]) -> tuple[str, ...]:
    """Return the domains that the properties of one result name."""
    return tuple(
        value.rpartition("@")[2].lower().rstrip(".")
        for kind, name, value in properties
        if value and (kind.lower(), name.lower()) in _OWN_NAMES
    )
