"""The tables of the gate: who may enter which house, by what, and what an owner keeps to herself.

Whoever comes to the gate is known by an address or by the digest of a secret, before it is known whose
house is meant; those tables have no owner (`ownerless.py`). Of secrets only digests are kept.
"""

from __future__ import annotations

from django.db import models

from anlass.store.models.owned import Owned


class Keyholder(models.Model):
    """Somebody who may enter houses, known by a mail address. A host runs the server and enters none."""

    id = models.CharField(primary_key=True, max_length=24)
    address = models.CharField(max_length=320, unique=True)
    is_host = models.BooleanField(default=False)
    made_at = models.BigIntegerField()


class Visit(models.Model):
    """One log-in of a browser; `id` is the digest of what its cookie holds, `owner` the house it is in."""

    id = models.CharField(primary_key=True, max_length=48)
    keyholder = models.CharField(max_length=24)
    owner = models.CharField(max_length=32, default="")
    how = models.CharField(max_length=12)
    device = models.CharField(max_length=80, default="")
    made_at = models.BigIntegerField()
    seen_at = models.BigIntegerField()
    ends_at = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["keyholder"], name="visit_keyholder")]


class EntryCode(models.Model):
    """A one-time code that was asked for; without a keyholder the address was nobody's."""

    id = models.CharField(primary_key=True, max_length=48)
    keyholder = models.CharField(max_length=24, default="")
    digest = models.CharField(max_length=48)
    ends_at = models.BigIntegerField()
    tries = models.IntegerField(default=0)


class Passkey(models.Model):
    """The public half of a passkey; `id` is the digest of the name the browser knows it by."""

    id = models.CharField(primary_key=True, max_length=48)
    keyholder = models.CharField(max_length=24)
    credential = models.TextField()
    public_key = models.TextField()
    counter = models.BigIntegerField(default=0)
    name = models.CharField(max_length=80, default="")
    made_at = models.BigIntegerField()
    used_at = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["keyholder"], name="passkey_keyholder")]


class HouseKey(Owned):
    """Who may enter this owner's house, and as what: `owner` or `assistant`."""

    pk = models.CompositePrimaryKey("owner", "keyholder")
    keyholder = models.CharField(max_length=24)
    role = models.CharField(max_length=12)
    since = models.BigIntegerField()


class Invitation(Owned):
    """Somebody was asked by mail to come in; `id` is the digest of the secret in the link."""

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=48)
    address = models.CharField(max_length=320)
    role = models.CharField(max_length=12)
    made_at = models.BigIntegerField()
    ends_at = models.BigIntegerField()


class Private(Owned):
    """What the owner keeps to herself: a case, or a person by each address they had then."""

    pk = models.CompositePrimaryKey("owner", "kind", "id")
    kind = models.CharField(max_length=8)
    id = models.CharField(max_length=32)
    since = models.BigIntegerField()
