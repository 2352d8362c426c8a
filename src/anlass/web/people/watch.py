"""The page of the watch list: whom the owner keeps in mind, why, since when and until when, and who woke."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from anlass.desk.people.standing import say_standing, stands
from anlass.desk.people.voice_of_standing import standing_says, watch_says
from anlass.desk.people.watch_list import put_on, take_off, watch_list
from anlass.errors import Refused
from anlass.people import Standing
from anlass.web.frame.days import NOON, day_of
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of
from anlass.web.frame.memory import book_of, paged
from anlass.web.frame.telling import done, told
from anlass.web.gate.entrance import is_the_owner

if TYPE_CHECKING:
    from django.http import HttpRequest

_LONGEST, _AT_ONCE = 320, 100


@require_safe
def watch(request: HttpRequest) -> HttpResponse:
    """Show a page of those on the list, those first who woke."""
    now, lang = house_of(request).now(), lang_of()
    listed = sorted(watch_list(book_of(request), at=now), key=lambda one: one.wake is None)
    shown, page, pages = paged(request, listed, _AT_ONCE)
    found = [(one, watch_says(one, now, lang)) for one in shown]
    context = {
        "page": page,
        "pages": pages,
        "woken": [one for one in found if one[0].wake is not None],
        "asleep": [one for one in found if one[0].wake is None],
        "just_done": told(request),
    }
    return render(request, "anlass/watch.html", context)


@require_POST
def put(request: HttpRequest) -> HttpResponse:
    """Put somebody on the list, or take somebody off it."""
    book, now, given = book_of(request), house_of(request).now(), request.POST
    who, why = given.get("who", "")[:_LONGEST], " ".join(given.get("why", "").split())[:_LONGEST]

    def act() -> str:
        if given.get("put") == "off":
            return _("%(name)s is no longer on the watch list.") % {"name": take_off(book, who, now=now).name}
        until = day_of(given.get("until", ""), now, NOON)
        return watch_says(put_on(book, who, why=why, until=until, now=now), now, lang_of())

    back = reverse("person", args=[given["back"]]) if given.get("back", "").isalnum() else reverse("watch")
    return done(request, back, act)


@require_POST
def standing(request: HttpRequest, person_id: str) -> HttpResponse:
    """Hear what a person is to the owner."""
    book, now = book_of(request), house_of(request).now()
    why = " ".join(request.POST.get("why", "").split())[:_LONGEST]

    def act() -> str:
        said = Standing(request.POST.get("standing", ""))
        person = book.person(person_id)
        held = stands(book, person, at=now).standing if person else said
        if Standing.VOUCHED_FOR in {said, held} and not is_the_owner(request):
            raise Refused(_("Nobody but the owner vouches for somebody."))
        return standing_says(say_standing(book, person_id, said, why=why, now=now), now, lang_of())

    return done(request, reverse("person", args=[person_id]), act)
