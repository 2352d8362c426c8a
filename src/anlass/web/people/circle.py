"""The page of the inner circle: who is never screened, why, and the owner's word on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from anlass.desk.people.circle import Close, inner_circle, put
from anlass.desk.people.register import folded
from anlass.desk.people.voice_of_persons import close_says
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of
from anlass.web.frame.memory import act, asked_name, back_of, book_of, told

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def circle(request: HttpRequest) -> HttpResponse:
    """Show who is in by evidence, who by the owner's word, and who was taken out."""
    now, lang = house_of(request).now(), lang_of()
    found = sorted(inner_circle(book_of(request), at=now), key=lambda one: folded(one.person.name))

    def said(*, is_in: bool, by_word: bool) -> list[tuple[Close, str]]:
        chosen = (one for one in found if one.is_in is is_in and (one.word is not None) is by_word)
        return [(one, close_says(one, now, lang)) for one in chosen]

    context = {
        "by_evidence": said(is_in=True, by_word=False),
        "by_word": said(is_in=True, by_word=True),
        "taken_out": said(is_in=False, by_word=True),
        **told(request),
    }
    return render(request, "anlass/circle.html", context)


@require_POST
def put_in_or_out(request: HttpRequest) -> HttpResponse:
    """Hear that somebody belongs to the inner circle, or does not."""
    who, is_in = asked_name(request.POST.get("who")), request.POST.get("put") != "out"
    book, now, lang = book_of(request), house_of(request).now(), lang_of()
    back = back_of(request, reverse("circle"))
    return act(request, back, lambda: put(book, who, is_in=is_in, now=now, lang=lang))
