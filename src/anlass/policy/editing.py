"""Small changes to a file of house rules that leave everything else in it as the owner wrote it."""

from __future__ import annotations

import re

from anlass.toml_text import places_of, read_toml

_PRESET = re.compile(r"preset[ \t]*=[ \t]*(?:\"[^\"\n]*\"|'[^'\n]*')")


def with_preset(text: str, name: str) -> str:
    """Return the file with the shipped rules `name` chosen; it must be valid TOML."""
    line = f'preset = "{name}"'
    if "preset" not in read_toml(text):
        head, tables = _parted(text)
        return "\n\n".join(part for part in (head, line, tables) if part) + "\n"
    lines = text.split("\n")
    at = places_of(text).key(("preset",)).line - 1
    lines[at] = _PRESET.sub(line, lines[at], count=1)
    return "\n".join(lines)


def with_rule(text: str, rule: str) -> str:
    """Return the file with the words of one more rule before all others."""
    head, tables = _parted(text)
    about, rules = _parted(tables, "[[rule")
    return "\n\n".join(part for part in (head, about, rule.strip("\n"), rules) if part) + "\n"


def _parted(text: str, mark: str = "[") -> tuple[str, str]:
    """Split a file before its first table, and before the comment right above that."""
    lines = text.split("\n")
    at = next((i for i, line in enumerate(lines) if line.lstrip().startswith(mark)), len(lines))
    while at < len(lines) and at and lines[at - 1].lstrip().startswith("#"):
        at -= 1
    return "\n".join(lines[:at]).strip("\n"), "\n".join(lines[at:]).strip("\n")
