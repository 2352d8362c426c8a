"""Whose door a name is: the one place where the pages of a stranger find the house they belong to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anlass.desk.rules.sharing import page_for_strangers
from anlass.intake import Recipient
from anlass.replies.door import RESERVED
from anlass.web.frame.house import house_of
from anlass.web.frame.public import comes_from_here

if TYPE_CHECKING:
    from django.http import HttpRequest

    from anlass.desk.voice.common import Lang
    from anlass.doorman import Doorman
    from anlass.replies.door import Door
    from anlass.replies.house_page import HousePage
    from anlass.store.book import Book
    from anlass.web.frame.house import House

_DOOR = re.compile(r"/([a-z0-9][a-z0-9-]{0,38}[a-z0-9])(?:/.*)?", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Behind:
    """What lies behind a door: the owner's house, the memory, who reads, and what stands on the door."""

    house: House
    book: Book
    doorman: Doorman
    door: Door

    def house_page(self, lang: Lang) -> HousePage:
        """Return how the owner deals with post, in kind words."""
        room = self.house.classroom
        policy = (room.wits() if room else self.doorman).policy
        return page_for_strangers(self.book, policy, lang)

    @property
    def owner_name(self) -> str:
        """The owner's name, or that of the door."""
        settings = self.house.settings
        return (settings.owner.name if settings else "") or self.door.name

    @property
    def recipient(self) -> Recipient:
        """Whom a letter at this door is for."""
        settings = self.house.settings
        return Recipient(self.owner_name, settings.owner.about if settings else "")


class DoorName:
    """The name of a door in an address; the rooms of the house are none."""

    regex = "[a-z0-9][a-z0-9-]{0,38}[a-z0-9]"

    def to_python(self, value: str) -> str:
        """Return the name; raises `ValueError` for a room of the house, and then nothing matches."""
        if value in RESERVED:
            raise ValueError(value)
        return value

    def to_url(self, value: str) -> str:
        """Return the name as it stands in an address."""
        return value


def door_house(request: HttpRequest, name: str) -> Behind | None:
    """Return what lies behind the door of this name; `None` where none is open to the caller.

    On this machine a door that is shut or unfinished can be looked at; under the public name it is not there.
    """
    house = house_of(request)
    room = house.classroom
    door = room.book.door.named(name) if room else None
    if room is None or door is None:
        return None
    is_open = door.is_open and not door.lacks()
    return Behind(house, room.book, room.doorman, door) if is_open or comes_from_here(request) else None


def leads_to_a_door(request: HttpRequest) -> bool:
    """Tell whether an address is that of a door that is there for the caller."""
    name = door_in(request.path_info)
    return bool(name) and door_house(request, name) is not None


def door_in(path: str) -> str:
    """Return the name of the door that an address would be; "" where it can be none."""
    found = _DOOR.fullmatch(path)
    return found[1] if found is not None and found[1] not in RESERVED else ""
