"""The shelves of a book: groups of tables that stand by themselves, each with a name of its own.

A new group of tables becomes a line here, and nothing else of the book changes.
"""

from __future__ import annotations

from contextlib import AbstractContextManager

from anlass.store.cards import CardTables
from anlass.store.checkup import checkup
from anlass.store.evidence import EvidenceTables
from anlass.store.gate import GateTables
from anlass.store.latches import LatchTables
from anlass.store.mail import MailTables
from anlass.store.outbox import OutboxTables
from anlass.store.past import PastTables
from anlass.store.persons import PersonTables
from anlass.store.private import PrivateTables
from anlass.store.register import RegisterTables
from anlass.store.rounds import RoundTables
from anlass.store.sql import Tables
from anlass.store.standings import StandingTables
from anlass.store.times import TimeTables
from anlass.store.traces import TraceTables


class Shelves:
    """Everything that one owner's tables hold, by what it is about.

    `traces` is what sources beside mail told, `persons` what the owner said of persons, `evidence`
    where the numbers of the ledger open, `register` in which order lists show persons, `past` the cases as
    house rules are tried on them, `mail` how watched mailboxes go, `outbox` the letters that leave and
    `latches` what holds it shut, `rounds` what came to them, `times` the minutes that were asked and given,
    `cards` what is shown to whom, `standings` what persons became. `gate` is who may
    enter which house, of all owners, and `private` what the owner keeps to herself.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.traces = TraceTables(tables)
        self.persons = PersonTables(tables, self.traces)
        self.evidence = EvidenceTables(tables)
        self.register = RegisterTables(tables)
        self.past = PastTables(tables)
        self.mail = MailTables(tables)
        self.outbox = OutboxTables(tables)
        self.latches = LatchTables(tables)
        self.rounds = RoundTables(tables)
        self.times = TimeTables(tables)
        self.cards = CardTables(tables)
        self.standings = StandingTables(tables)
        self.gate = GateTables(tables)
        self.private = PrivateTables(tables)

    def together(self) -> AbstractContextManager[None]:
        """Keep all or nothing of what is written within."""
        return self._tables.together()

    def rehearsal(self) -> AbstractContextManager[None]:
        """Let everything be written within, and keep nothing of it."""
        return self._tables.rehearsal()

    def checkup(self) -> str:
        """Return what is wrong with the memory, nothing where it is sound."""
        return checkup(self._tables)

    def close(self) -> None:
        """Close this thread's connection; the next use opens one again."""
        self._tables.close()
