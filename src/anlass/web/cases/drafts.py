"""The page on which the owner sees a draft of their own from the other side; it keeps and sends nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from anlass.desk.outgoing.linting import DraftText, draft_in, look_over
from anlass.desk.people.shared import shared_with
from anlass.litmus.shipped import load_panel
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of
from anlass.web.frame.memory import book_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_LONGEST, _LONGEST_LINE = 20_000, 320


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest) -> HttpResponse:
    """Show the form, and below it how the draft reads; the words come back as they were written."""
    book, house, given = book_of(request), house_of(request), request.POST
    text, to = given.get("text", "")[:_LONGEST], given.get("to", "")[:_LONGEST_LINE].strip()
    written = draft_in(text.encode("utf-8", "replace")) if text.strip() else DraftText(text)
    receiver = to or written.to
    context: dict[str, object] = {"text": text, "to": to, "view": None}
    if request.method == "POST":
        shared = shared_with(book, receiver, at=house.now()) if receiver else None
        writer = house.settings.owner.name if house.settings else ""
        named = DraftText(written.text, written.subject, receiver, written.first_line)
        context["view"] = look_over(load_panel(), named, writer=writer, lang=lang_of(), shared=shared)
    return render(request, "anlass/draft.html", context)
