"""What the owner said: to teach the reading, and of persons."""

from __future__ import annotations

from django.db import models

from anlass.store.models.owned import Owned


class Lesson(Owned):
    """What the owner taught the reading, as JSON; it holds no text of a letter but words the owner chose."""

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=24)
    said_at = models.BigIntegerField()
    content = models.TextField()


class Word(Owned):
    """What the owner said of persons, as JSON: the same, two, close or not; see `people/word.py`."""

    pk = models.CompositePrimaryKey("owner", "id")
    id = models.CharField(max_length=24)
    said_at = models.BigIntegerField()
    content = models.TextField()
