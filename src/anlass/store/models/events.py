"""The tables of events: the events of the owner, and who was met there."""

from __future__ import annotations

from django.db import models

from anlass.store.models.owned import Owned


class Event(Owned):
    """One event that the owner goes or went to, as JSON."""

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=24)
    begins = models.BigIntegerField()
    content = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["owner", "begins"], name="event_begins")]


class Met(Owned):
    """Somebody of an event as the owner keeps them, as JSON; nothing says whether they ever answered."""

    pk = models.CompositePrimaryKey("owner", "event", "id")
    event = models.CharField(max_length=24)
    id = models.CharField(max_length=32)
    noted_at = models.BigIntegerField()
    content = models.TextField()


class Unsubscribed(Owned):
    """Somebody who wants no mailing of the owner's any more, by the digest of an address. It stays."""

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=24)
    since = models.BigIntegerField()


class Hosting(Owned):
    """One event that the owner hosts for others, as JSON; after its deletion counts and a proof alone."""

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=24)
    delete_at = models.BigIntegerField()
    content = models.TextField()


class HostedPerson(Owned):
    """A participant of a hosted event, as JSON; of their link a digest. No column says when somebody came."""

    pk = models.CompositePrimaryKey("owner", "event", "id")
    event = models.CharField(max_length=24)
    id = models.CharField(max_length=24)
    link = models.CharField(max_length=64)
    content = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "link"], name="hosted_person_link")]
