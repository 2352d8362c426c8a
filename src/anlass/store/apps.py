"""The store as the framework knows it."""

from __future__ import annotations

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Memory: models and migrations."""

    name = "anlass.store"
    label = "store"
