"""Dates as exports write them; what is none stays undated."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.ledger import UNDATED
from anlass.sources.dates import moment

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("08 Feb 2026", (2026, 2, 8)),
        ("4-Apr-21", (2021, 4, 4)),
        ("08. Februar 2026", (2026, 2, 8)),
        ("1 Mär 2025", (2025, 3, 1)),
        ("1. März 2025", (2025, 3, 1)),
        ("3 Mai 2019", (2019, 5, 3)),
        ("31 déc. 2019", (2019, 12, 31)),
        ("7 août 2019", (2019, 8, 7)),
        ("7 ago 2019", (2019, 8, 7)),
        ("Dec 24, 2020", (2020, 12, 24)),
        ("2026-02-08", (2026, 2, 8)),
        ("2026-02-08 09:10:11 UTC", (2026, 2, 8, 9, 10, 11)),
        ("2026-02-08 09:10 UTC", (2026, 2, 8, 9, 10)),
        ("2026/02/08 09:10:11 UTC", (2026, 2, 8, 9, 10, 11)),
        ("2019-05-03T18:31:00.123Z", (2019, 5, 3, 18, 31)),
        ("2019-05-03T18:31:00+02:00", (2019, 5, 3, 16, 31)),
        ("2019-05-03 18:31:00 -0130", (2019, 5, 3, 20, 1)),
        ("2023-01-15 10:30:00Z", (2023, 1, 15, 10, 30)),
        ("3/5/26, 1:45 AM", (2026, 3, 5, 1, 45)),
        ("3/5/26, 1:45\u202fPM", (2026, 3, 5, 13, 45)),
        ("12/31/25, 12:05 AM", (2025, 12, 31, 0, 5)),
        ("31/12/2025", (2025, 12, 31)),
        ("3.5.2026", (2026, 5, 3)),
        ("03.05.26 14:00", (2026, 5, 3, 14)),
    ],
)
def test_date_is_read_as_it_was_meant(text: str, when: tuple[int, ...]) -> None:
    """Orders, languages, clocks and zones."""
    assert moment(text, NOW) == datetime(*when, tzinfo=UTC)  # type: ignore[misc, arg-type]  # year, month, day and perhaps a clock


@pytest.mark.parametrize(
    "text",
    [
        "", "-", "30 Feb 2026", "2026-13-01", "99/99/99", "8 Foo 2026", "0000-00-00 00:00:00", "1 Jan 1970",
        "2026-11-23", "2199-01-01", "9999-12-31 23:59:59 -2300", "2026-01-01 25:00", "x" * 10_000, "1" * 60,
        "٣/٥/٢٠٢٦x",
    ],
)  # fmt: skip
def test_no_date_and_no_believable_date_are_undated(text: str) -> None:
    """Days that never were, clocks that went wrong, the future."""
    assert moment(text, NOW) == UNDATED


@given(st.text(st.sampled_from("0123456789-/. :,APMZ+JanMärz"), max_size=40))
def test_any_text_gives_a_moment_of_the_past_or_none(text: str) -> None:
    """Nothing raises."""
    assert moment(text, NOW) <= NOW
