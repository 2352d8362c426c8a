"""Clocks that are set wrong: nothing is deleted by them at once."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from anlass.bootstrap import Home
from anlass.channels.mail.secrets import Secrets
from anlass.config import Settings
from anlass.desk.house.preferences import prefer, preferences
from anlass.jobs.work import Work
from anlass.store import open_book
from anlass.store.cases.kept import CaseState
from tests.characters import NOW, SCENES, case_of

pytestmark = pytest.mark.slow  # makes a database with all its tables


class Rounds(Event):
    """Ends the worker after so many rounds; between two of them the clock is set."""

    def __init__(self, *jumps: timedelta) -> None:
        super().__init__()
        self.clock, self._jumps = NOW, list(jumps)

    def now(self) -> datetime:
        """Return the time as the clock shows it."""
        return self.clock

    def wait(self, timeout: float | None = None) -> bool:
        """Set the clock in place of waiting."""
        if not self._jumps:
            self.set()
            return True
        self.clock += self._jumps.pop(0)
        return False


def left_after(folder: Path, *jumps: timedelta) -> int:
    """Return how many cases are left of a house that keeps them for a year, when a worker saw these jumps."""
    book = open_book(folder)
    for scene in SCENES:
        book.keep(case_of(scene), scene.encounters, now=NOW)
        book.set_state(scene.id, CaseState.DONE)
    prefer(book, replace(preferences(book), keep_years=1), now=NOW)
    rounds = Rounds(*jumps)
    Work(Home(Settings(folder), "en", book), Secrets(folder), now=rounds.now, over=rounds).run()
    left = len(book.cases(limit=100).cases)
    book.close()
    return left


YEARS = timedelta(days=4_000)


def test_clock_that_is_set_years_ahead_deletes_nothing_at_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The worker waits for an hour of its own before it believes it; set back meanwhile, nothing is gone."""
    with caplog.at_level(logging.INFO, logger="anlass.work"):
        assert left_after(tmp_path, YEARS, timedelta(0), -YEARS, timedelta(0)) == len(SCENES)
    assert sum("the clock jumped" in one.getMessage() for one in caplog.records) == 2


def test_worker_that_starts_years_later_does_what_is_due(tmp_path: Path) -> None:
    """A machine that was off is no clock that was set: what stayed long enough goes on the first day."""
    assert left_after(tmp_path) == len(SCENES)
    later = Rounds()
    later.clock = NOW + YEARS
    book = open_book(tmp_path)
    Work(Home(Settings(tmp_path), "en", book), Secrets(tmp_path), now=later.now, over=later).run()
    assert book.cases(limit=100).cases == ()
    book.close()
