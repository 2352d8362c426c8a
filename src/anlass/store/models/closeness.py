"""How close persons are, worked out and kept; and with whom something changed since then."""

from __future__ import annotations

from django.db import models

from anlass.store.models.owned import Owned


class Closeness(Owned):
    """How close a person is from the last encounter on; see `ledger/closeness.py`.

    A row is true for every moment not before `last`, unless one of the person's addresses is in `Stirred`.
    """

    pk = models.CompositePrimaryKey("owner", "person")
    person = models.CharField(max_length=24)
    level = models.SmallIntegerField()
    """The place of the level among all, the stranger's being 0."""
    strength = models.FloatField()
    turns = models.IntegerField()
    last = models.BigIntegerField()
    tie = models.TextField(default="", db_default="")
    """What lasts of the tie (`ledger/lasting.py`), of those with whom much happened; "" of others."""
    thought = models.CharField(max_length=16, default="", db_default="")
    """Under what promoting last thought of the person and left all as it is; see `people/standing.py`."""

    class Meta:
        indexes = [
            models.Index(fields=["owner", "level", "strength", "last", "person"], name="closeness_closest"),
            models.Index(fields=["owner", "last", "person"], name="closeness_last"),
        ]


class Stirred(Owned):
    """The id of an address or a person with whom something changed: the database itself writes it down.

    `by` is the number of the transaction, so that no two that write at once wait for each other.
    """

    pk = models.CompositePrimaryKey("owner", "address", "by")
    address = models.CharField(max_length=24)
    by = models.BigIntegerField(default=0)
