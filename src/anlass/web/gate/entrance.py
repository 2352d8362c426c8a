"""The gate of a server: who is logged in is led into a house they have a key to, all others to the log-in.

Pages do not know of it: they ask `house_of(request)`, and in an assistant's house nothing private is. Pages
without a key (a card, the door) lie in the house they belong to.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse

from anlass.desk.house.entering import Inside, inside
from anlass.desk.house.preferences import preferences
from anlass.store.gate.keys import Role
from anlass.web.frame.audit_table import AuditTable
from anlass.web.frame.house import House, Houses, lead_into
from anlass.web.frame.public import closed
from anlass.web.gate.roles import ANYBODY_INSIDE, ASSISTANT, AT_THE_GATE
from anlass.web.gate.signpost import house_behind, house_with_door, is_everybodys, needs_no_key

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from anlass.web.frame.site import Site

LOG = logging.getLogger("anlass.pages")
VISIT = "visit"
"""Where the session keeps the secret of a visit."""
_INSIDE = "anlass.inside"


def inside_of(request: HttpRequest) -> Inside | None:
    """Return who is logged in; `None` at the gate, and where a key opened the one house."""
    return cast("Inside | None", request.META.get(_INSIDE))


def is_the_owner(request: HttpRequest) -> bool:
    """Tell whether the owner is here: where a key opens the one house, whoever has it is."""
    here = inside_of(request)
    return here is None or here.role is Role.OWNER


def turned_away(request: HttpRequest, houses: Houses, site: Site) -> HttpResponse | None:
    """Lead a request into its house; return the answer where it gets no further than the gate."""
    if needs_no_key(request.path_info):
        lead_into(request, house_behind(request, houses, site))
        return closed(request) if is_everybodys(request.path_info, houses) else None
    if (house := house_with_door(request, houses, site)) is not None:
        lead_into(request, house)
        return None
    return _met_at_the_gate(request, houses, site)


def _met_at_the_gate(request: HttpRequest, houses: Houses, site: Site) -> HttpResponse | None:
    page = _page(request)
    here = inside(site.gate, str(request.session.get(VISIT, "")), now=site.now())
    request.META[_INSIDE] = here
    if page in AT_THE_GATE:
        return None
    if here is None:
        return _to_the_gate(request)
    if here.role is not None:
        lead_into(request, _house_of(here, houses))
    elif page not in ANYBODY_INSIDE:
        return HttpResponseRedirect(reverse("server" if here.keyholder.is_host else "houses"))
    if not may_enter(here, page):
        return render(request, "anlass/not_here.html", status=404)
    _look_written_down(here, page, request.path_info)
    return None


def _look_written_down(here: Inside, page: str, path: str) -> None:
    """Write into the log what an assistant looks at, by ids alone: what they do is in the journal already."""
    looked_at = resolve(path).kwargs
    if here.role is Role.ASSISTANT and looked_at:
        LOG.info(
            "an assistant (%s) looks: %s %s", here.keyholder.id, page, " ".join(map(str, looked_at.values()))
        )


def may_enter(here: Inside, page: str) -> bool:
    """Tell whether somebody may enter a page, by its name."""
    if page == "server":
        return here.keyholder.is_host
    return (
        here.role is Role.OWNER
        or page in ANYBODY_INSIDE
        or (here.role is Role.ASSISTANT and page in ASSISTANT)
    )


def _page(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).url_name or ""
    except (Resolver404, Http404):
        return ""


def _to_the_gate(request: HttpRequest) -> HttpResponse:
    """Send somebody to the log-in, and from there to the page they wanted."""
    wanted = request.get_full_path() if request.method in {"GET", "HEAD"} and request.path_info != "/" else ""
    query = f"?{urlencode({'next': wanted})}" if wanted else ""
    return HttpResponseRedirect(reverse("enter") + query)


def _house_of(here: Inside, houses: Houses) -> House:
    """Return the house as somebody of this role sees it; what they do is written down as theirs."""
    is_assistant = here.role is not Role.OWNER

    def seen(house: House) -> House:
        if house.classroom is None:
            return house
        book = house.classroom.book.for_keyholder(here.keyholder.address, for_assistant=is_assistant)
        house = replace(house, book=book, classroom=replace(house.classroom, book=book))
        return replace(house, audit_table=AuditTable(), second_reader=None) if is_assistant else house

    house = houses.seen_by(here.owner, f"{here.role} {here.keyholder.id}", seen)
    return replace(house, may_send=_may_send(house)) if is_assistant else house


def _may_send(house: House) -> bool:
    """Tell whether the owner lets assistants send; asked each time, for it may have changed."""
    return house.classroom is not None and preferences(house.classroom.book).assistants_send
