"""The tables of watched mailboxes: which, how far, how that goes, whose drafts lie where."""

from __future__ import annotations

from django.db import models

from anlass.store.models.owned import Owned


class MailAccount(Owned):
    """A mailbox of the owner's that is watched, as JSON; the secret that opens it is kept elsewhere."""

    pk = models.CompositePrimaryKey("owner", "name")
    name = models.CharField(max_length=64)
    since = models.BigIntegerField()
    """When it was connected: what was written before is history and not judged."""
    content = models.TextField()


class MailState(Owned):
    """How the watching of a mailbox goes: since when, and what stands in its way."""

    pk = models.CompositePrimaryKey("owner", "account")
    account = models.CharField(max_length=64)
    state = models.CharField(max_length=16)
    trouble = models.CharField(max_length=32, default="")
    since = models.BigIntegerField()
    """When it began to be so."""
    seen_at = models.BigIntegerField()
    """When the worker last said so."""
    looked_at = models.BigIntegerField(null=True)
    """When the mailbox was last looked into to the end."""


class MailFolder(Owned):
    """How far a folder of a watched mailbox was read, and how much its numbers mean (UIDVALIDITY)."""

    pk = models.CompositePrimaryKey("owner", "account", "folder")
    account = models.CharField(max_length=64)
    folder = models.TextField()
    validity = models.BigIntegerField()
    next = models.BigIntegerField()
    count = models.BigIntegerField()
    modseq = models.BigIntegerField(default=0)
    began = models.BigIntegerField(default=0)
    """What is numbered from here on came after the mailbox was connected; what lay there is history."""


class PlacedDraft(Owned):
    """The draft of a case in the owner's Drafts: by its Message-ID it is found, by its digest known."""

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=32)
    """The case."""
    account = models.CharField(max_length=64)
    message_id = models.TextField()
    """Where it takes the place of another, that one's stands behind it."""
    digest = models.CharField(max_length=32)
    state = models.CharField(max_length=16)
