"""The review of what the program is built on stays true: made again it is the same."""

from __future__ import annotations

import tomllib

import pytest

from scripts import dependencies
from scripts.dependencies import LICENCES, PAGE, ROOT, Package

_KNOWN = dependencies.packages()
_SPDX = frozenset(
    "0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause CC0-1.0 ISC LGPL-3.0-only LGPL-3.0-or-later MIT MIT-0 MIT-CMU "
    "MPL-2.0 PSF-2.0 Unlicense Zlib".split()
)
"""What a licence may be: nothing that reaches over to the program, and nothing without a name."""


def test_page_and_licences_are_what_the_packages_say() -> None:
    """Made again they are the same; else: `python -m scripts.dependencies`."""
    assert PAGE.read_text("utf-8") == dependencies.page(_KNOWN)
    assert LICENCES.read_text("utf-8") == dependencies.licences(_KNOWN)


def test_every_package_of_the_program_is_reviewed() -> None:
    """Whoever adds one says what it reads of strangers, and what would be if it were gone."""
    said = tomllib.loads((ROOT / "scripts" / "dependencies.toml").read_text("utf-8"))
    assert set(said) == dependencies.wanted()
    assert {tuple(one) for one in said.values()} == {("reads", "gone", "newest")}


def test_every_licence_is_one_of_those_that_were_looked_at() -> None:
    """Each word of each licence is a name of SPDX that somebody decided on."""
    words = {
        word
        for licence in tomllib.loads(LICENCES.read_text("utf-8")).values()
        for word in licence.replace("(", " ").replace(")", " ").split()
    }
    assert words - {"AND", "OR"} <= _SPDX


@pytest.mark.parametrize("name", ["fpdf2", "psycopg"])
def test_page_changes_with_a_licence(name: str) -> None:
    """A package that changed its licence, or its keeper, is noticed."""
    one = _KNOWN[name]
    other = Package(one.name, one.version, "AGPL-3.0-only", "somebody", one.is_native, one.needs)
    assert dependencies.page({**_KNOWN, name: other}) != PAGE.read_text("utf-8")
