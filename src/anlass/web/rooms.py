"""The rooms of the house, as the head of every page names them; the one a page belongs to is marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anlass.web.house import house_of

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

_NAMES = {
    "inbox": _("At the door"),
    "people": _("People"),
    "circle": _("Inner circle"),
    "audit": _("Contacts"),
    "settings": _("Settings"),
}
_BELONG = {
    "case": "inbox",
    "outbox": "inbox",
    "recent": "inbox",
    "watch": "inbox",
    "time": "inbox",
    "time-behind": "inbox",
    "time-behind-month": "inbox",
    "person": "people",
    "person-of-case": "people",
    "proposals": "people",
    "blocked": "settings",
    "knocks": "inbox",
    "turn-down": "inbox",
    "vouched": "people",
    "outcomes": "inbox",
    "outcomes-of": "inbox",
    "draft": "people",
    "events": "people",
    "event": "people",
    "hostings": "people",
    "hosting": "people",
    "event-mailing": "people",
    "event-scan": "people",
    "event-sort": "people",
    "cards": "settings",
    "door": "settings",
    "rules": "settings",
    "edit-rules": "settings",
    "preview-rules": "settings",
    "public-page": "settings",
    "tokens": "settings",
    "webhooks": "settings",
    "add-token": "settings",
    "revoke-token": "settings",
    "change-webhook": "settings",
    "set-aside": "settings",
    "about": "settings",
}
"""Pages inside a room, by name."""
_OF_MEMORY = frozenset({"people", "circle", "audit"})


@dataclass(frozen=True, slots=True)
class Room:
    """One room: its name, its address, and whether this page is it (`page`) or lies in it (`true`)."""

    name: _StrPromise
    address: str
    current: str


def rooms(request: HttpRequest) -> dict[str, object]:
    """Return the rooms for the head of a page, and where one searches; without a memory there is nobody."""
    match = request.resolver_match
    here = (match.url_name if match else "") or ""
    has_memory = house_of(request).classroom is not None
    return {
        "rooms": [
            Room(name, reverse(room), _current(room, here))
            for room, name in _NAMES.items()
            if has_memory or room not in _OF_MEMORY
        ],
        "search_address": _search(here) if has_memory else "",
    }


def _search(here: str) -> str:
    """Return where the key for searching leads: among cases to cases, elsewhere to people."""
    return f"{reverse('inbox')}#q" if _BELONG.get(here, here) == "inbox" else reverse("people")


def _current(room: str, here: str) -> str:
    return "page" if room == here else "true" if _BELONG.get(here) == room else ""
