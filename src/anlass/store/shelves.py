"""The shelves of a book: groups of tables that stand by themselves, each with a name of its own.

A new group of tables becomes two lines here, and nothing else of the book changes. A shelf is put up when
somebody asks for it: reading an archive needs few of them, and loading all takes longer than a small one.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from importlib import import_module
from typing import TYPE_CHECKING

from anlass.store.checkup import checkup
from anlass.store.sql import Tables

if TYPE_CHECKING:
    from anlass.store.blocks import BlockTables
    from anlass.store.cards import CardTables
    from anlass.store.door import DoorTables
    from anlass.store.door_mail import DoorMail
    from anlass.store.events import EventTables
    from anlass.store.evidence import EvidenceTables
    from anlass.store.forgetting import ForgettingTables
    from anlass.store.gate import GateTables
    from anlass.store.hosting import HostingTables
    from anlass.store.inbox import InboxTables
    from anlass.store.latches import LatchTables
    from anlass.store.mail import MailTables
    from anlass.store.mailings import MailingTables
    from anlass.store.networks import NetworkTables
    from anlass.store.outbox import OutboxTables
    from anlass.store.outcomes import OutcomeTables
    from anlass.store.past import PastTables
    from anlass.store.persons import PersonTables
    from anlass.store.places import PlaceTables
    from anlass.store.private import PrivateTables
    from anlass.store.register import RegisterTables
    from anlass.store.rounds import RoundTables
    from anlass.store.sealed_notes import NoteTables
    from anlass.store.standings import StandingTables
    from anlass.store.times import TimeTables
    from anlass.store.tokens import AnswerTables, TokenTables
    from anlass.store.traces import TraceTables
    from anlass.store.vouching import VouchingTables
    from anlass.store.webhooks import WebhookTables
    from anlass.store.whole import WholeTables
    from anlass.store.whose import WhoseTables
    from anlass.store.wishes import WishTables
    from anlass.store.wordings import WordingTables
    from anlass.store.written import WrittenTables

_STAND_IN = {"answers": "tokens", "notes": "sealed_notes"}
"""The files of those shelves that are not called as their file is."""


class Shelves:
    """Everything that one owner's tables hold, by what it is about."""

    traces: TraceTables
    """What sources beside mail told."""
    persons: PersonTables
    """What the owner said of persons."""
    blocks: BlockTables
    """Whom the owner blocked."""
    evidence: EvidenceTables
    """Where the numbers of the ledger open."""
    register: RegisterTables
    """In which order lists show persons."""
    past: PastTables
    """The cases as house rules are tried on them."""
    inbox: InboxTables
    """The cases as they are looked through."""
    wordings: WordingTables
    """What the owner writes in place of drafts."""
    mail: MailTables
    """How watched mailboxes go."""
    networks: NetworkTables
    """What asks at the doors of chat networks."""
    outbox: OutboxTables
    """The letters that leave."""
    latches: LatchTables
    """What holds the outbox shut."""
    rounds: RoundTables
    """What came to the letters that left."""
    times: TimeTables
    """The minutes that were asked and given."""
    outcomes: OutcomeTables
    """What came of cases."""
    cards: CardTables
    """What is shown to whom."""
    standings: StandingTables
    """What persons became."""
    vouching: VouchingTables
    """Whom the owner vouches for."""
    written: WrittenTables
    """What was written into address books."""
    places: PlaceTables
    """Where letters lie."""
    tokens: TokenTables
    """What programs come in by."""
    answers: AnswerTables
    """What was answered to them."""
    webhooks: WebhookTables
    """Who hears what happens."""
    events: EventTables
    """Who was met where."""
    mailings: MailingTables
    """Who wants no mailing."""
    hosting: HostingTables
    """The events that the owner hosts for others."""
    door: DoorTables
    """What was written at the public door."""
    door_mail: DoorMail
    """The links that went out for it."""
    wishes: WishTables
    """Rounds in which people wish blindly."""
    notes: NoteTables
    """Words that open only when both want it."""
    forgetting: ForgettingTables
    """What the house lets go of."""
    private: PrivateTables
    """What the owner keeps to herself."""
    gate: GateTables
    """Who may enter which house, of all owners."""
    whose: WhoseTables
    """The owner behind a public address."""
    whole: WholeTables
    """Everything."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    if not TYPE_CHECKING:  # a checker goes by the names above

        def __getattr__(self, name: str) -> object:
            """Put up a shelf; from then on it stands."""
            kind = Shelves.__annotations__.get(name)
            if kind is None:
                raise AttributeError(name)
            made = getattr(import_module(f"anlass.store.{_STAND_IN.get(name, name)}"), kind)
            shelf = made(self._tables, self.traces) if name == "persons" else made(self._tables)
            setattr(self, name, shelf)
            return shelf

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
