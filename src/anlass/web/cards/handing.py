"""Handing out cards: links for whoever holds a printed card, a badge or a tag, made and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from anlass.cards import GrantEnd
from anlass.desk.cards.granting import Wanted, given, grant_called, revoke
from anlass.desk.cards.handing_out import LONGEST_NAME, Shape, hand_out, handed_out, in_shape
from anlass.desk.cards.voice import grant_says
from anlass.errors import NotFound, UserError
from anlass.web.frame.days import day_of
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of
from anlass.web.frame.memory import book_of
from anlass.web.frame.refusals import why
from anlass.web.frame.telling import done, tell

if TYPE_CHECKING:
    from django.http import HttpRequest

_LIVE = (GrantEnd.HOLDS, GrantEnd.TO_COME)


@require_POST
def hand(request: HttpRequest) -> HttpResponse:
    """Make a link for whoever holds it, or take one back."""
    book, now, given = book_of(request), house_of(request).now(), request.POST

    def act() -> str | tuple[str, str]:
        if "revoke" in given:
            return grant_says(revoke(book, given["revoke"], now=now), now, lang_of())
        until = day_of(given.get("until", ""), now)
        wanted = Wanted(given.get("card", ""), given.get("tier", ""), None, until)
        made = hand_out(book, given.get("name", ""), wanted, now=now)
        return f"{made.person.name}: {grant_says(made, now, lang_of())}", made.link

    return done(request, reverse("cards") + "#handed", act)


@require_safe
def written(request: HttpRequest, grant: str, shape: str) -> HttpResponse:
    """Hand over a link as a file: code, tag, or a card to print; one that is over has none."""
    book, now = book_of(request), house_of(request).now()
    if shape not in set(Shape):
        raise Http404
    try:
        made = in_shape(book, given(book, grant_called(book, grant), now), Shape(shape), at=now)
    except NotFound as missing:
        raise Http404 from missing
    except UserError as wrong:
        tell(request, refused=why(wrong))
        return HttpResponseRedirect(reverse("cards") + "#handed")
    response = HttpResponse(made.content, content_type=made.kind)
    where = "inline" if made.ending in {"pdf", "svg"} else "attachment"
    response["Content-Disposition"] = f'{where}; filename="card.{made.ending}"'
    return response


def handed_here(request: HttpRequest) -> dict[str, object]:
    """Return what the page of cards shows of what is handed out; that which is over among it."""
    book, now, lang = book_of(request), house_of(request).now(), lang_of()
    return {
        "handed": [(one, grant_says(one, now, lang), one.end in _LIVE) for one in handed_out(book, at=now)],
        "longest_name": LONGEST_NAME,
    }
