"""The page of the book on which stands what was done, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from anlass.intake.message import SetAside
from anlass.store.history.marks import Entry, JournalTables, Spot


class JournalPage:
    """What happened, line by line."""

    def __init__(self, journal: JournalTables, by: str = "") -> None:
        self._journal, self._by = journal, by

    def set_aside(self, found: Iterable[SetAside], *, now: datetime) -> None:
        """Keep what could not be read, each place once."""
        self._journal.set_aside(found, now=now)

    def all_set_aside(self) -> Iterator[SetAside]:
        """Yield what could not be read, by path."""
        return self._journal.all_set_aside()

    def note(
        self, act: str, *, about: str = "", content: Mapping[str, object] | None = None, now: datetime
    ) -> str:
        """Add a line to the journal and return its id; it says who acted, where that is known."""
        told = {**(content or {}), "by": self._by} if self._by else content or {}
        return self._journal.note(act, about, told, now=now)

    def entries(
        self, *, about: str | None = None, act: str | None = None, offset: int = 0, limit: int = 100
    ) -> tuple[Entry, ...]:
        """Return the newest lines of the journal, about one case or person or all, of one act or all."""
        return self._journal.entries(about, limit, act=act, offset=offset)

    def acts(self) -> tuple[str, ...]:
        """Return every act that stands in the journal, in order."""
        return self._journal.acts()

    def entries_part(
        self, about: str | None, *, after: Spot | None, limit: int
    ) -> tuple[tuple[Entry, ...], Spot | None]:
        """Return the lines right behind a spot, newest first, and where they end; `None` behind the last."""
        return self._journal.part(about, after=after, limit=limit)

    def entries_counted(self, about: Iterable[str]) -> Mapping[str, int]:
        """Return how many lines there are about each of these cases or persons, where there are any."""
        return self._journal.counts(about)

    def entry(self, id_: str) -> Entry | None:
        """Return one line of the journal, `None` where there is none of this id."""
        return self._journal.entry(id_)

    def entries_of(self, about: Iterable[str], acts: Iterable[str]) -> tuple[Entry, ...]:
        """Return the lines about these cases or persons that tell of these acts, in no order."""
        return self._journal.entries_of(about, acts)
