"""The page on which the owner lets the house forget one person: what goes is seen before it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from anlass.desk.safekeeping.erasing import erase, would_erase
from anlass.desk.safekeeping.voice_of_erasing import going_says, proof_says, staying_says
from anlass.errors import Refused
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of
from anlass.web.frame.memory import book_of, tell
from anlass.web.frame.refusals import why

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
def forget_person(request: HttpRequest, person_id: str) -> HttpResponse:
    """Show what would go, and let it go once the owner agreed."""
    book, house, lang = book_of(request), house_of(request), lang_of()
    person, settings = book.person(person_id), house.settings
    if person is None or settings is None:
        raise Http404
    try:
        if request.method == "POST" and request.POST.get("agreed") == "yes":
            gone = erase(book, settings, person, now=house.now())
            tell(request, proof_says(gone, lang))
            return HttpResponseRedirect(reverse("people"))
        seen = would_erase(book, settings, person)
    except Refused as refused:
        tell(request, why(refused))
        return HttpResponseRedirect(reverse("person", args=[person_id]))
    context = {
        "person": person,
        "going": going_says(seen.counts, lang),
        "staying": staying_says(seen, lang),
        "is_asked": request.method == "POST",
    }
    return render(request, "anlass/forget.html", context, status=422 if request.method == "POST" else 200)
