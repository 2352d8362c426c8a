"""The table of what became of cases, months later."""

from __future__ import annotations

from django.db import models

from anlass.store.models.owned import Owned


class CaseOutcome(Owned):
    """What came of a case in the owner's word, and when the digest asked for it; `id` is the case's.

    `outcome` is empty where it was asked and nothing said.
    """

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=32)
    outcome = models.CharField(max_length=12, default="")
    said_at = models.BigIntegerField(null=True)
    asked_at = models.BigIntegerField(null=True)
