"""What participants of a hosted event see: its start page with the clock, and each one's own page.

No key, no cookie, no script. A link that leads nowhere, or to a deleted event, gets one answer.
"""

from __future__ import annotations

import json
from datetime import UTC
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from anlass.desk.gatherings import hosting as desk
from anlass.desk.wishes.at_events import HostedWishes
from anlass.outreach import handouts
from anlass.outreach.hosting import LONGEST_LINE, days_left
from anlass.web.frame.house import house_of
from anlass.web.frame.public import alike, caller_of, closed

if TYPE_CHECKING:
    from django.http import HttpRequest

    from anlass.outreach.hosting import Hosting, Participant
    from anlass.store.book import Book
    from anlass.web.frame.limiter import Limiter

_OWN = ("de", "en")


@require_safe
def start(request: HttpRequest, event_id: str) -> HttpResponse:
    """Show what the event is, when all is deleted, and after that the proof."""
    book = _book(request)
    found = book.hosting.one(event_id) if book else None
    if busy := _busy(request, house_of(request).gathering if found else None):
        return busy
    if book is None or found is None:
        return closed(request)
    context = {
        "hosting": found,
        "days": days_left(found, house_of(request).now()),
        "times": _times(request, book, found),
        "left": handouts.left_says(found.left, _lang(request, found)),
        "report": handouts.report_says(found.report, _lang(request, found)),
    }
    return _page(request, "anlass/hosted.html", context, found)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, event_id: str, link: str) -> HttpResponse:
    """Show somebody their own page, or hear what they say there; whoever has the link may."""
    book, found, one = _behind(request, event_id, link)
    if busy := _busy(request, house_of(request).wishing if one else None, one.id if one else ""):
        return busy
    if book is None or found is None or one is None:
        return closed(request)
    if request.method == "POST":
        return _said(request, book, found, one, link)
    others = desk.others(book, one)
    context = {
        "hosting": found,
        "one": one,
        "others": others,
        "has_twin": any(each.name.casefold() == one.name.casefold() for each in others),
        "called": HostedWishes(book).called(found.wishes, one.wish, one.name),
        "told": request.GET.get("told", ""),
        "times": _times(request, book, found),
        "days": days_left(found, house_of(request).now()),
        "path": request.path,
        "longest": LONGEST_LINE,
    }
    return _page(request, "anlass/hosted_own.html", context, found)


@require_safe
def data(request: HttpRequest, event_id: str, link: str) -> HttpResponse:
    """Return everything that is kept of somebody, as JSON."""
    book, found, one = _behind(request, event_id, link)
    if busy := _busy(request, house_of(request).wishing if one else None, one.id if one else ""):
        return busy
    if book is None or found is None or one is None:
        return closed(request)
    text = json.dumps(desk.exported(book, found, one), ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="data.json"'
    return alike(response)


def nowhere(request: HttpRequest) -> HttpResponse:
    """Answer for every other address below."""
    return _busy(request) or closed(request)


def _said(request: HttpRequest, book: Book, found: Hosting, one: Participant, link: str) -> HttpResponse:
    given, now = request.POST, house_of(request).now()
    if given.get("do") == "erase":
        desk.erase(book, found, one, now=now)
        return _page(request, "anlass/hosted_erased.html", {"hosting": found}, found)
    if given.get("do") == "wishes" and found.wishes:
        # where the pages were asked for they are answered, whatever name the letters know them by
        return alike(HttpResponseRedirect(urlsplit(desk.to_wishes(book, found, one, link)).path))
    name, line = given.get("name", "")[:200], given.get("line", "")[: LONGEST_LINE * 2]
    desk.switch(book, found, one, name=name, line=line, on_list="on_list" in given)
    return alike(HttpResponseRedirect(f"{request.path}?told=kept"))


def _times(request: HttpRequest, book: Book, found: Hosting) -> tuple[tuple[str, str], ...]:
    zone = house_of(request).now().tzinfo or UTC
    return handouts.timetable_says(desk.times_of(book, found), _lang(request, found), zone)


def _lang(request: HttpRequest, found: Hosting) -> str:
    """Return the language of a reader's browser, where the pages speak it; else that of the event."""
    lang = (get_language() or "")[:2] if "Accept-Language" in request.headers else found.lang
    return lang if lang in _OWN else "en"


def _behind(
    request: HttpRequest, event_id: str, link: str
) -> tuple[Book | None, Hosting | None, Participant | None]:
    """Return the event and whose page this is, after the same work for every link."""
    book = _book(request)
    if book is None:
        return None, None, None
    found, one = book.hosting.one(event_id), desk.visitor(book, link)
    is_theirs = found is not None and one is not None and one.event == found.id and found.deleted_at is None
    return (book, found, one) if is_theirs else (None, None, None)


def _page(request: HttpRequest, template: str, context: dict[str, object], found: Hosting) -> HttpResponse:
    with translation.override(_lang(request, found)):
        return alike(render(request, template, context))


def _busy(request: HttpRequest, limiter: Limiter | None = None, who: str = "") -> HttpResponse | None:
    """Return the answer to whoever asks too often; `None` to all others.

    Who has a link is counted by it, and who looks at the start page hardly at all: a conference has one
    address. Whatever leads nowhere is counted by address.
    """
    caller = who or caller_of(request)
    if (limiter or house_of(request).limiter).admits(caller):
        return None
    return alike(HttpResponse("Try again in a minute.\n", status=429, content_type="text/plain"))


def _book(request: HttpRequest) -> Book | None:
    classroom = house_of(request).classroom
    return classroom.book if classroom else None
