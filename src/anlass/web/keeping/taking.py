"""The page to take everything with you: ask for it, fetch it, throw it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse, Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from anlass.channels.mail.secrets import Secrets, system_ring
from anlass.desk.safekeeping.packing import ask, is_asked, packed, throw_away
from anlass.web.frame.house import house_of, houses_of
from anlass.web.frame.memory import home_of, told

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest) -> HttpResponseBase:
    """Show what is packed, and take the wish for it."""
    home = home_of(request)
    if request.method == "POST":
        if request.POST.get("take") == "away":
            throw_away(home.settings)
        else:
            ring = None if houses_of(request) is not None else system_ring()
            ask(home, Secrets(home.settings.data, ring), now=house_of(request).now())
        return HttpResponseRedirect(reverse("take"))
    ready = packed(home.settings)
    context = {
        "is_asked": is_asked(home.settings),
        "ready": ready.stat().st_mtime if ready else None,
        "size": ready.stat().st_size if ready else 0,
        **told(request),
    }
    return render(request, "anlass/take.html", context)


@require_safe
def taken(request: HttpRequest) -> HttpResponseBase:
    """Hand over what is packed."""
    ready = packed(home_of(request).settings)
    if ready is None:
        raise Http404
    return FileResponse(ready.open("rb"), as_attachment=True, filename=ready.name)
