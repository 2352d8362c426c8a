"""The gate of a server: who is logged in is led into a house they have a key to, all others to the log-in.

Pages do not know of it: they ask `house_of(request)`, and in an assistant's house nothing private is. Pages
without a key (a card, the door) lie in the house they belong to.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse

from anlass.desk.entering import Inside, inside
from anlass.desk.granting import PATH
from anlass.errors import NotFound
from anlass.store import OWNER
from anlass.store.gate import Role
from anlass.web.audit_table import AuditTable
from anlass.web.card import is_public
from anlass.web.house import House, Houses, lead_into
from anlass.web.roles import ANYBODY_INSIDE, ASSISTANT, AT_THE_GATE

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from anlass.web.site import Site

VISIT = "visit"
"""Where the session keeps the secret of a visit."""
_INSIDE = "anlass.inside"
_GRANT = 16
"""Characters of a card's link that name the grant."""


def inside_of(request: HttpRequest) -> Inside | None:
    """Return who is logged in; `None` at the gate, and where a key opened the one house."""
    return cast("Inside | None", request.META.get(_INSIDE))


def turned_away(request: HttpRequest, houses: Houses, site: Site) -> HttpResponse | None:
    """Lead a request into its house; return the answer where it gets no further than the gate."""
    if is_public(request.path_info):
        lead_into(request, _house_behind(request.path_info, houses, site))
        return None
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
    return None


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

    return houses.seen_by(here.owner, f"{here.role} {here.keyholder.id}", seen)


def _house_behind(path: str, houses: Houses, site: Site) -> House:
    """Return the house that a card belongs to; of a link that is none, some house, which says so."""
    owner = site.gate.owner_of_grant(path.removeprefix(PATH)[:_GRANT])
    try:
        return houses.of(owner or OWNER)
    except NotFound:
        return houses.of(houses.owners()[0])
