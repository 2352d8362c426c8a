"""Durations in letters: figures or words, German or English, never the clock."""

from __future__ import annotations

import pytest

from anlass.litmus.minutes import durations

WRITTEN = {
    "15-20 Min": 20,
    "15 bis 20 Minuten": 20,
    "15–20 Minuten": 20,
    "eine halbe Stunde": 30,
    "eine Viertelstunde": 15,
    "eine viertel Stunde": 15,
    "eine Dreiviertelstunde": 45,
    "anderthalb Stunden": 90,
    "eineinhalb Stunden": 90,
    "eine Stunde": 60,
    "ein Stündchen": 60,
    "ein halbes Stündchen": 30,
    "ein 15-minütiger Call": 15,
    "ein halbstündiger Call": 30,
    "zwanzig Minuten": 20,
    "2 Std": 120,
    "1,5 Stunden": 90,
    "a quarter of an hour": 15,
    "half an hour": 30,
    "a half-hour call": 30,
    "an hour and a half": 90,
    "one hour": 60,
    "an hour": 60,
    "three quarters of an hour": 45,
    "fifteen minutes": 15,
    "15 to 20 minutes": 20,
    "20min": 20,
    "a 30-minute call": 30,
    "1h": 60,
    "10 mins": 10,
}


@pytest.mark.parametrize("written", WRITTEN)
def test_a_duration_is_read_in_minutes(written: str) -> None:
    """However a duration is written, it is found once, with the upper end of a range, at its place."""
    text = f"Hätten Sie {written}?"
    [found] = durations(text)
    assert found.minutes == WRITTEN[written]
    assert text[found.start : found.end] in written


@pytest.mark.parametrize(
    "text",
    [
        "Passt 2 to 2.30?",
        "um 14 h",
        "von 10:15 bis 10:30",
        "ein paar Minuten",
        "a few minutes",
        "minutely",
        "15 Uhr",
        "",
    ],
)
def test_a_clock_or_a_vague_time_is_no_duration(text: str) -> None:
    """Clock windows and minutes without a number are left alone."""
    assert list(durations(text)) == []
