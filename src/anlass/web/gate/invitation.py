"""The page behind the link of an invitation: who asks you in, and the button that takes the key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from anlass.desk.house.keys import accept, invitation_behind
from anlass.web.frame.house import houses_of
from anlass.web.frame.public import caller_of
from anlass.web.gate.enter import let_in, site_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the invitation; looking at it takes nothing, as programs that look into mails do that too."""
    site, houses = site_of(request), houses_of(request)
    if not site.admits_from(caller_of(request)) or houses is None:
        return render(request, "anlass/invitation.html", {"trouble": "often"}, status=429)
    found = invitation_behind(site.gate, secret, now=site.now())
    if found is None:
        return render(request, "anlass/invitation.html", {"trouble": "over"}, status=404)
    book = houses.book_of(found.owner)
    if request.method != "POST":
        settings = houses.of(found.owner).settings
        context = {"invitation": found, "by": settings.owner.name if settings else ""}
        return render(request, "anlass/invitation.html", context)
    keyholder = accept(book, found, now=site.now())
    if keyholder is None:
        return render(request, "anlass/invitation.html", {"trouble": "over"}, status=404)
    return let_in(request, site, keyholder, "invitation")
