"""The owner lets the answer to a case go, as drafted or reworded, and takes it back; and holds everything.

What was refused is told once, on the page that follows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from anlass.desk.cases.version import Overtaken, unless_overtaken
from anlass.desk.decisions.answers import reword as keep_words
from anlass.desk.outgoing import outbox as desk
from anlass.desk.outgoing.sheet import NOTHING, Posting, outbox_sheet, postings
from anlass.errors import NotFound, Refused
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of
from anlass.web.frame.refusals import why

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from anlass.store.book import Book
    from anlass.web.frame.house import House

_REFUSED = "not_sent"
"""Where the session keeps why a letter did not go, and of which case."""


@require_POST
def release(request: HttpRequest, case_id: str) -> HttpResponse:
    """Let the letter on the page go: the draft, or what the owner made of it.

    Where somebody gave it other words meanwhile, or another meaning, it stays; what was typed is kept.
    """
    house = house_of(request)
    own = request.POST.get("text")
    words = None if own is None else desk.Words(own, request.POST.get("subject"))
    writer, room = house.writer, house.classroom
    if writer is None or room is None or not house.may_send:
        raise Http404
    now, lang, templates = house.now(), lang_of(), room.wits().templates

    def act(book: Book) -> object:
        try:
            with book.outbox.alone():
                unless_overtaken(book, case_id, request.POST.get("seen"), lang)
                return desk.release(
                    book, writer, case_id, now=now, lang=lang, words=words, templates=templates
                )
        except Overtaken:
            if words is not None:
                keep_words(book, templates, case_id, desk.wording_of(words, lang), now=now)
            raise

    return done_here(request, case_id, act)


@require_POST
def reword(request: HttpRequest, case_id: str) -> HttpResponse:
    """Keep the owner's words for the letter without letting it go, or go back to the house's."""
    house = house_of(request)
    room, now, lang = house.classroom, house.now(), lang_of()
    if room is None:
        raise Http404
    templates = room.wits().templates
    back = request.POST.get("back_to") == "draft"

    def act(book: Book) -> object:
        said = desk.Words(request.POST.get("text", ""), request.POST.get("subject"))
        wording = None if back else desk.wording_of(said, lang)
        return keep_words(book, templates, case_id, wording, now=now)

    return done_here(request, case_id, act)


@require_POST
def cancel(request: HttpRequest, case_id: str) -> HttpResponse:
    """Take the letter of a case back."""
    now = house_of(request).now()
    return done_here(request, case_id, lambda book: desk.cancel(book, case_id, now=now, lang=lang_of()))


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Show the letters that are to leave, what left last, and what holds them."""
    house = house_of(request)
    room = house.classroom
    sheet = outbox_sheet(room.book, now=house.now(), lang=lang_of()) if room else NOTHING
    return render(request, "anlass/outbox.html", {"outbox": sheet, "can_hold": room and house.writer})


@require_POST
def hold(request: HttpRequest) -> HttpResponse:
    """Let nothing leave, or let it leave again."""
    house = house_of(request)
    act = desk.resume if request.POST.get("hold") == "no" else desk.pause
    act(_book(house), now=house.now())
    return HttpResponseRedirect(reverse("outbox"))


def letters_here(request: HttpRequest, case_id: str) -> dict[str, object]:
    """What the page of a case needs of its letters; nothing where the pages only show."""
    house = house_of(request)
    if house.classroom is None or house.writer is None:
        return {}
    told = request.session.get(_REFUSED)
    is_here = isinstance(told, list) and len(told) == 2 and told[0] == case_id
    here: tuple[Posting, ...] = postings(house.classroom.book, case_id, now=house.now(), lang=lang_of())
    return {
        "can_release": True,
        "may_send": house.may_send,
        "postings": here,
        "not_sent": request.session.pop(_REFUSED)[1] if is_here else "",
        "longest_letter": desk.LONGEST,
    }


def done_here(request: HttpRequest, case_id: str, act: Callable[[Book], object]) -> HttpResponse:
    """Do it, remember what to tell, and show the case again."""
    try:
        act(_book(house_of(request)))
    except Refused as refused:
        request.session[_REFUSED] = [case_id, why(refused)]
    except NotFound as missing:
        raise Http404 from missing
    return HttpResponseRedirect(reverse("case", args=[case_id]) + "#draft")


def _book(house: House) -> Book:
    if house.classroom is None or house.writer is None:
        raise Http404
    return house.classroom.book
