"""The page of a sealed note: closed, gone, forged and not opened yet look alike, byte for byte.

The note shows after a button is pressed, so that no program that follows links in letters opens it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from anlass.desk.outgoing.noting import note_behind
from anlass.web.frame.house import house_of
from anlass.web.frame.public import alike, caller_of

if TYPE_CHECKING:
    from django.http import HttpRequest


@csrf_exempt  # no cookie speaks for anybody: who knows the link is who may ask
@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, link: str) -> HttpResponse:
    """Offer to open the note, open it, or give the one answer for all that shows nothing."""
    house = house_of(request)
    if not house.limiter.admits(caller_of(request)):
        return alike(HttpResponse("Try again in a minute.\n", status=429, content_type="text/plain"))
    text = note_behind(house.classroom.book, link, at=house.now()) if house.classroom else None
    if text is None:
        return alike(render(request, "anlass/note.html", {"is_closed": True}, status=404))
    shown = {"text": text if request.method == "POST" else ""}
    return alike(render(request, "anlass/note.html", shown))
