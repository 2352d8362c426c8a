"""The tables of what programs use: tokens, answers that come again, webhooks and their deliveries."""

from __future__ import annotations

from django.db import models

from anlass.store.models.owned import Owned


class Token(Owned):
    """What opens the house to a program: a token of the API, or the secret link of a feed.

    Only a digest of the secret is kept. `used_on` is the last day it was used, as seconds of its midnight.
    """

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=24)
    kind = models.CharField(max_length=8)
    digest = models.CharField(max_length=64)
    made_at = models.BigIntegerField()
    expires_at = models.BigIntegerField(null=True)
    revoked_at = models.BigIntegerField(null=True)
    used_on = models.BigIntegerField(null=True)
    content = models.TextField()
    """Its name, and what it may do, as JSON."""


class Answer(Owned):
    """What an act of the API answered under an idempotency key, so that the same request acts once.

    `asked` is a digest of the request; `content` is empty while the act goes on.
    """

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=64)
    asked = models.CharField(max_length=64)
    happened = models.BigIntegerField()
    content = models.TextField(default="")

    class Meta:
        indexes = [models.Index(fields=["owner", "happened"], name="answer_happened")]


class Webhook(Owned):
    """An address of a program that hears what happens here; `content` is where and of what, as JSON.

    `failing_since` is the first failure that no success has followed, `stopped_at` when it was given up.
    """

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=24)
    made_at = models.BigIntegerField()
    failing_since = models.BigIntegerField(null=True)
    stopped_at = models.BigIntegerField(null=True)
    says = models.TextField(default="")
    """What went wrong last, in a word."""
    content = models.TextField()


class Delivery(Owned):
    """One thing that is to be told to one webhook, under an id of its own.

    Its key is made of the webhook and of what happened. `claim` is the worker that has it in hand, until
    `claimed_until`; `handed_at` is written right before it is handed over, so that a crash after it leaves a
    doubt and a crash before it none. `wait_from` is the next moment to try.
    """

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=24)
    hook = models.CharField(max_length=24)
    state = models.CharField(max_length=12)
    made_at = models.BigIntegerField()
    wait_from = models.BigIntegerField()
    tries = models.IntegerField(default=0)
    claim = models.CharField(max_length=40, default="")
    claimed_until = models.BigIntegerField(default=0)
    handed_at = models.BigIntegerField(null=True)
    says = models.TextField(default="")
    content = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["owner", "state", "wait_from"], name="delivery_state"),
            models.Index(fields=["owner", "hook", "made_at"], name="delivery_hook"),
        ]
