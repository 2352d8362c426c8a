"""What asks at the doors of chat networks: listed, let in, or turned down where the other side sees it.

Turning down takes two steps: the first only says what they will see.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST, require_safe

from anlass.desk.accounts.networks import NETWORKS
from anlass.desk.networks.knocks import asking, at_network, connected
from anlass.desk.outgoing import at_doors as desk
from anlass.errors import NotFound
from anlass.web.cases.outbox import done_here
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of
from anlass.web.frame.memory import book_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def knocks(request: HttpRequest) -> HttpResponse:
    """Show what asks at the doors now."""
    book, now, lang = book_of(request), house_of(request).now(), lang_of()
    context = {
        "asking": asking(book, now=now, lang=lang),
        "connected": connected(book, now=now, lang=lang),
        "command": f"anlass connect {NETWORKS}",
    }
    return render(request, "anlass/knocks.html", context)


@require_POST
def let_in(request: HttpRequest, case_id: str) -> HttpResponse:
    """Say yes where a request came in; it leaves after the time to undo."""
    now, lang = house_of(request).now(), lang_of()
    return done_here(request, case_id, lambda book: desk.let_in(book, case_id, now=now, lang=lang))


def turn_down(request: HttpRequest, case_id: str) -> HttpResponse:
    """Say first what the other side will see; turn down only what was confirmed behind it."""
    return _turned_down(request, case_id) if request.method == "POST" else _asked(request, case_id)


def knock_here(request: HttpRequest, case_id: str) -> dict[str, object]:
    """Return what the page of a case shows of the chat network it came by."""
    classroom = house_of(request).classroom
    if classroom is None:
        return {}
    return {"knock": at_network(classroom.book, classroom.book.case(case_id), lang_of())}


@require_GET
def _asked(request: HttpRequest, case_id: str) -> HttpResponse:
    book, lang = book_of(request), lang_of()
    try:
        kept = book.case(case_id)
    except NotFound as missing:
        raise Http404 from missing
    here = at_network(book, kept, lang)
    if here is None or not here.no:
        raise Http404
    name = kept.case.person.name or kept.case.request.requester.name
    context = {"knock": here, "case": kept.id, "name": name}
    return render(request, "anlass/turn_down.html", context)


@require_POST
def _turned_down(request: HttpRequest, case_id: str) -> HttpResponse:
    now, lang = house_of(request).now(), lang_of()
    if request.POST.get("seen") != "yes":
        raise Http404
    return done_here(request, case_id, lambda book: desk.turn_down(book, case_id, now=now, lang=lang))
