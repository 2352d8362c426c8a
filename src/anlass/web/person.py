"""The page of one person: what is shared, month by month, with every number open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from anlass.desk.portrait import portrait
from anlass.errors import NotFound
from anlass.web.grants import beside
from anlass.web.house import house_of
from anlass.web.months import drawing
from anlass.web.teaching import lang_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from anlass.people import Person
    from anlass.store.book import Book

_LONGEST = 200
"""Encounters that are listed behind one number; the newest are shown."""


@require_safe
def person(request: HttpRequest, person_id: str) -> HttpResponse:
    """Show one person, by id."""
    book = _book(request)
    found = book.person(person_id)
    if found is None:
        raise Http404
    return _shown(request, book, found)


@require_safe
def person_of_case(request: HttpRequest, case_id: str) -> HttpResponse:
    """Show the person who asks in a case."""
    book = _book(request)
    try:
        case = book.case(case_id).case
    except NotFound as missing:
        raise Http404 from missing
    return _shown(request, book, book.person(case.person.id) or case.person)


def _book(request: HttpRequest) -> Book:
    """Return the memory behind the pages; where they only show cases, no person is here."""
    classroom = house_of(request).classroom
    if classroom is None:
        raise Http404
    return classroom.book


def _shown(request: HttpRequest, book: Book, somebody: Person) -> HttpResponse:
    now, lang = house_of(request).now(), lang_of()
    shown = portrait(book, somebody, now=now, lang=lang)
    numbers = [
        (number, number.pieces[:_LONGEST], max(0, len(number.pieces) - _LONGEST)) for number in shown.numbers
    ]
    context = {
        "portrait": shown,
        "numbers": numbers,
        "drawing": drawing(shown.months, lang) if shown.months else None,
        **beside(request, book, somebody),
    }
    return render(request, "anlass/person.html", context)
