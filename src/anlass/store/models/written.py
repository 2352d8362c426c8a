"""What was written into the owner's address books on servers, and the notes the owner wants there."""

from __future__ import annotations

from django.db import models

from anlass.store.models.owned import Owned


class WrittenEntry(Owned):
    """The lines of its own that Anlass last wrote into an entry on a server, by the entry's address."""

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.BigIntegerField()
    """A digest of the address."""
    url = models.TextField()
    lines = models.TextField()
    written_at = models.BigIntegerField()


class PersonNote(Owned):
    """A note of the owner's on a person that may stand in their address book; `id` is that of an address."""

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=24)
    text = models.TextField()
    said_at = models.BigIntegerField()
