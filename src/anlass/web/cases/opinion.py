"""The owner asks for a second opinion on the page of a case.

Why there is none is told once, on the page that follows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from anlass.desk.requests.voice_of_opinion import silence_says
from anlass.errors import NotFound
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_SILENT = "silent"
"""Where the session keeps why there was no opinion, and on which case."""


@require_POST
def second_opinion(request: HttpRequest, case_id: str) -> HttpResponse:
    """Send the words of this letter to the model that the owner named, and show the case again."""
    house = house_of(request)
    if house.second_reader is None:
        raise Http404
    try:
        opinion = house.second_reader.read(case_id, house.now())
    except NotFound as missing:
        raise Http404 from missing
    if opinion.silence:
        request.session[_SILENT] = [case_id, silence_says(opinion, lang_of())]
    return HttpResponseRedirect(reverse("case", args=[case_id]) + "#opinion")


def opinion_here(request: HttpRequest, case_id: str) -> dict[str, object]:
    """What the page of a case needs to ask: who would read, and why there was no opinion just now."""
    told = request.session.get(_SILENT)
    is_here = isinstance(told, list) and len(told) == 2 and told[0] == case_id
    silent = request.session.pop(_SILENT)[1] if is_here else ""
    return {"second_reader": house_of(request).second_reader, "silent": silent}
