"""What stands before every page: the threshold, which asks for the key, and a private house's headers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from anlass.web.api.paths import has_own_lock
from anlass.web.card import closed, is_public
from anlass.web.door_house import is_at_home, leads_to_a_door
from anlass.web.house import house_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

DEVICES = "camera=({camera}), geolocation=(), microphone=(), payment=(), usb=()"
"""Which devices a page may use: none, but for the camera where a page says so."""
Respond = Callable[["HttpRequest"], "HttpResponse"]


class Threshold:
    """Lets in whoever brings the token once, and from then on their browser; nobody else.

    Before it lie the pages of cards and doors, and what programs open by a token: they ask for no key, read
    no session and leave no cookie.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the page, with the clean address after the token was taken, or with 403."""
        path = request.path_info
        if is_public(path) or has_own_lock(path) or leads_to_a_door(request):
            return self.get_response(request)
        if not is_at_home(request):
            return closed(request)
        token = request.GET.get("token")
        if token is not None and request.method == "GET" and house_of(request).key.opens(token):
            request.session.flush()
            request.session["is_owner"] = True
        if not request.session.get("is_owner"):
            return render(request, "anlass/outside.html", status=403)
        if token is not None:
            return HttpResponseRedirect(_clean_address(request))
        return self.get_response(request)


class PrivateHouse:
    """Says on every answer: keep nothing, use no device, be embedded nowhere."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers that neither Django nor its companions set."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")  # styles and fonts bring their own
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        # one page brings its own: the one that scans cards (`web/events.py`)
        response.headers.setdefault("Permissions-Policy", DEVICES.format(camera=""))
        return response


def _clean_address(request: HttpRequest) -> str:
    """Return the address without the token; never one of another host."""
    query = request.GET.copy()
    del query["token"]
    address = request.path + (f"?{query.urlencode()}" if query else "")
    return address if url_has_allowed_host_and_scheme(address, allowed_hosts=None) else "/"
