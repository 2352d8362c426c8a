"""Feeds of open cases behind secret links: for a calendar, for a reader. A wrong link shows nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import activate
from django.views.decorators.http import require_safe

from anlass.desk.programs.feeding import NAME, FeedEntry, calendar, open_cases
from anlass.store.programs.tokens import TokenKind
from anlass.web.api.caller import Caller, caller_by
from anlass.web.api.problems import Problem

if TYPE_CHECKING:
    from django.http import HttpRequest

_KINDS = {"ics": "text/calendar; charset=utf-8", "atom": "application/atom+xml; charset=utf-8"}


@require_safe
def feed(request: HttpRequest, secret: str, form: str) -> HttpResponse:
    """Show the open cases, with details only where the owner wanted them in this feed."""
    try:
        caller = caller_by(request, TokenKind.FEED, secret)
    except Problem:
        return HttpResponse(
            "Too many.\n", status=429, content_type="text/plain", headers={"Retry-After": "60"}
        )
    if caller is None:
        return HttpResponse("Not found.\n", status=404, content_type="text/plain")
    if caller.house.home is not None:
        activate(caller.house.home.lang)  # whoever asks here is a machine: it speaks no language
    entries = open_cases(caller.book, details=bool(caller.token.may), now=caller.now, lang=caller.lang)
    content = (
        _atom(caller, entries) if form == "atom" else calendar(entries, now=caller.now, lang=caller.lang)
    )
    answer = HttpResponse(content, content_type=_KINDS[form])
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _atom(caller: Caller, entries: tuple[FeedEntry, ...]) -> bytes:
    """Return the entries as a feed; nothing in it can be followed, for who reads it may be anywhere."""
    made = Atom1Feed(
        NAME[caller.lang], "urn:anlass:door", "", language=caller.lang, feed_guid="urn:anlass:door"
    )
    for one in entries:
        made.add_item(
            one.title,
            "",
            one.about,
            unique_id=f"urn:anlass:case:{one.case}",
            pubdate=one.when,
            updateddate=one.when,
        )
    return made.writeString("utf-8").encode()
