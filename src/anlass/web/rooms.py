"""The rooms of the house, as the head of every page names them, and what lies in each, as the foot does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anlass.web.frame.house import house_of, is_in_a_house
from anlass.web.gate.entrance import inside_of, is_the_owner, may_enter

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

_NAMES = {
    "inbox": _("At the door"),
    "people": _("People"),
    "events": _("Events"),
    "settings": _("Settings"),
}
_SHELVES = {
    "inbox": (
        ("knocks", _("Chat networks")),
        ("outbox", _("Outbox")),
        ("watch", _("Watch list")),
        ("recent", _("What you did last")),
        ("outcomes", _("What came of it")),
        ("time", _("Time")),
    ),
    "people": (
        ("circle", _("Inner circle")),
        ("vouched", _("Vouched for")),
        ("proposals", _("Who may be one person?")),
        ("audit", _("Contacts")),
        ("blocked", _("Blocked")),
        ("draft", _("Your draft")),
    ),
    "events": (("hostings", _("Events for others")),),
    "settings": (
        ("mailboxes", _("Mailboxes")),
        ("rules", _("House rules")),
        ("cards", _("Cards")),
        ("door", _("Your door")),
        ("tokens", _("Tokens and feeds")),
        ("webhooks", _("Webhooks")),
        ("access", _("Access")),
        ("journal", _("Journal")),
        ("take", _("Take everything with you")),
        ("set-aside", _("Set aside")),
        ("about", _("What Anlass never does")),
    ),
}
"""What lies in each room: the foot of every page is a map of the house."""
_BEHIND = {
    "case": "inbox",
    "turn-down": "inbox",
    "time-behind": "inbox",
    "time-behind-month": "inbox",
    "outcomes-of": "inbox",
    "person": "people",
    "person-of-case": "people",
    "forget-person": "people",
    "event": "events",
    "event-mailing": "events",
    "event-scan": "events",
    "event-sort": "events",
    "hosting": "events",
    "edit-rules": "settings",
    "preview-rules": "settings",
    "public-page": "settings",
    "add-token": "settings",
    "revoke-token": "settings",
    "change-webhook": "settings",
    "connect-mailbox": "settings",
    "arrival": "settings",
    "arrival-about": "settings",
    "arrival-rules": "settings",
    "arrival-mail": "settings",
    "change-door": "settings",
    "taken": "settings",
}
"""Pages that lie behind those of the map, by name."""
_BELONG = _BEHIND | {page: room for room, shelf in _SHELVES.items() for page, _name in shelf}
_OF_MEMORY = frozenset(
    "people circle vouched proposals audit draft events hostings recent outcomes watch cards door tokens "
    "webhooks knocks blocked mailboxes journal take".split()
)
"""Rooms and pages that are empty where nothing is remembered."""
_OF_SERVERS = frozenset({"access"})
"""Pages of those who log in."""
_PAGES = (*_NAMES, *(page for shelf in _SHELVES.values() for page, _name in shelf))


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """One room: its name, its address, and whether this page is it (`page`) or lies in it (`true`).

    `shelf` are the pages in it. A map is made once, so its rooms are compared by being the same.
    """

    name: _StrPromise
    address: str
    current: str
    shelf: tuple[Room, ...] = ()


def rooms(request: HttpRequest) -> dict[str, object]:
    """Return the rooms for head and foot of a page, and where one searches; nobody without a memory."""
    if not is_in_a_house(request):
        return {"rooms": (), "search_address": "", "here": inside_of(request), "is_owner": False}
    match = request.resolver_match
    here = (match.url_name if match else "") or ""
    has_memory, inside = house_of(request).classroom is not None, inside_of(request)

    def is_there(page: str) -> bool:
        if inside is None:
            return page not in _OF_SERVERS and (has_memory or page not in _OF_MEMORY)
        return may_enter(inside, page)

    there = frozenset(page for page in _PAGES if is_there(page))
    return {
        "rooms": _map(here, there),
        "search_address": _search(here) if has_memory else "",
        "here": inside,
        "is_owner": is_the_owner(request),
    }


@lru_cache(maxsize=256)
def _map(here: str, there: frozenset[str]) -> tuple[Room, ...]:
    """Return the rooms as they lie around the page `here`, with those pages that are `there`."""
    return tuple(
        Room(name, reverse(room), _current(room, here), _shelf(room, here, there))
        for room, name in _NAMES.items()
        if room in there
    )


def _shelf(room: str, here: str, there: frozenset[str]) -> tuple[Room, ...]:
    pages = ((page, name) for page, name in _SHELVES[room] if page in there)
    return tuple(Room(name, reverse(page), "page" if page == here else "") for page, name in pages)


def _search(here: str) -> str:
    """Return where the key for searching leads: among cases to cases, elsewhere to people."""
    return f"{reverse('inbox')}#q" if _BELONG.get(here, here) == "inbox" else reverse("people")


def _current(room: str, here: str) -> str:
    return "page" if room == here else "true" if _BELONG.get(here) == room else ""
