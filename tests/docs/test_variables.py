"""Whatever the program reads from the environment is told in the reference."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
NO_VARIABLES = frozenset({"ANLASS_PROXIES", "ANLASS_METRICS"})
"""Names in the program that look like variables: settings of the framework."""


def test_every_variable_stands_in_the_reference() -> None:
    """Each ANLASS_ name in the program has its line, and no line is about a name that is not there."""
    told = tomllib.loads((ROOT / "scripts" / "reference.toml").read_text(encoding="utf-8"))["environment"]
    program = [path.read_text(encoding="utf-8") for path in (ROOT / "src" / "anlass").rglob("*.py")]
    named = {name for text in program for name in re.findall(r"\"(ANLASS_[A-Z_]+)\"", text)}
    assert named - NO_VARIABLES == set(told["variables"])
