"""The tables of the outbox: letters that leave, and what holds them."""

from __future__ import annotations

from django.db import models

from anlass.store.models.owned import Owned


class Outgoing(Owned):
    """One letter that leaves, is to leave or was to: one for each person, request and kind, ever.

    Its key is made of these three. `claim` is the worker that has it in hand, until `claimed_until`;
    `handed_at` is written right before the words are handed over, so that a crash after it leaves a
    doubt and a crash before it none. `wait_from` is the next moment to try. `is_kept`: the Sent folder
    has it.
    """

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=24)
    person = models.CharField(max_length=24)
    request = models.CharField(max_length=32)
    kind = models.CharField(max_length=16)
    state = models.CharField(max_length=12)
    message = models.BigIntegerField()
    domain = models.CharField(max_length=255, default="")
    way = models.CharField(max_length=64, default="")
    """The account on a chat network that it leaves by, "" for mail."""
    is_automatic = models.BooleanField(default=False)
    made_at = models.BigIntegerField()
    wait_from = models.BigIntegerField()
    tries = models.IntegerField(default=0)
    claim = models.CharField(max_length=40, default="")
    claimed_until = models.BigIntegerField(default=0)
    handed_at = models.BigIntegerField(null=True)
    sent_at = models.BigIntegerField(null=True)
    bounced_at = models.BigIntegerField(null=True)
    is_kept = models.BooleanField(default=False)
    says = models.TextField(default="")
    """What went wrong last, in words."""
    content = models.TextField()
    """The whole letter as JSON."""

    class Meta:
        indexes = [
            models.Index(fields=["owner", "state", "wait_from"], name="outgoing_state"),
            models.Index(fields=["owner", "request"], name="outgoing_request"),
            models.Index(fields=["owner", "message"], name="outgoing_message"),
            models.Index(fields=["owner", "person"], name="outgoing_person"),
        ]


class Latch(Owned):
    """What holds the outbox shut (`paused`, or `stopped` by itself), and the `key` of its letters."""

    pk = models.CompositePrimaryKey("owner", "name")
    name = models.CharField(max_length=16)
    since = models.BigIntegerField()
    content = models.TextField(default="")
