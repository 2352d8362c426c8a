"""The page of one person: what is shared, month by month, with every number open, and the owner's word."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from anlass.desk.people.circle import closeness_of
from anlass.desk.people.persons import say_apart, say_same
from anlass.desk.people.portrait import portrait
from anlass.desk.people.register import Order, register
from anlass.desk.people.voice_of_persons import close_says
from anlass.errors import NotFound
from anlass.people import is_relay
from anlass.web.cards.grants import beside
from anlass.web.cards.vouched import vouching_beside
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of
from anlass.web.frame.memory import act, asked_name, book_of, told
from anlass.web.gate.private import privacy
from anlass.web.people.blocking import block_beside, freeing
from anlass.web.people.months import drawing

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from anlass.people import Person
    from anlass.store.book import Book

_LONGEST = 200
"""Encounters that are listed behind one number; the newest are shown."""
_CANDIDATES = 8
"""Persons who are shown for one name."""


@require_safe
def person(request: HttpRequest, person_id: str) -> HttpResponse:
    """Show one person, by id."""
    book = book_of(request)
    found = book.person(person_id)
    if found is None:
        raise Http404
    return _shown(request, book, found)


@require_safe
def person_of_case(request: HttpRequest, case_id: str) -> HttpResponse:
    """Show the person who asks in a case."""
    book = book_of(request)
    try:
        case = book.case(case_id).case
    except NotFound as missing:
        raise Http404 from missing
    return _shown(request, book, book.person(case.person.id) or case.person)


@require_POST
def same(request: HttpRequest, person_id: str) -> HttpResponse:
    """Hear that this person and another are one."""
    other, back = asked_name(request.POST.get("other")), reverse("person", args=[person_id])
    book, now, lang = book_of(request), house_of(request).now(), lang_of()
    return act(request, back, lambda: say_same(book, person_id, other, now=now, lang=lang))


@require_POST
def apart(request: HttpRequest, person_id: str) -> HttpResponse:
    """Hear that an address of this person is somebody else's."""
    address, back = asked_name(request.POST.get("address")), reverse("person", args=[person_id])
    book, now, lang = book_of(request), house_of(request).now(), lang_of()
    apart = partial(say_apart, book, person_id, [address], now=now, lang=lang)
    return act(request, back, lambda: freeing(request, apart))


def _shown(request: HttpRequest, book: Book, somebody: Person) -> HttpResponse:
    now, lang = house_of(request).now(), lang_of()
    shown = portrait(book, somebody, now=now, lang=lang)
    numbers = [
        (number, number.pieces[:_LONGEST], max(0, len(number.pieces) - _LONGEST)) for number in shown.numbers
    ]
    close, search = closeness_of(book, somebody, shown.tie, at=now), asked_name(request.GET.get("q"))
    context = {
        "portrait": shown,
        "numbers": numbers,
        "drawing": drawing(shown.months, lang) if shown.months else None,
        "is_known": book.person(somebody.id) is not None,
        **(privacy(request, person=somebody.id) if book.person(somebody.id) else {}),
        "is_in": close.is_in,
        "close_says": close_says(close, now, lang, alone=True) if close.is_in or close.word else "",
        "search": search,
        "candidates": _candidates(book, somebody, search, now) if search else (),
        **beside(request, book, somebody),
        **vouching_beside(request, book, somebody),
        **block_beside(request, book, somebody),
        **told(request),
    }
    return render(request, "anlass/person.html", context)


def _candidates(book: Book, somebody: Person, search: str, now: datetime) -> tuple[Person, ...]:
    """Return the others who bear a name or an address; an address that a network lends is nobody's own."""
    found = register(book, now=now, lang=lang_of(), order=Order.NAME, search=search)
    others = (line.person for line in found.lines if line.person.id != somebody.id)
    own = [one for one in others if not any(map(is_relay, one.addresses))]
    return tuple(own[:_CANDIDATES])
