"""A mailing on the owner's pages, and the public page on which its readers end all mailings.

The public page asks for no key, sets no cookie and looks nobody up: the link is signed, a press of the button
(or of the one in a mail program, RFC 8058) ends it, and every link gets the same answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from anlass.desk.cards.own import cards_of
from anlass.desk.gatherings import mailing as desk
from anlass.desk.gatherings.stopping import is_of_ours, stop_by_link
from anlass.desk.gatherings.voice import SORTS
from anlass.errors import NotFound, UserError
from anlass.outreach.event import Event, Sort
from anlass.outreach.mailing import UNDO, request_of
from anlass.store.outgoing.outbox import OutboxState
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of
from anlass.web.frame.memory import book_of
from anlass.web.frame.public import alike, caller_of
from anlass.web.frame.refusals import to_do, why
from anlass.web.frame.telling import tell, told

if TYPE_CHECKING:
    from django.http import HttpRequest

_UNSORTED = "unsorted"
_LONGEST = 20_000


@require_http_methods(["GET", "HEAD", "POST"])
def mailing(request: HttpRequest, event_id: str) -> HttpResponse:
    """Show the words and whom they go to, letter by letter; release them, or take them back."""
    book, house, given = book_of(request), house_of(request), request.POST
    try:
        event = book.events.find(event_id)
    except NotFound as missing:
        raise Http404 from missing
    if house.writer is None:
        raise Http404
    wish = _wish(request)
    act = given.get("do", "")
    if act in {"send", "take-back"}:
        return _done(request, event, wish, act)
    return _shown(request, event, wish)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, link: str) -> HttpResponse:
    """End mailings by a press; a link that is none gets the same pages."""
    house = house_of(request)
    book = house.classroom.book if house.classroom else None
    # mailbox providers press for many of their readers from one address: what is signed is not counted
    if not (book and is_of_ours(book, link)) and not house.limiter.admits(caller_of(request)):
        return alike(HttpResponse("Try again in a minute.\n", status=429, content_type="text/plain"))
    if request.method == "POST" and book is not None:
        stop_by_link(book, link, now=house.now())
    is_done = request.method == "POST"
    return alike(render(request, "anlass/stop.html", {"is_done": is_done, "here": request.path}))


def _shown(request: HttpRequest, event: Event, wish: desk.Wish) -> HttpResponse:
    book, house, lang = book_of(request), house_of(request), lang_of()
    cards, writer = cards_of(book), house.writer
    refused, letters = "", []
    try:
        letters = list(desk.preview(book, event, writer, wish)) if writer else []
    except UserError as wrong:
        refused = f"{why(wrong)} {to_do(wrong)}".strip()
    words = desk.wording_of(cards, event, writer, wish) if cards and writer else None
    boxed = book.outbox.of_request(request_of(event.id))
    context = {
        "event": event,
        "refused": refused,
        "letters": letters,
        "new": sum(not one.is_there for one in letters),
        "words": words,
        "cards": cards,
        "wish": wish,
        "sorts": [(_name(one), _says(one), one in wish.sorts) for one in (*_given(), None)],
        "waiting": sum(one.state is OutboxState.WAITING for one in boxed),
        "just_done": told(request),
        "minutes": int(UNDO.total_seconds() // 60),
        "lang": lang,
    }
    return render(request, "anlass/mailing.html", context)


def _done(request: HttpRequest, event: Event, wish: desk.Wish, act: str) -> HttpResponse:
    book, house = book_of(request), house_of(request)
    try:
        if act == "take-back":
            count = desk.take_back(book, event, now=house.now())
            says = ngettext("One letter taken back.", "%(count)s letters taken back.", count) % {
                "count": count
            }
        elif house.writer is not None:
            count = len(desk.send(book, event, house.writer, wish, now=house.now()))
            says = ngettext(
                "One letter released. It leaves in ten minutes.",
                "%(count)s letters released. The first leaves in ten minutes, the others one by one.",
                count,
            ) % {"count": count}
        tell(request, says=says)
    except UserError as refused:
        tell(request, refused=why(refused))
    return HttpResponseRedirect(reverse("event-mailing", args=[event.id]))


def _wish(request: HttpRequest) -> desk.Wish:
    given = request.POST
    if request.method != "POST":
        return desk.Wish()
    chosen = {one for one in (*_given(), None) if _name(one) in given.getlist("sort")}
    return desk.Wish(
        frozenset(chosen),
        given.get("subject", "")[:_LONGEST],
        given.get("text", "")[:_LONGEST],
        card=given.get("card", ""),
        tier=given.get("tier", ""),
    )


def _given() -> tuple[Sort, ...]:
    return tuple(one for one in Sort if one is not Sort.NOT_MET)


def _name(sort: Sort | None) -> str:
    return sort.value if sort else _UNSORTED


def _says(sort: Sort | None) -> str:
    return SORTS[lang_of()][sort] if sort else _("not sorted yet")
