"""The tables of chat networks: the owner's accounts there and how they go, and what asked at their doors."""

from __future__ import annotations

from django.db import models

from anlass.store.models.owned import Owned


class NetworkAccount(Owned):
    """An account on a chat network that is watched, as JSON; the secret that opens it is kept elsewhere."""

    pk = models.CompositePrimaryKey("owner", "name")
    name = models.CharField(max_length=64)
    channel = models.CharField(max_length=16)
    since = models.BigIntegerField()
    content = models.TextField()
    mark = models.TextField(default="")
    """Where the last look ended, in the network's own words."""
    state = models.CharField(max_length=16, default="")
    trouble = models.CharField(max_length=32, default="")
    state_since = models.BigIntegerField(default=0)
    seen_at = models.BigIntegerField(default=0)
    """When the worker last said how it goes."""
    looked_at = models.BigIntegerField(null=True)
    """When the door was last looked at to the end."""


class Knock(Owned):
    """One ask at a door, by what names it on its network; told again and again, kept once.

    `nth` counts the asks of this name that ended before. `request` is the case it became or belongs to,
    empty where it is none. `is_open`: it still asks.
    """

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=24)
    account = models.CharField(max_length=64)
    name = models.BigIntegerField()
    """The digest of the network's own name for it."""
    kind = models.CharField(max_length=16)
    place = models.TextField(default="")
    nth = models.IntegerField(default=0)
    request = models.CharField(max_length=32, default="")
    is_open = models.BooleanField(default=True)
    since = models.BigIntegerField()
    """When it was first met."""

    class Meta:
        indexes = [
            models.Index(fields=["owner", "account", "name"], name="knock_name"),
            models.Index(fields=["owner", "request"], name="knock_request"),
        ]
