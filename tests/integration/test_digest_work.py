"""The worker and the month's letter: once a month, to the owner alone, where it was switched on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from anlass.bootstrap import Home
from anlass.config import OwnerSettings, Settings
from anlass.desk.outgoing.outbox import writer_of
from anlass.desk.time.digest_mail import switch
from anlass.jobs.work import Work
from anlass.replies.outgoing import Kind
from anlass.store import open_book
from tests.live import House

pytestmark = pytest.mark.slow  # a house with all its tables


@dataclass(slots=True)
class Clock:
    """A clock that is put forward by hand."""

    now: datetime = field(default_factory=lambda: datetime(2026, 11, 22, 12, tzinfo=UTC))

    def at(self, *day: int) -> None:
        """Let it be noon of a day."""
        self.now = datetime(*day, 12, tzinfo=UTC)  # type: ignore[misc, arg-type]  # year, month, day

    def __call__(self) -> datetime:
        """Return what it shows."""
        return self.now


def test_the_worker_puts_the_digest_into_the_outbox_once_a_month(tmp_path: Path) -> None:
    """Not before it is wanted, not before the month is over, once however often it looks, and never after."""
    owner = OwnerSettings(name="Olga Wend", addresses=("olga@tueren.example",), language="de")
    home, clock = Home(Settings(tmp_path, owner=owner), "de", open_book(tmp_path)), Clock()
    work = Work(home, House(tmp_path).secrets, now=clock)

    def sent() -> list[tuple[str, str]]:
        assert work.once() == {}
        letters = [one.letter for one in home.book.outbox.all() if one.letter.kind is Kind.DIGEST]
        assert {one.to for one in letters} <= {"olga@tueren.example"}
        return sorted((one.request, one.subject) for one in letters)

    november = ("digest:2026-11", "Dein November 2026 an der Tür")
    december = ("digest:2026-12", "Dein Dezember 2026 an der Tür")
    assert sent() == []
    switch(home.book, writer_of(home), is_on=True, now=clock())
    assert sent() == []
    clock.at(2026, 12, 2)
    assert sent() == [november]
    assert sent() == [november]
    clock.at(2026, 12, 29)
    assert sent() == [november]
    clock.at(2027, 1, 3)
    assert sent() == [november, december]
    switch(home.book, writer_of(home), is_on=False, now=clock())
    clock.at(2027, 2, 3)
    assert sent() == [november, december]
