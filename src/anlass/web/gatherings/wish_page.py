"""The page of somebody with a ticket: what it is about, how to take part, and by mail alone also the wishes.

Who takes part with a key of their own needs the script of this page, for the key never leaves the browser;
all else works without one. No cookie is set, and nothing here says or counts what others do.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, cast

from csp.decorators import csp_update
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from anlass.desk.wishes.hosting import PATH
from anlass.desk.wishes.taking_part import (
    Stage,
    is_on_roster,
    join,
    leave,
    roster_of,
    shown_by_mail,
    wish_by_mail,
    wished_by_mail,
)
from anlass.desk.wishes.timetables import hosting_of
from anlass.errors import StoreError
from anlass.outreach.phrases import day_says, moment_says
from anlass.outreach.sealed_note import taken_out
from anlass.outreach.wish import LONGEST_CARD
from anlass.outreach.wish_hosted import HostedWishes
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of
from anlass.web.frame.public import alike
from anlass.web.gatherings.wish import Desk, desk_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from anlass.outreach.wish_roster import Roster
    from anlass.outreach.wish_times import Timetable

_MOST_SHOWN = 60
"""People on the list by mail at a time; a search finds the others."""
_LONGEST_SEARCH = 80
_SIZE = 64 * 1024
"""Bytes of a page by mail alone, or a multiple of it where somebody has very many wishes."""
_SCRIPTS = {"require-trusted-types-for": ["'script'"], "trusted-types": ["'none'"]}


@csrf_exempt  # no cookie speaks for anybody: who knows the link is who may act
@csp_update(_SCRIPTS)  # type: ignore[arg-type] # its types know no page with a part of the address
@require_http_methods(["GET", "POST"])
def wish(request: HttpRequest, link: str) -> HttpResponse:
    """Show the page of a ticket, or do what its forms ask for."""
    desk = desk_of(request, link)
    if isinstance(desk, HttpResponse):
        return nowhere(request) if desk.status_code == 404 else desk
    try:
        if request.method == "POST":
            return _act(request, desk, link)
        return _page(request, desk, _shown(request, desk, link))
    except StoreError:
        return alike(render(request, "anlass/wish_closed.html", {"later": True}, status=503))


def nowhere(request: HttpRequest) -> HttpResponse:
    """Return the one answer for every link that leads nowhere."""
    return alike(render(request, "anlass/wish_closed.html", status=404))


def _page(request: HttpRequest, desk: Desk, context: dict[str, object]) -> HttpResponse:
    """Show the page.

    By mail alone it holds what was wished and what met; so it has one size, whoever watches the line.
    """
    page = alike(render(request, "anlass/wish.html", context))
    if desk.who.ticket.is_hosted:
        short = -len(page.content) % _SIZE
        page.content += (
            f"<!--{secrets.token_hex(_SIZE)[: short - 7]}-->".encode() if short >= 7 else b" " * short
        )
    return page


def _act(request: HttpRequest, desk: Desk, link: str) -> HttpResponse:
    """Join by mail, leave, or write down wishes by mail; then show the page again."""
    told = ""
    match request.POST.get("do", ""):
        case "join-by-mail":
            told = "joined" if join(desk.book, desk.ring, desk.who, None) else "not-joined"
        case "leave":
            leave(desk.book, desk.who)
        case "wish":
            told = _wish(request, desk)
    search = request.POST.get("q", "")[:_LONGEST_SEARCH]
    context = {"search": search} if search else {}
    if told in ("too-many", "too-long", "not-joined"):
        return _page(request, desk, {**_shown(request, desk, link), "told": told, **context})
    return alike(HttpResponseRedirect(f"{PATH}{link}/" + (f"?told={told}" if told else "")))


def _wish(request: HttpRequest, desk: Desk) -> str:
    """Write down the wishes on the part of the list that was shown; return what to tell."""
    wished, card = _typed(request, desk, wished_by_mail(desk.book, desk.ring, desk.who))
    if len(card.encode()) > LONGEST_CARD:
        return "too-long"
    if desk.who.round and len(wished) > desk.who.round.quota:
        return "too-many"
    wishes = HostedWishes(card, tuple(sorted(wished)))
    return "kept" if wish_by_mail(desk.book, desk.ring, desk.who, wishes, now=desk.now) else "closed"


def _typed(request: HttpRequest, desk: Desk, before: HostedWishes) -> tuple[set[bytes], str]:
    """Return the wishes and the card of a form, together with what was wished before and not shown by it."""
    shown, chosen = (_pids(request.POST.getlist(name)) for name in ("shown", "wish"))
    card = " ".join(request.POST.get("card", "").split(" ")).replace("\r\n", "\n").strip()
    return (set(before.wished) - shown) | (chosen - {desk.who.ticket.pid}), card


def _pids(texts: list[str]) -> set[bytes]:
    found = set()
    for text in texts[:1_000]:
        try:
            pid = bytes.fromhex(text)
        except ValueError:
            continue
        if len(pid) == 16:
            found.add(pid)
    return found


def _shown(request: HttpRequest, desk: Desk, link: str) -> dict[str, object]:
    """Return what the page shows."""
    who, one = desk.who, desk.who.round
    times = one.times if one else None
    context: dict[str, object] = {
        "event": who.event,
        "ticket": who.ticket,
        "stage": who.stage.value,
        "quota": (one.quota or who.event.quota) if one else who.event.quota,
        "times": _moments(request, times) if times else None,
        "forgotten": _forgotten(desk, times),
        "is_in": who.ticket.public is not None,
        "is_hosted": who.ticket.is_hosted,
        "on_roster": is_on_roster(who),
        "address": f"{PATH}{link}/",
        "full_address": f"{request.scheme}://{request.get_host()}{PATH}{link}/",
        "told": request.GET.get("told", ""),
    }
    return {**context, **_by_mail(request, desk)} if who.ticket.is_hosted and is_on_roster(who) else context


def _forgotten(desk: Desk, times: Timetable | None) -> str:
    """Return the day on which wishes are forgotten; before a round is set, the day on which everything is."""
    hosting = None if times else hosting_of(desk.book, desk.who.event)
    when = times.forget if times else hosting.delete_at if hosting else None
    return day_says(when, lang_of()) if when else "–"


def _moments(request: HttpRequest, times: Timetable) -> dict[str, str]:
    """Return the moments of a round in words, by the clock of this house."""
    zone = house_of(request).now().tzinfo
    return {
        name: moment_says(getattr(times, name).astimezone(zone), lang_of())
        for name in ("freeze", "match", "release", "forget")
    }


def _by_mail(request: HttpRequest, desk: Desk) -> dict[str, object]:
    """Return what somebody who takes part by mail sees of the list, and of what was revealed."""
    roster = cast("Roster", roster_of(desk.book, desk.who))
    if desk.who.stage is Stage.OPEN:
        people = roster.people
        found = shown_by_mail(desk.book, desk.ring, desk.who)
        cards = [(people[one.pid].name, taken_out(one.card or ""), one.is_confirmed) for one in found]
        return {"code": roster.code, "revealed": cards}
    wishes = wished_by_mail(desk.book, desk.ring, desk.who)
    search = request.GET.get("q", "")[:_LONGEST_SEARCH]
    words, wished, card = search.strip().casefold(), set(wishes.wished), wishes.card
    if request.POST.get("do") == "wish":  # too much to be kept: it stands there as it was typed
        wished, card = _typed(request, desk, wishes)
    others = [
        one for one in roster.entries if one.pid != desk.who.ticket.pid and words in one.name.casefold()
    ]
    others.sort(key=lambda one: (one.pid not in wished, one.name.casefold()))
    return {
        "code": roster.code,
        "people": [(one.pid.hex(), one, one.pid in wished) for one in others[:_MOST_SHOWN]],
        "has_more": len(others) > _MOST_SHOWN,
        "card": card or desk.who.ticket.name,
        "left": max(0, (desk.who.round.quota if desk.who.round else 0) - len(wished)),
        "search": search,
    }
