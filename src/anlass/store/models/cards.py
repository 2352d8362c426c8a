"""The tables of what the owner shows, to whom, and who is kept in mind without a click."""

from __future__ import annotations

from django.db import models

from anlass.store.models.owned import Owned


class CardVersion(Owned):
    """The owner's cards as they were from a moment on: the text of the file. Rows are only ever added."""

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=24)
    kept_at = models.BigIntegerField()
    content = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["owner", "kept_at"], name="card_version_kept")]


class Grant(Owned):
    """Who may see which card as far as which tier, from when until when; a row stays when that is over.

    No column says whether anybody looked.
    """

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=16)
    person = models.CharField(max_length=24)
    """The id of the address it was given to: it stays, whoever that address is joined with."""
    card = models.CharField(max_length=40)
    tier = models.CharField(max_length=200)
    since = models.BigIntegerField()
    until = models.BigIntegerField(null=True)
    given_at = models.BigIntegerField()
    revoked_at = models.BigIntegerField(null=True)
    occasion = models.CharField(max_length=12)
    case = models.CharField(max_length=32, default="")

    class Meta:
        indexes = [
            models.Index(fields=["owner", "person"], name="grant_person"),
            models.Index(fields=["owner", "case"], name="grant_case"),
        ]


class Secret(Owned):
    """A secret that the house made for itself, by what it is for; in hexadecimal digits."""

    pk = models.CompositePrimaryKey("owner", "name")
    name = models.CharField(max_length=24)
    value = models.CharField(max_length=128)


class StandingWord(Owned):
    """What a person became to the owner, by whose word and why, as JSON; rows are only ever added."""

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=24)
    person = models.CharField(max_length=24)
    said_at = models.BigIntegerField()
    content = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["owner", "person"], name="standing_word_person")]


class Watch(Owned):
    """Somebody on the watch list, as JSON: why, since when, until when, and what woke the entry."""

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=24)
    person = models.CharField(max_length=24)
    since = models.BigIntegerField()
    ended_at = models.BigIntegerField(null=True)
    content = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["owner", "person"], name="watch_person")]
