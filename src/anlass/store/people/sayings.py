"""The persons' page of the book: what the owner said of them, and what is known for comparing them."""

from __future__ import annotations

from collections.abc import Iterator

from anlass.people.matching import Sighting
from anlass.people.word import Word
from anlass.store.ground.sql import Tables
from anlass.store.people.sightings import sightings
from anlass.store.people.traces import TraceTables
from anlass.store.people.words import WordTables


class PersonTables:
    """Words of the owner on persons. What they change, `Book.settle` works out."""

    def __init__(self, tables: Tables, traces: TraceTables) -> None:
        self._tables = tables
        self._traces = traces
        self._words = WordTables(tables)

    def words(self) -> tuple[Word, ...]:
        """Return everything the owner said of persons, oldest first."""
        return self._words.all()

    def say(self, word: Word) -> None:
        """Keep a word of the owner."""
        with self._tables.together():
            self._words.add(word)
            self._traces.unsettle()

    def unsay(self, word: Word) -> None:
        """Take a word back; who was kept for its sake alone is forgotten."""
        with self._tables.together():
            if self._words.forget(word.id):
                self._traces.forget_nobodies({*word.one, *word.other})
                self._traces.unsettle()

    def sightings(self) -> Iterator[Sighting]:
        """Yield what is known of every person; the owner and mailing lists are none."""
        return sightings(self._tables)
