"""The tables of cases: what was asked and what it became, its sketch, second opinions on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from anlass.store.models.owned import Owned

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    Text = models.TextField[str, str]
else:
    Text = models.TextField


class WordsField(Text):
    """The words of a case as its database looks them up, see `search.py`."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """Return PostgreSQL's own type for such words, and text elsewhere."""
        return "tsvector" if connection.vendor == "postgresql" else super().db_type(connection)


class Case(Owned):
    """One contact request from arrival to answer; the columns are what lists need of it."""

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=32)
    person = models.CharField(max_length=24)
    message = models.BigIntegerField(null=True)
    channel = models.CharField(max_length=16)
    arrived = models.BigIntegerField()
    kept_at = models.BigIntegerField()
    answered_at = models.BigIntegerField(null=True)
    replied_at = models.BigIntegerField(null=True)
    """When the answer to the owner's counter-question came; only what the owner wrote later answers that."""
    state = models.CharField(max_length=16)
    verdict = models.CharField(max_length=8)
    action = models.CharField(max_length=24)
    minutes = models.IntegerField(null=True)
    level = models.CharField(max_length=16, default="")
    """What its content says of the time asked and of the tie, for the time ledger."""
    content = models.TextField()
    """The whole case as JSON; text, because PostgreSQL's own JSON refuses what strangers write."""
    evidence = models.TextField(default="[]")
    """The encounters it was decided on, as JSON."""
    number = models.BigIntegerField(default=0)
    """By which SQLite's index knows it."""
    lang = models.CharField(max_length=16, default="")
    """The language of the letter."""
    called = models.BigIntegerField(default=0)
    """A digest of the names and addresses that its words say beside the letter's own; 0 where none."""
    words = WordsField(default="")
    before_block = models.CharField(max_length=16, null=True)
    """Where a case of somebody blocked would stand; `NULL` for all others."""

    class Meta:
        indexes = [
            models.Index(fields=["owner", "state", "arrived", "id"], name="case_state"),
            models.Index(
                fields=["owner", "arrived", "id", "state", "action", "channel", "lang", "number"],
                name="case_found",
            ),
            models.Index(fields=["owner", "person"], name="case_person"),
            models.Index(fields=["owner", "message"], name="case_message"),
        ]


class Sketch(Owned):
    """The sketch of a case's text, by which near-duplicates are found; empty where the text has none.

    `letter` and `happened` (null: undated) say which came first, `sender` is the id of the address it
    came from, `name` the sender's name.
    """

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=32)
    version = models.IntegerField()
    letter = models.CharField(max_length=32, default="")
    sender = models.CharField(max_length=24)
    name = models.CharField(max_length=200, default="")
    happened = models.BigIntegerField(null=True)
    numbers = models.TextField(default="")
    """Eight hexadecimal digits for each number of the sketch."""


class SketchBand(Owned):
    """One band of a sketch: texts that are alike share some; the owner and the band lead to the cases."""

    pk = models.CompositePrimaryKey("owner", "band", "id")
    band = models.BigIntegerField()
    id = models.CharField(max_length=32)


class Opinion(Owned):
    """One second opinion that was asked for; rows are only ever added, for they are what was paid.

    `cost` is in millionths of a cent.
    """

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=24)
    about = models.CharField(max_length=32)
    """The case."""
    asked_at = models.BigIntegerField()
    cost = models.BigIntegerField(default=0)
    content = models.TextField()
    """What was said, as JSON; the case itself holds the last of it."""

    class Meta:
        indexes = [
            models.Index(fields=["owner", "asked_at"], name="opinion_asked"),
            models.Index(fields=["owner", "about"], name="opinion_about"),
        ]


class Wording(Owned):
    """The owner's words for a letter that has not left, as JSON; see `wordings.py`."""

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=24)
    about = models.CharField(max_length=32)
    """The case."""
    said_at = models.BigIntegerField()
    content = models.TextField()


class TimeGiven(Owned):
    """The minutes that the owner says were given to a case; `id` is the case's."""

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=32)
    minutes = models.IntegerField()
    said_at = models.BigIntegerField()
