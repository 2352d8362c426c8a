"""The shelves of a book: groups of tables that stand by themselves, each with a name of its own.

A new group of tables becomes two lines here, and nothing else of the book changes. A shelf is put up when
somebody asks for it: reading an archive needs few of them, and loading all takes longer than a small one.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from importlib import import_module
from typing import TYPE_CHECKING

from anlass.store.ground.sql import Tables
from anlass.store.safekeeping.checkup import checkup

if TYPE_CHECKING:
    from anlass.store.accounts.mail import MailTables
    from anlass.store.accounts.networks import NetworkTables
    from anlass.store.cards.own import CardTables
    from anlass.store.cards.vouching import VouchingTables
    from anlass.store.cases.forgetting import ForgettingTables
    from anlass.store.cases.inbox import InboxTables
    from anlass.store.cases.outcomes import OutcomeTables
    from anlass.store.cases.past import PastTables
    from anlass.store.cases.times import TimeTables
    from anlass.store.cases.wordings import WordingTables
    from anlass.store.door.letters import DoorTables
    from anlass.store.door.mail import DoorMail
    from anlass.store.gate.keys import GateTables
    from anlass.store.gate.whose import WhoseTables
    from anlass.store.gatherings.events import EventTables
    from anlass.store.gatherings.hosting import HostingTables
    from anlass.store.gatherings.wishes import WishTables
    from anlass.store.history.evidence import EvidenceTables
    from anlass.store.history.places import PlaceTables
    from anlass.store.history.rounds import RoundTables
    from anlass.store.outgoing.latches import LatchTables
    from anlass.store.outgoing.mailings import MailingTables
    from anlass.store.outgoing.outbox import OutboxTables
    from anlass.store.outgoing.sealed_notes import NoteTables
    from anlass.store.outgoing.written import WrittenTables
    from anlass.store.people.blocks import BlockTables
    from anlass.store.people.forgotten import ForgottenTables
    from anlass.store.people.private import PrivateTables
    from anlass.store.people.register import RegisterTables
    from anlass.store.people.sayings import PersonTables
    from anlass.store.people.standings import StandingTables
    from anlass.store.people.traces import TraceTables
    from anlass.store.programs.tokens import AnswerTables, TokenTables
    from anlass.store.programs.webhooks import WebhookTables
    from anlass.store.safekeeping.erasing import ErasingTables
    from anlass.store.safekeeping.figures import ShapeTables
    from anlass.store.safekeeping.snapshot import SnapshotTables
    from anlass.store.safekeeping.whole import WholeTables

_AT = {
    "traces": "people.traces",
    "persons": "people.sayings",
    "blocks": "people.blocks",
    "evidence": "history.evidence",
    "register": "people.register",
    "past": "cases.past",
    "inbox": "cases.inbox",
    "wordings": "cases.wordings",
    "mail": "accounts.mail",
    "networks": "accounts.networks",
    "outbox": "outgoing.outbox",
    "latches": "outgoing.latches",
    "rounds": "history.rounds",
    "times": "cases.times",
    "outcomes": "cases.outcomes",
    "cards": "cards.own",
    "standings": "people.standings",
    "vouching": "cards.vouching",
    "written": "outgoing.written",
    "places": "history.places",
    "tokens": "programs.tokens",
    "answers": "programs.tokens",
    "webhooks": "programs.webhooks",
    "events": "gatherings.events",
    "mailings": "outgoing.mailings",
    "hosting": "gatherings.hosting",
    "door": "door.letters",
    "door_mail": "door.mail",
    "wishes": "gatherings.wishes",
    "notes": "outgoing.sealed_notes",
    "forgetting": "cases.forgetting",
    "erasing": "safekeeping.erasing",
    "forgotten": "people.forgotten",
    "private": "people.private",
    "gate": "gate.keys",
    "whose": "gate.whose",
    "whole": "safekeeping.whole",
    "snapshot": "safekeeping.snapshot",
    "shape": "safekeeping.figures",
}
"""Behind which file each shelf is."""


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
    erasing: ErasingTables
    """Who is erased from all of it."""
    forgotten: ForgottenTables
    """Whom it was told to forget."""
    private: PrivateTables
    """What the owner keeps to herself."""
    gate: GateTables
    """Who may enter which house, of all owners."""
    whose: WhoseTables
    """The owner behind a public address."""
    whole: WholeTables
    """Everything."""
    snapshot: SnapshotTables
    """Everything of all owners, as files."""
    shape: ShapeTables
    """How far the tables are."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    if not TYPE_CHECKING:  # a checker goes by the names above

        def __getattr__(self, name: str) -> object:
            """Put up a shelf; from then on it stands."""
            kind = Shelves.__annotations__.get(name)
            if kind is None:
                raise AttributeError(name)
            made = getattr(import_module(f"anlass.store.{_AT[name]}"), kind)
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
