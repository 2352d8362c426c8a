"""What every table begins with: whose row it is."""

from __future__ import annotations

from django.db import models


class Owner(models.Model):
    """The person whose door this is. `id` is short, for it stands in every index."""

    id = models.CharField(primary_key=True, max_length=32)
    name = models.CharField(max_length=200, default="")
    about = models.TextField(default="")
    settings = models.TextField(default="{}")
    trusted = models.TextField(default="[]")
    """The authserv-ids of the owner's own mail provider, a JSON list."""


class Owned(models.Model):
    """A row of one owner."""

    owner = models.ForeignKey(Owner, models.CASCADE, db_index=False, related_name="+")

    class Meta:
        abstract = True
