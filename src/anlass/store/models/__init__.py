"""The tables of the memory.

Every row carries its owner, first in its key and in every index, so that one person's
book on SQLite and a conference on PostgreSQL run the same code. Keys are made of
content (a digest of a mail, of an address), so that writing a row twice leaves one. Moments that come in bulk
are whole seconds since 1970; a Message-ID is looked up by a 64-bit digest. Rows point at each other by value.
"""

from __future__ import annotations

from django.db import models

from anlass.store.models.api import Answer, Delivery, Token, Webhook
from anlass.store.models.cards import CardVersion, Grant, Secret, StandingWord, Watch
from anlass.store.models.cases import Case, Opinion, Sketch, SketchBand, TimeGiven, Wording
from anlass.store.models.closeness import Closeness, Stirred
from anlass.store.models.door import Door, DoorFile, DoorRequest
from anlass.store.models.events import Event, HostedPerson, Hosting, Met, Unsubscribed
from anlass.store.models.gate import (
    EntryCode,
    HouseKey,
    Invitation,
    Keyholder,
    Passkey,
    Private,
    Visit,
)
from anlass.store.models.mail import MailAccount, MailFolder, MailState, PlacedDraft
from anlass.store.models.networks import Knock, NetworkAccount
from anlass.store.models.outbox import Latch, Outgoing
from anlass.store.models.outcomes import CaseOutcome
from anlass.store.models.owned import Owned, Owner
from anlass.store.models.said import Lesson, Word
from anlass.store.models.vouching import ConsentWord, VoucherGiven, VoucherKey, VoucherSeen
from anlass.store.models.wishes import (
    SealedNote,
    WishAnswer,
    WishEvent,
    WishHosted,
    WishRound,
    WishSheet,
    WishTicket,
    WishUpload,
)
from anlass.store.models.written import PersonNote, WrittenEntry

__all__ = [
    "Answer",
    "CardVersion",
    "Case",
    "CaseOutcome",
    "Closeness",
    "ConsentWord",
    "Delivery",
    "Door",
    "DoorFile",
    "DoorRequest",
    "EntryCode",
    "Event",
    "Grant",
    "HostedPerson",
    "Hosting",
    "HouseKey",
    "Invitation",
    "Keyholder",
    "Knock",
    "Latch",
    "Lesson",
    "MailAccount",
    "MailFolder",
    "MailState",
    "Met",
    "NetworkAccount",
    "Opinion",
    "Outgoing",
    "Owned",
    "Owner",
    "Passkey",
    "PersonNote",
    "PlacedDraft",
    "Private",
    "SealedNote",
    "Secret",
    "Sketch",
    "SketchBand",
    "StandingWord",
    "Stirred",
    "TimeGiven",
    "Token",
    "Unsubscribed",
    "Visit",
    "VoucherGiven",
    "VoucherKey",
    "VoucherSeen",
    "Watch",
    "Webhook",
    "WishAnswer",
    "WishEvent",
    "WishHosted",
    "WishRound",
    "WishSheet",
    "WishTicket",
    "WishUpload",
    "Word",
    "Wording",
    "WrittenEntry",
]
"""Those of these tables that stand in files of their own; the framework finds them here."""


class OwnerAddress(Owned):
    """An address that is the owner's own."""

    pk = models.CompositePrimaryKey("owner", "value")
    value = models.CharField(max_length=320)
    is_given = models.BooleanField(default=False)
    """Named by the owner; the others were found in sent mail."""


class Person(Owned):
    """A human as the owner knows one. `named` says how good and how new the name is."""

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=24)
    name = models.CharField(max_length=200, default="")
    named = models.BigIntegerField(default=0)


class PersonAddress(Owned):
    """One way to reach a person; merging persons moves this row and nothing else."""

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=24)
    kind = models.CharField(max_length=16)
    value = models.TextField()
    person = models.CharField(max_length=24)

    class Meta:
        indexes = [models.Index(fields=["owner", "person"], name="person_address_person")]


class ListAddress(Owned):
    """The address of a mailing list: never a person."""

    pk = models.CompositePrimaryKey("owner", "value")
    value = models.CharField(max_length=320)


class Letter(Owned):
    """One mail, however many copies of it there are. `rule` says why it is no letter of a human."""

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=32)
    message_id = models.TextField(null=True)
    message = models.BigIntegerField(null=True)
    parent = models.BigIntegerField(null=True)
    root = models.BigIntegerField()
    thread = models.BigIntegerField()
    sender = models.CharField(max_length=24, default="")
    sent_at = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=200, null=True)
    way = models.CharField(max_length=4)
    rule = models.CharField(max_length=8, default="")
    quote = models.TextField(default="")
    others = models.IntegerField(default=1)
    authserv = models.CharField(max_length=255, default="")
    authenticity = models.CharField(max_length=8, default="")
    words = models.CharField(max_length=24, null=True)
    """Digest of the own words, worked out only where a Message-ID came twice."""
    body = models.BigIntegerField(default=0)
    """Digest of the beginning of the body: copies are known by it without being opened again."""
    is_settled = models.BooleanField(default=True)
    """Whether its thread was looked through since it came."""

    class Meta:
        indexes = [
            models.Index(fields=["owner", "message"], name="letter_message"),
            models.Index(fields=["owner", "thread"], name="letter_thread"),
            models.Index(
                fields=["owner", "thread"], name="letter_unsettled", condition=models.Q(is_settled=False)
            ),
        ]


