"""The tables of vouching: who agreed to be named, vouchers given and received, keys of other houses."""

from __future__ import annotations

from django.db import models

from anlass.store.models.owned import Owned


class ConsentWord(Owned):
    """What was said about being named on the public list, as JSON; rows are only ever added."""

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=24)
    person = models.CharField(max_length=24)
    said_at = models.BigIntegerField()
    content = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["owner", "person"], name="consent_word_person")]


class VoucherGiven(Owned):
    """A voucher of the owner's own: for whom, which address, from when until when, and when taken back."""

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=20)
    person = models.CharField(max_length=24)
    until = models.BigIntegerField()
    revoked_at = models.BigIntegerField(null=True)
    content = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["owner", "person"], name="voucher_given_person")]


class VoucherKey(Owned):
    """The public key of another house that the owner took in, and whose it is, as JSON."""

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=16)
    person = models.CharField(max_length=24)
    content = models.TextField()


class VoucherSeen(Owned):
    """What a voucher that came with a request was worth when it came, as JSON."""

    pk = models.CompositePrimaryKey("owner", "request", "id")
    request = models.CharField(max_length=32)
    id = models.CharField(max_length=20)
    content = models.TextField()
