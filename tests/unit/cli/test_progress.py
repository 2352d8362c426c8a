"""The progress bar: a time as people say it, and silence where nobody watches."""

from __future__ import annotations

from pathlib import Path

import pytest

from anlass.cli.progress import mail_bar, progress_bar, time_left


@pytest.mark.parametrize(
    ("seconds", "de", "en"),
    [
        (None, "", ""),
        (4.2, "gleich fertig", "almost done"),
        (47, "weniger als eine Minute", "less than a minute"),
        (61, "etwa eine Minute", "about a minute"),
        (179, "etwa 3 Minuten", "about 3 minutes"),
        (17 * 60, "etwa 15 Minuten", "about 15 minutes"),
        (100 * 60, "etwa 105 Minuten", "about 105 minutes"),
        (3.4 * 3600, "etwa 3 Stunden", "about 3 hours"),
        (20 * 3600, "etwa 20 Stunden", "about 20 hours"),
    ],
)
def test_time_left_is_rounded_the_more_the_longer_it_is(seconds: float | None, de: str, en: str) -> None:
    """Nobody is told seconds, and far away nobody is told minutes."""
    assert (time_left(seconds, 60.0, "de"), time_left(seconds, 60.0, "en")) == (de, en)


def test_time_left_when_it_has_just_begun() -> None:
    """Before there is a pace nothing is promised."""
    assert time_left(30.0, 2.9, "en") == ""


def test_bars_when_nobody_is_watching(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """In a pipe there is no bar, and nobody to be told anything."""
    with progress_bar("Reading", [tmp_path], "en") as told, mail_bar("Reading", "en") as watch:
        assert (told, watch) == (None, None)
    assert capfd.readouterr() == ("", "")
