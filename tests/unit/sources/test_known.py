"""Whose file is it? Asked of every file that is no mail for sure, so whatever it begins with."""

from __future__ import annotations

import pytest

from anlass.sources.known import source_of

_PEEK = 16 * 1024


ONES = (b"\n", b" ", b"\t\r\n", b"#", b"#\n", b"version: 1\n", b'"', b",", b"<", b"a,", b"[{")


@pytest.mark.parametrize("one", ONES)
def test_a_page_of_one_thing_is_nobodys(one: bytes) -> None:
    """A mail may begin with as many blank lines as it likes: asked once whose it is."""
    assert source_of("page", one * (_PEEK // len(one))) is None


def test_ldif_below_remarks_and_blank_lines_is_ldif() -> None:
    """What stands above the first entry says nothing against it."""
    found = source_of("book", b"\n" * 500 + b"# made by hand\nversion: 1\n\n" * 20 + b"\n\ndn: cn=Kai Falk\n")
    assert found is not None
    assert found.name == "ldif"
