"""The signpost before the houses of a server: whose is what a stranger or a program asks for?

Each public address is somebody's by its own words: a link, a signature, the name of a door. What is nobody's
is told so by some house, in the same words and after the same work. Nobody is logged in here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from anlass.cards import id_in
from anlass.desk.cards.granting import PATH as CARDS
from anlass.desk.cards.vouchers import WELL_KNOWN
from anlass.desk.cards.vouching import PATH as NAMES
from anlass.desk.cards.vouching import USE
from anlass.desk.gatherings.hosting import PATH as HOSTED
from anlass.desk.gatherings.stopping import PATH as STOP
from anlass.desk.gatherings.stopping import stop_key
from anlass.desk.outgoing.noting import PATH as NOTES
from anlass.desk.programs.tokens import house_opened_by
from anlass.desk.wishes.hosting import PATH as WISHES
from anlass.errors import NotFound
from anlass.outreach.wish_event import link_digest
from anlass.store import OWNER
from anlass.web.door.whose import door_in
from anlass.web.frame.own_locks import has_own_lock, secret_in
from anlass.web.frame.public import is_public

if TYPE_CHECKING:
    from django.http import HttpRequest

    from anlass.store.gate.whose import WhoseTables
    from anlass.web.frame.house import House, Houses
    from anlass.web.frame.site import Site

_GRANT = 16
"""Characters of a card's link that name the grant."""


def needs_no_key(path: str) -> bool:
    """Tell whether an address is one for strangers or programs, beside the doors."""
    return is_public(path) or has_own_lock(path)


def house_behind(request: HttpRequest, houses: Houses, site: Site) -> House:
    """Return the house that such an address belongs to; of what is nobody's, some house, which says so."""
    path, whose = request.path_info, site.whose
    if has_own_lock(path):
        secret = secret_in(path, request.headers.get("Authorization", ""))
        return _house(houses, house_opened_by(whose, secret))
    start = next((one for one in _WHOSE if path.startswith(one)), "")
    return _house(houses, _WHOSE[start](whose, path.removeprefix(start)) if start else "")


def is_everybodys(path: str, houses: Houses) -> bool:
    """Tell whether an address names no owner though there are several: then nothing lies there."""
    return path in {NAMES, WELL_KNOWN} and len(houses.owners()) > 1


def house_with_door(request: HttpRequest, houses: Houses, site: Site) -> House | None:
    """Return the house whose open door an address names; `None` where it names none."""
    name = door_in(request.path_info)
    owner = site.whose.open_door(name) if name else ""
    return _house(houses, owner) if owner else None


def _house(houses: Houses, owner: str) -> House:
    for one in (owner, OWNER):
        try:
            return houses.of(one)
        except NotFound:
            continue
    return houses.of(houses.owners()[0])


def _named(whose: WhoseTables, rest: str) -> str:
    """Return the owner whose list is asked for, or whose key signed a link on being named."""
    if rest.startswith("of/"):
        return rest.removeprefix("of/").partition("/")[0]
    return _signed(whose, lambda key: id_in(key, rest, USE)[1])


def _signed(whose: WhoseTables, is_signed: Callable[[bytes], bool]) -> str:
    """Return the owner whose key signed something; all keys are tried, so that the time tells nothing."""
    return next(iter([owner for owner, key in whose.signing() if is_signed(key)]), "")


_WHOSE: Mapping[str, Callable[[WhoseTables, str], str]] = {
    CARDS: lambda whose, rest: whose.grant(rest[:_GRANT]),
    NAMES: _named,
    STOP: lambda whose, rest: _signed(whose, lambda key: id_in(stop_key(key), rest)[1]),
    HOSTED: lambda whose, rest: whose.hosting(rest.partition("/")[0]),
    WISHES: lambda whose, rest: whose.ticket(link_digest(rest.partition("/")[0])),
    NOTES: lambda whose, rest: whose.note(rest.partition(".")[0]),
}
