"""Changes to anlass.toml that leave everything else in it as the owner wrote it.

What a page or a command writes there is read back before it is kept: the file then says what is wanted, and
all else it said before, or it is not touched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from anlass.errors import Problem, Refused
from anlass.toml_text import places_of, quoted, read_toml

Value = str | tuple[str, ...]
_LONGEST_VALUE = 200
"""Lines that a value may take; one that takes more is the owner's to change."""
_UNPRINTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def with_values(text: str, section: str, values: Mapping[str, Value]) -> str:
    """Return the file with these values in a section; empty ones are taken out.

    The text must be valid TOML. Raises `Refused` where the file is written in a way that this cannot change.
    """
    values = {key: _clean(one) for key, one in values.items()}
    wanted = read_toml(text)
    table = wanted.get(section, {})
    if not isinstance(table, dict):
        raise _in_its_own_way(section)
    for key in values:
        if key in table:
            text = _without(text, section, key)
            del table[key]
    lines = [f"{key} = {_written(value)}" for key, value in values.items() if value]
    text = _with_lines(text, section, lines) if lines else text
    said = {key: list(one) if isinstance(one, tuple) else one for key, one in values.items() if one}
    if said or section in wanted:
        wanted[section] = {**table, **said}
    try:
        found = read_toml(text)
    except ValueError as error:
        raise _in_its_own_way(section) from error
    if {**found, section: found.get(section, {})} != {**wanted, section: wanted.get(section, {})}:
        raise _in_its_own_way(section)
    return text


def _without(text: str, section: str, key: str) -> str:
    """Return the text without the lines of a value: as many as must go, beginning with that of its key."""
    lines = text.split("\n")
    at = places_of(text).key((section, key)).line - 1
    for end in range(at + 1, min(at + _LONGEST_VALUE, len(lines) + 1)):
        shorter = "\n".join(lines[:at] + lines[end:])
        try:
            table = read_toml(shorter).get(section, {})
        except ValueError:
            continue
        if isinstance(table, dict) and key not in table:
            return shorter
    raise _in_its_own_way(section)


def _with_lines(text: str, section: str, more: list[str]) -> str:
    """Return the text with lines below the head of a section; at the end, where there is none."""
    lines = text.split("\n")
    head = re.compile(rf"\s*\[\s*{section}\s*\]\s*(#.*)?")
    at = next((number for number, line in enumerate(lines, 1) if head.fullmatch(line)), None)
    if at is None:
        before = text.rstrip("\n")
        return "\n".join([*([before, ""] if before else []), f"[{section}]", *more]) + "\n"
    return "\n".join(lines[:at] + more + lines[at:])


def _written(value: Value) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(quoted(one) for one in value)}]"
    if "\n" not in value:
        return quoted(value)
    return '"""\n' + "\n".join(quoted(line)[1:-1] for line in value.split("\n")) + '"""'


def _clean(value: Value) -> Value:
    """Return a value without what no file that people read should hold."""
    if isinstance(value, tuple):
        return tuple(clean for one in value if (clean := _printed(one)))
    return _printed(value)


def _printed(text: str) -> str:
    return _UNPRINTED.sub("", text.replace("\r\n", "\n"))


def _in_its_own_way(section: str) -> Refused:
    return Refused(Problem(f"anlass.toml says [{section}] in its own way. Change it there."))
