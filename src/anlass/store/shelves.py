"""The shelves of a book: groups of tables that stand by themselves, each with a name of its own.

A new group of tables becomes a line here, and nothing else of the book changes.
"""

from __future__ import annotations

from contextlib import AbstractContextManager

from anlass.store.blocks import BlockTables
from anlass.store.cards import CardTables
from anlass.store.checkup import checkup
from anlass.store.door import DoorTables
from anlass.store.door_mail import DoorMail
from anlass.store.events import EventTables
from anlass.store.evidence import EvidenceTables
from anlass.store.hosting import HostingTables
from anlass.store.inbox import InboxTables
from anlass.store.latches import LatchTables
from anlass.store.listed import ListTables
from anlass.store.mail import MailTables
from anlass.store.mailings import MailingTables
from anlass.store.networks import NetworkTables
from anlass.store.outbox import OutboxTables
from anlass.store.outcomes import OutcomeTables
from anlass.store.past import PastTables
from anlass.store.persons import PersonTables
from anlass.store.places import PlaceTables
from anlass.store.register import RegisterTables
from anlass.store.rounds import RoundTables
from anlass.store.sql import Tables
from anlass.store.standings import StandingTables
from anlass.store.times import TimeTables
from anlass.store.tokens import AnswerTables, TokenTables
from anlass.store.traces import TraceTables
from anlass.store.vouching import VouchingTables
from anlass.store.webhooks import WebhookTables
from anlass.store.whole import WholeTables
from anlass.store.wordings import WordingTables
from anlass.store.written import WrittenTables


class Shelves:
    """Everything that one owner's tables hold, by what it is about.

    `traces` is what sources beside mail told, `persons` what the owner said of persons, `blocks` whom
    the owner blocked, `evidence`
    where the numbers of the ledger open, `register` in which order lists show persons, `past` the cases as
    house rules are tried on them, `mail` how watched mailboxes go, `outbox` the letters that leave and
    `latches` what holds it shut, `rounds` what came to them, `times` the minutes that were asked and given,
    `inbox` the cases as they are looked through, `cards` what is shown to whom, `standings` what persons
    became, `wordings` what the owner writes in place of drafts, `tokens` what programs come in by and
    `answers` what was answered to them, `lists` what is long, a part at a time, `webhooks` who hears what
    happens, `vouching` whom the owner vouches for, `outcomes` what came of cases, `written` what was written
    into address books, `places` where letters lie, `networks` what asks at the doors of chat networks,
    `events` who was met where, `mailings` who wants none, `hosting` the events that the owner hosts for
    others, `door` what was written at the public door and `door_mail` the links that went out for it,
    `whole` is everything.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.traces = TraceTables(tables)
        self.persons = PersonTables(tables, self.traces)
        self.blocks = BlockTables(tables)
        self.evidence = EvidenceTables(tables)
        self.register = RegisterTables(tables)
        self.past = PastTables(tables)
        self.mail = MailTables(tables)
        self.networks = NetworkTables(tables)
        self.outbox = OutboxTables(tables)
        self.latches = LatchTables(tables)
        self.rounds = RoundTables(tables)
        self.times = TimeTables(tables)
        self.inbox = InboxTables(tables)
        self.cards = CardTables(tables)
        self.standings = StandingTables(tables)
        self.tokens = TokenTables(tables)
        self.answers = AnswerTables(tables)
        self.lists = ListTables(tables)
        self.webhooks = WebhookTables(tables)
        self.vouching = VouchingTables(tables)
        self.outcomes = OutcomeTables(tables)
        self.written = WrittenTables(tables)
        self.places = PlaceTables(tables)
        self.whole = WholeTables(tables)
        self.events = EventTables(tables)
        self.mailings = MailingTables(tables)
        self.hosting = HostingTables(tables)
        self.door = DoorTables(tables)
        self.door_mail = DoorMail(tables)
        self.wordings = WordingTables(tables)

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
