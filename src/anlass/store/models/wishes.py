"""The tables of wishes: events, tickets, rounds, and what lies sealed in them until it is forgotten."""

from __future__ import annotations

from django.db import models

from anlass.store.models.owned import Owned


class WishEvent(Owned):
    """A gathering whose people may wish."""

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=32)
    name = models.CharField(max_length=200)
    quota = models.IntegerField()
    lang = models.CharField(max_length=8)
    address = models.CharField(max_length=300, default="")


class WishTicket(Owned):
    """One participant, and the one key they published. Of their link a digest is kept, never the link.

    No column says when somebody came, looked or wished.
    """

    pk = models.CompositePrimaryKey("owner", "event", "id")
    event = models.CharField(max_length=32)
    id = models.CharField(max_length=32)
    link = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    mail = models.CharField(max_length=320, default="")
    public = models.CharField(max_length=64, null=True)
    flags = models.SmallIntegerField(default=0)
    round = models.IntegerField(default=0)
    """The last round on whose roster they stand."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "link"], name="wish_ticket_link"),
            models.UniqueConstraint(fields=["owner", "event", "public"], name="wish_ticket_public"),
        ]


class WishRound(Owned):
    """One round of wishes: its times, where it stands, and counts of participants and copied tokens alone."""

    pk = models.CompositePrimaryKey("owner", "event", "number")
    event = models.CharField(max_length=32)
    number = models.IntegerField()
    phase = models.CharField(max_length=12)
    freeze_at = models.BigIntegerField()
    match_at = models.BigIntegerField()
    release_at = models.BigIntegerField()
    forget_at = models.BigIntegerField()
    quota = models.IntegerField(default=0)
    roster_hash = models.CharField(max_length=64, default="")
    participants = models.IntegerField(default=0)
    alarms = models.IntegerField(default=0)
    fingerprint = models.CharField(max_length=32, default="")

    class Meta:
        indexes = [models.Index(fields=["owner", "phase"], name="wish_round_phase")]


class WishSheet(Owned):
    """What all participants of a round are handed alike: the roster, the release."""

    pk = models.CompositePrimaryKey("owner", "event", "number", "kind")
    event = models.CharField(max_length=32)
    number = models.IntegerField()
    kind = models.CharField(max_length=8)
    content = models.BinaryField()


class WishUpload(Owned):
    """One upload, whole, sealed under the round key, the last one only; not even its hour is kept."""

    pk = models.CompositePrimaryKey("owner", "event", "number", "id")
    event = models.CharField(max_length=32)
    number = models.IntegerField()
    id = models.CharField(max_length=32)
    content = models.BinaryField()


class WishHosted(Owned):
    """What somebody wished by mail, sealed under the round key, every row of the same size."""

    pk = models.CompositePrimaryKey("owner", "event", "number", "id")
    event = models.CharField(max_length=32)
    number = models.IntegerField()
    id = models.CharField(max_length=32)
    content = models.BinaryField()


class WishAnswer(Owned):
    """A matched slot of a large round, sealed, under a name that without the round key is nobody's."""

    pk = models.CompositePrimaryKey("owner", "event", "number", "id")
    event = models.CharField(max_length=32)
    number = models.IntegerField()
    id = models.CharField(max_length=32)
    content = models.BinaryField()


class SealedNote(Owned):
    """A note beside an answer: sealed, and the half of its key that stays in the house."""

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=32)
    person = models.CharField(max_length=24)
    half = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["owner", "person"], name="sealed_note_person")]
