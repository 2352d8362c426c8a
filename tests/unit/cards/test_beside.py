"""The house's own lines in an entry of an address book: everything else stays, byte for byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.cards.beside import line, own_lines, with_lines

ODD = (
    b"BEGIN:VCARD\r\nVERSION:2.1\r\nN:M\xfcller\r\nPHOTO;BASE64:\r\n  AAAA\r\n broken fold\r\nno colon\r\n"
    b"END:VCARD\r\n"
)
LINES = st.lists(st.text(max_size=120).map(lambda text: line("X-ANLASS-NOTE", text)), max_size=4)
REST = st.lists(
    st.binary(max_size=90).filter(lambda one: not {10, 13} & set(one) and b"VCARD" not in one.upper())
)


def test_strange_bytes_stay_as_they_are() -> None:
    """Latin letters, a picture, wrong folds: written in and taken out again, the entry is what it was."""
    lines = (line("X-ANLASS-LAST", "2026-11-13"), line("X-ANLASS-NOTE", "ü" * 200))
    made = with_lines(ODD, lines)
    assert made is not None
    assert own_lines(made) == lines
    assert with_lines(made, ()) == ODD
    assert max(map(len, made.split(b"\r\n"))) <= 76


@pytest.mark.parametrize(
    "data", [b"", b"hello", ODD + ODD, ODD.replace(b"BEGIN:VCARD\r\n", b""), b"END:VCARD\nBEGIN:VCARD\n"]
)
def test_what_is_not_one_card_is_left_alone(data: bytes) -> None:
    """Nobody could say where the lines belong."""
    assert with_lines(data, ("X-ANLASS-LAST:x",)) is None


@given(REST, LINES, LINES, st.sampled_from([b"\n", b"\r\n"]))
def test_writing_and_taking_out_changes_no_byte(
    rest: list[bytes], first: list[str], second: list[str], newline: bytes
) -> None:
    """The law behind it: own lines are read back as written, and all others are untouched."""
    plain = [
        one for one in rest if not one.upper().startswith(b"X-ANLASS-") and not one.startswith((b" ", b"\t"))
    ]
    data = newline.join([b"BEGIN:VCARD", *plain, b"END:VCARD", b""])
    made = with_lines(data, first)
    assert made is not None
    assert own_lines(made) == tuple(one.strip() for one in first)
    again = with_lines(made, second)
    assert again == with_lines(data, second)
    assert with_lines(made, ()) == data
