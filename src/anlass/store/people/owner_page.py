"""The page of the book on which the owner stands: own addresses, whose word counts, own settings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from anlass.store.people.persons import OwnerTables


class OwnerPage:
    """What the owner is known by, and what was chosen."""

    def __init__(self, owner: OwnerTables) -> None:
        self._owner = owner

    def owner_addresses(self) -> frozenset[str]:
        """Return the owner's own addresses, in normal form."""
        return self._owner.addresses()

    def add_owner_addresses(self, addresses: Iterable[str], *, is_given: bool = False) -> None:
        """Write down own addresses: named by the owner, or found in sent mail."""
        self._owner.add_addresses(addresses, is_given=is_given)

    def trusted(self) -> frozenset[str]:
        """Return the authserv-ids of the owner's own mail provider."""
        return self._owner.trusted()

    def about(self) -> str:
        """Return what requesters may know of the owner: work, talks, interests."""
        return str(self._owner.get("about"))

    def settings(self) -> Mapping[str, object]:
        """Return the owner's own settings."""
        return dict(json.loads(str(self._owner.get("settings"))))

    def set_settings(self, settings: Mapping[str, object]) -> None:
        """Write down the owner's own settings."""
        self._owner.put("settings", json.dumps(settings, sort_keys=True))
