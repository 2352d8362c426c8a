"""The shelves of a book: groups of tables that stand by themselves, each with a name of its own.

A new group of tables becomes a line here, and nothing else of the book changes.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cached_property
from typing import TYPE_CHECKING

from anlass.store.checkup import checkup
from anlass.store.evidence import EvidenceTables
from anlass.store.mail import MailTables
from anlass.store.persons import PersonTables
from anlass.store.register import RegisterTables
from anlass.store.rounds import RoundTables
from anlass.store.sql import Tables
from anlass.store.standings import StandingTables
from anlass.store.times import TimeTables
from anlass.store.traces import TraceTables

if TYPE_CHECKING:
    from anlass.store.cards import CardTables
    from anlass.store.latches import LatchTables
    from anlass.store.outbox import OutboxTables
    from anlass.store.past import PastTables


class Shelves:
    """Everything that one owner's tables hold, by what it is about.

    `traces` is what sources beside mail told, `persons` what the owner said of persons, `evidence`
    where the numbers of the ledger open, `register` in which order lists show persons, `past` the cases as
    house rules are tried on them, `mail` how watched mailboxes go, `outbox` the letters that leave and
    `latches` what holds it shut, `rounds` what came to them, `times` the minutes that were asked and given,
    `cards` what is shown to whom, `standings` what persons became. Shelves whose rooms take long to load
    are put up when somebody asks for them: reading an archive needs none of these.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.traces = TraceTables(tables)
        self.persons = PersonTables(tables, self.traces)
        self.evidence = EvidenceTables(tables)
        self.register = RegisterTables(tables)
        self.mail = MailTables(tables)
        self.rounds = RoundTables(tables)
        self.times = TimeTables(tables)
        self.standings = StandingTables(tables)

    @cached_property
    def past(self) -> PastTables:
        """The cases as house rules are tried on them."""
        from anlass.store.past import PastTables  # noqa: PLC0415 - see above

        return PastTables(self._tables)

    @cached_property
    def outbox(self) -> OutboxTables:
        """The letters that leave."""
        from anlass.store.outbox import OutboxTables  # noqa: PLC0415 - see above

        return OutboxTables(self._tables)

    @cached_property
    def latches(self) -> LatchTables:
        """What holds the outbox shut."""
        from anlass.store.latches import LatchTables  # noqa: PLC0415 - see above

        return LatchTables(self._tables)

    @cached_property
    def cards(self) -> CardTables:
        """What is shown to whom."""
        from anlass.store.cards import CardTables  # noqa: PLC0415 - see above

        return CardTables(self._tables)

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
