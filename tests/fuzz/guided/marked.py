"""Which modules of the program take foreign texts apart: told by what they call."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

from tests.fuzz.guided.target import ROOT

_SOURCE = ROOT / "src" / "anlass"
_READING = frozenset(
    "loads read_toml fromstring document_fromstring XMLPullParser iterparse feed reader "
    "b64decode urlsafe_b64decode b32decode b16decode fromhex unpack unpack_from fromisoformat "
    "strptime from_ical readOne readComponents ZipFile getaddresses parsedate_to_datetime "
    "urlsplit unescape parse_email decrypt".split()
)
"""Functions and methods that make something of bytes or texts."""
_MAY_READ = re.compile(rf"\b(?:{'|'.join(_READING)})\(")


@cache
def readers() -> dict[str, tuple[str, ...]]:
    """Return the modules below `anlass` that call one of these, each with the names it calls."""
    found = {}
    for path in sorted(_SOURCE.rglob("*.py")):
        text = path.read_text("utf-8")
        called = tuple(sorted(_called(text) & _READING)) if _MAY_READ.search(text) else ()
        if called and "migrations" not in path.parts:
            found[_name(path)] = called
    return found


def modules() -> frozenset[str]:
    """Return the names of all modules."""
    return frozenset(_name(path) for path in _SOURCE.rglob("*.py"))


def _called(text: str) -> set[str]:
    calls = (node.func for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
    return {call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in calls}


def _name(path: Path) -> str:
    parts = path.relative_to(_SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
