"""The public list of those the owner could give a reference for, and the page on which somebody agrees to it.

Both stand before the threshold: no key, no cookie, no script. A link shows what its person agreed to and
nothing beside it, not even whether the owner still vouches for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from anlass.desk.cards.own import cards_of
from anlass.desk.cards.vouchers import published
from anlass.desk.cards.vouching import PATH, agree, agreed, asked_behind, public_list, withdraw
from anlass.people.vouching import LONGEST_NAME
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of
from anlass.web.frame.public import alike, caller_of, closed

if TYPE_CHECKING:
    from django.http import HttpRequest

    from anlass.store.book import Book


@require_safe
def names(request: HttpRequest, owner_id: str = "") -> HttpResponse:
    """Show whom the owner could give a reference for; while nobody is named, nothing lies here."""
    book = _book(request, owner_id)
    found = public_list(book, at=house_of(request).now()) if book else ()
    own = cards_of(book) if book else None
    if not found or not _may(request):
        return closed(request)
    with translation.override(lang_of()):
        context = {"names": found, "owner": own.name if own else ""}
        return alike(render(request, "anlass/vouched_names.html", context))


@csrf_exempt  # nobody is logged in here: the link itself is the key, and whoever has it may say so
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, link: str) -> HttpResponse:
    """Ask somebody whether they may be named, and hear what they say; looking says nothing."""
    book, now = _book(request), house_of(request).now()
    person = asked_behind(book, link) if book and _may(request) else None
    if book is None or person is None:
        return closed(request)
    if request.method == "POST":
        if request.POST.get("say") == "yes":
            agree(book, person, request.POST.get("name", "")[: 4 * LONGEST_NAME], now=now)
        elif request.POST.get("say") == "no":
            withdraw(book, person, now=now)
        return alike(HttpResponseRedirect(f"{PATH}{link}"))
    own, name = cards_of(book), agreed(book, person, at=now)
    context = {
        "owner": own.name if own else "",
        "agreed": name,
        "name": name or (person.name if "@" not in person.name else ""),
        "longest": LONGEST_NAME,
        "path": f"{PATH}{link}",
    }
    return alike(render(request, "anlass/vouched_consent.html", context))


@require_safe
def keys(request: HttpRequest, owner_id: str = "") -> HttpResponse:
    """Publish the key that checks the owner's vouchers, and those taken back; it names nobody."""
    book = _book(request, owner_id)
    told = published(book, at=house_of(request).now()) if book and _may(request) else None
    return closed(request) if told is None else alike(JsonResponse(told))


def _book(request: HttpRequest, owner: str = "") -> Book | None:
    """Return the memory of this house; `None` where an address names the owner of another."""
    classroom = house_of(request).classroom
    return classroom.book if classroom and owner in {"", classroom.book.owner} else None


def _may(request: HttpRequest) -> bool:
    return house_of(request).limiter.admits(caller_of(request))
