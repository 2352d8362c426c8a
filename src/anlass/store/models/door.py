"""The tables of the door: what stands on it, what was written there, and the files that came along."""

from __future__ import annotations

from django.db import models

from anlass.store.models.owned import Owned


class Door(Owned):
    """An owner's door as JSON; its name is its address."""

    pk = models.CompositePrimaryKey("owner", "name")
    name = models.CharField(max_length=40)
    since = models.BigIntegerField()
    content = models.TextField()


class DoorRequest(Owned):
    """A letter written at the door, until its mail address is confirmed and it is a case.

    Once it is one, or over, no word of it stands here any more: `content` is empty, `address` and `words` are
    digests. `form` is the sheet it was written on. What is said of the mail with the link reads like the
    outbox: `claim` is the worker that has it in hand, until `claimed_until`; `handed_at` is written right
    before the words are handed over, so that a crash after it leaves a doubt and no second mail.
    """

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=16)
    form = models.CharField(max_length=32)
    address = models.CharField(max_length=24)
    words = models.CharField(max_length=24)
    lang = models.CharField(max_length=8)
    state = models.CharField(max_length=12)
    made_at = models.BigIntegerField()
    expires_at = models.BigIntegerField()
    confirmed_at = models.BigIntegerField(null=True)
    case = models.CharField(max_length=32, default="")
    content = models.TextField(default="")
    mail = models.CharField(max_length=12)
    wait_from = models.BigIntegerField()
    tries = models.IntegerField(default=0)
    claim = models.CharField(max_length=40, default="")
    claimed_until = models.BigIntegerField(default=0)
    handed_at = models.BigIntegerField(null=True)
    says = models.TextField(default="")

    class Meta:
        indexes = [
            models.Index(fields=["owner", "state", "expires_at"], name="door_request_state"),
            models.Index(fields=["owner", "mail", "wait_from"], name="door_request_mail"),
            models.Index(fields=["owner", "address", "made_at"], name="door_request_address"),
            models.Index(fields=["owner", "form"], name="door_request_form"),
        ]


class DoorFile(Owned):
    """A file that came with a letter; its bytes lie on the disk under their digest, and are never opened."""

    pk = models.CompositePrimaryKey("owner", "request", "number")
    request = models.CharField(max_length=16)
    number = models.IntegerField()
    case = models.CharField(max_length=32, default="")
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    label = models.CharField(max_length=24)

    class Meta:
        indexes = [
            models.Index(fields=["owner", "digest"], name="door_file_digest"),
            models.Index(fields=["owner", "case"], name="door_file_case"),
        ]
