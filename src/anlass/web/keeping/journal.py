"""The journal: what the house did and what the owner did, by person, case and act, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from anlass.desk.house import journal as desk
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of
from anlass.web.frame.memory import book_of, page_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """Show a page of the journal."""
    act, about = request.GET.get("act", "")[:40], request.GET.get("about", "")[:40]
    sheet = desk.journal(
        book_of(request),
        act=act,
        about=about,
        page=page_of(request),
        now=house_of(request).now(),
        lang=lang_of(),
    )
    kept = {key: value for key, value in (("act", act), ("about", about)) if value}
    name = next((line.name for line in sheet.lines if line.about == about and line.name), about)
    context = {
        "sheet": sheet,
        "act": act,
        "about": about,
        "name": name,
        "newer": _address({**kept, "page": str(sheet.page - 1)}) if sheet.page > 1 else "",
        "older": _address({**kept, "page": str(sheet.page + 1)}) if sheet.has_older else "",
    }
    return render(request, "anlass/journal.html", context)


def _address(query: dict[str, str]) -> str:
    return f"{reverse('journal')}?{urlencode(query)}"
