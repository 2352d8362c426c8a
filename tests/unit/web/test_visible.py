"""What a stranger wrote is shown as it is, and nothing in it hides or misleads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.web.frame.visible import on_one_line, visible


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Grüße\n\tOlga", "Grüße\n\tOlga"),
        ("a\x00b\x07c\x7f", "a␀b␇c␡"),
        ("gpj.\u202eexe", "gpj.\ufffdexe"),
        ("a\u2066b\u2069c\u200f", "a\ufffdb\ufffdc\ufffd"),
        ("half \ud800 a letter", "half \ufffd a letter"),
        ("tag\U000e0041", "tag\ufffd"),
        ("נועה لوي 林", "נועה لوي 林"),
        ("👩\u200d💻 Wi\u00adder\u00a0stand", "👩\u200d💻 Wi\u00adder\u00a0stand"),
        ("z\u0301\u0302\u0303\u0304\u0305\u0306\u0307", "z\u0301\u0302\u0303\u0304"),
        ("line\u2028separator", "line separator"),
    ],
)
def test_visible_when_written(written: str, shown: str) -> None:
    """Controls become pictures or replacement characters; every script stays."""
    assert visible(written) == shown


def test_one_line_when_a_name_has_breaks() -> None:
    """A name cannot pretend to be two lines."""
    assert on_one_line(" Olga\r\nBrandt\x85 \x0bsagt ") == "Olga Brandt sagt"


@given(st.text())
def test_anything_visible_can_be_sent_and_is_shown_once(text: str) -> None:
    """Any text can be encoded afterwards, holds no control, and showing it again changes nothing."""
    shown = visible(text)
    assert shown.encode().decode() == shown
    assert not any(ord(char) < 0x20 and char not in "\n\t" for char in shown)
    assert visible(shown) == shown