class Addressee(Owned):
    """One of the few whom somebody's letter addresses together; of these some are introduced by it."""

    pk = models.CompositePrimaryKey("owner", "letter", "address")
    letter = models.CharField(max_length=32)
    address = models.CharField(max_length=24)
    value = models.TextField()
    name = models.CharField(max_length=200, default="")

    class Meta:
        indexes = [models.Index(fields=["owner", "address"], name="addressee_address")]


class OddLetter(Owned):
    """What is strange about a letter's header: names of oddities, in order, with blanks between them."""

    pk = models.CompositePrimaryKey("owner", "letter")
    letter = models.CharField(max_length=32)
    oddities = models.TextField()


class Seen(Owned):
    """What a letter was found to be when it was read whole: a case, or none by a rule."""

    pk = models.CompositePrimaryKey("owner", "letter")
    letter = models.CharField(max_length=32)
    rule = models.CharField(max_length=8, default="")
    quote = models.TextField(default="")
    request = models.CharField(max_length=32, null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["owner", "request"],
                name="seen_request",
                condition=models.Q(request__isnull=False),
            )
        ]


class Folder(Owned):
    """A directory of an archive, and the mail folder it stands for.

    `listing` is a digest of the marks of all its files, where every one of them was read: a
    directory that looks the same is passed over as a whole.
    """

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.BigIntegerField()
    path = models.TextField()
    listing = models.BigIntegerField(null=True)


class Place(Owned):
    """Where one copy of a letter lies; also the mark of a file that was read.

    `offset` is -1 for a file of many mails itself. `stamp` is a digest of the file's
    name, size, time and inode: a file that looks the same is not read again.
    """

    pk = models.CompositePrimaryKey("owner", "folder", "name", "offset")
    folder = models.BigIntegerField()
    name = models.TextField()
    offset = models.BigIntegerField()
    length = models.BigIntegerField(default=0)
    letter = models.CharField(max_length=32, null=True)
    stamp = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "letter"], name="place_letter")]


class Encounter(Owned):
    """One thing that happened with the person at one address; of a letter, `id` is the letter's."""

    pk = models.CompositePrimaryKey("owner", "id", "address")
    id = models.CharField(max_length=32)
    address = models.CharField(max_length=24)
    kind = models.CharField(max_length=12)
    happened = models.BigIntegerField()
    thread = models.BigIntegerField(default=0)
    others = models.IntegerField(default=1)
    is_turn = models.BooleanField(default=False)
    is_proven = models.BooleanField(default=False)
    source = models.TextField(default="")
    place = models.TextField(default="")

    class Meta:
        indexes = [models.Index(fields=["owner", "address"], name="encounter_address")]


class Claim(Owned):
    """One address as one record of a file (or of a server) names it, with what the record says besides.

    Records that `joins` make the addresses they name one person's; see `people/joining.py`.
    """

    pk = models.CompositePrimaryKey("owner", "file", "record", "address")
    file = models.BigIntegerField()
    record = models.BigIntegerField()
    address = models.CharField(max_length=24)
    kind = models.CharField(max_length=16)
    name = models.CharField(max_length=200, default="")
    about = models.TextField(default="")
    place = models.TextField(default="")
    since = models.BigIntegerField(null=True)
    joins = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["owner", "address"], name="claim_address")]


class Witness(Owned):
    """Which file (or entry on a server) tells an encounter; one that nobody tells any more is gone."""

    pk = models.CompositePrimaryKey("owner", "id", "address", "file")
    id = models.CharField(max_length=32)
    address = models.CharField(max_length=24)
    file = models.BigIntegerField()
    is_old = models.BooleanField(default=False)
    """Told when the file was read before, and not yet again while it is read."""

    class Meta:
        indexes = [models.Index(fields=["owner", "file"], name="witness_file")]


class Synced(Owned):
    """How far a collection on a server was followed: the token to ask with next time."""

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.BigIntegerField()
    url = models.TextField()
    token = models.TextField(default="")


class SetAsideFile(Owned):
    """What could not be read, where it lies, and why."""

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=24)
    path = models.TextField()
    offset = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=24)
    says = models.TextField()
    seen_at = models.BigIntegerField()


class JournalEntry(Owned):
    """What the program and the owner did; rows are only ever added."""

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=40)
    happened = models.BigIntegerField()
    act = models.CharField(max_length=40)
    about = models.CharField(max_length=40, default="")
    content = models.TextField(default="{}")

    class Meta:
        indexes = [
            models.Index(fields=["owner", "happened", "id"], name="journal_happened"),
            models.Index(fields=["owner", "about"], name="journal_about"),
            models.Index(fields=["owner", "act", "happened", "id"], name="journal_act"),
        ]
