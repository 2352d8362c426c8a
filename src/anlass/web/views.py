"""The owner's pages: each asks the desk for one value and shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from anlass.desk import inbox as desk
from anlass.desk.mail_notices import mail_notices
from anlass.errors import NotFound
from anlass.web.grants import unlocking
from anlass.web.house import house_of
from anlass.web.letter import set_letter
from anlass.web.memory import page_of
from anlass.web.opinion import opinion_here
from anlass.web.outbox import letters_here
from anlass.web.private import privacy
from anlass.web.teaching import lang_of, lesson
from anlass.web.timeline import timeline

if TYPE_CHECKING:
    from django.http import HttpRequest

_LONGEST_TABLE = 100
"""Encounters in the table behind the timeline; the newest are shown."""


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Show one page of cases, grouped by what they need."""
    house = house_of(request)
    page = page_of(request)
    shown = desk.inbox(house.book, now=house.now(), lang=lang_of(), page=page)
    memory = house.classroom.book if house.classroom and page == 1 else None
    told = mail_notices(memory, now=house.now(), lang=lang_of()) if memory else ()
    return render(request, "anlass/inbox.html", {"inbox": shown, "notices": told})


@require_safe
def case(request: HttpRequest, case_id: str) -> HttpResponse:
    """Show one case: the letter, what it answers, what is shared, the draft, the reason."""
    house = house_of(request)
    now, lang = house.now(), lang_of()
    try:
        sheet = desk.sheet(house.book, case_id, now=now, lang=lang)
    except NotFound as missing:
        raise Http404 from missing
    context = {
        "sheet": sheet,
        "written": sheet.lang if sheet.lang.isalpha() and sheet.lang != "und" else "",
        "letter": set_letter(sheet.subject, sheet.text, sheet.findings),
        "timeline": timeline(sheet.shared, now=now, lang=lang),
        "newest": sheet.shared[: -_LONGEST_TABLE - 1 : -1],
        "has_person": house.classroom is not None,
        "older": max(0, len(sheet.shared) - _LONGEST_TABLE),
        **unlocking(request, case_id),
        **lesson(request, sheet),
        **opinion_here(request, case_id),
        **letters_here(request, case_id),
        **privacy(request, case=case_id),
    }
    return render(request, "anlass/case.html", context)


@require_safe
def set_aside(request: HttpRequest) -> HttpResponse:
    """Show the files that could not be read, with the reason for each."""
    return render(
        request, "anlass/set_aside.html", {"unread": desk.set_aside(house_of(request).book, lang_of())}
    )


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Show what the house does, and what it never does."""
    return render(request, "anlass/about.html")


def not_understood(_request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django names it
    """Answer a request that makes no sense, or that came under a foreign name."""
    return HttpResponse("Bad request.\n", status=400, content_type="text/plain; charset=utf-8")


def not_from_here(_request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django names it
    """Answer a form that was not sent from these pages, or from one that lay open too long."""
    return HttpResponse("Not from here.\n", status=403, content_type="text/plain; charset=utf-8")


def not_here(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django names it
    """Answer for an address where nothing lies."""
    return render(request, "anlass/not_here.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer when the house itself failed."""
    return render(request, "anlass/broken.html", status=500)
