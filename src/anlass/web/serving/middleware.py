"""What stands before every page: the threshold, which asks for the key, and a private house's headers.

On a server of several owners the threshold is the gate (`entrance.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from anlass.desk.house.preferences import preferences
from anlass.errors import NotFound
from anlass.web.door.whose import leads_to_a_door
from anlass.web.frame.house import house_of, houses_of, is_in_a_house
from anlass.web.frame.language import LANGUAGE
from anlass.web.frame.own_locks import has_own_lock
from anlass.web.frame.public import DEVICES, closed, is_at_home, is_public
from anlass.web.gate.entrance import turned_away

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
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
        houses = houses_of(request)
        if houses is not None and houses.site is not None:
            return turned_away(request, houses, houses.site) or self.get_response(request)
        path = request.path_info
        if is_public(path) or has_own_lock(path) or leads_to_a_door(request):
            return self.get_response(request)
        if not is_at_home(request):
            return closed(request)
        token = request.GET.get("token")
        if token is not None and request.method == "GET" and house_of(request).key.opens(token):
            request.session.flush()
            request.session["is_owner"] = True
            _speak_as_chosen(request)
        if not request.session.get("is_owner"):
            return render(request, "anlass/outside.html", status=403)
        if token is not None:
            return HttpResponseRedirect(_clean_address(request))
        return self.get_response(request)


class OfThisHouse:
    """Lets nobody act on a case or a person that this house does not know: such an address does not exist.

    It stands before every page, so that a page that is new needs not think of it. Programs are told in JSON.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the page."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, named: Mapping[str, object]
    ) -> None:
        """Raise `Http404` where a form goes to the address of nothing; what is shown looks for itself."""
        is_asked = request.method in _SAFE or has_own_lock(request.path_info)
        if is_asked or not is_in_a_house(request):
            return
        memory = house_of(request).classroom
        try:
            if "case_id" in named:
                house_of(request).book.case(str(named["case_id"]))
            if "person_id" in named and memory and memory.book.person(str(named["person_id"])) is None:
                raise Http404
        except NotFound as missing:
            raise Http404 from missing


class PrivateHouse:
    """Says on every answer: keep nothing, use no device, be embedded nowhere."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers that neither Django nor its companions set."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")  # styles and fonts bring their own
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["Cross-Origin-Embedder-Policy"] = "require-corp"
        response["X-Permitted-Cross-Domain-Policies"] = "none"
        # one page brings its own: the one that scans cards (`web/gatherings/events.py`)
        response.headers.setdefault("Permissions-Policy", DEVICES.format(camera=""))
        return response


def _speak_as_chosen(request: HttpRequest) -> None:
    """Let the pages speak the language that the owner chose, in this browser too."""
    memory = house_of(request).classroom
    if memory is not None:
        request.session[LANGUAGE] = preferences(memory.book).language


def _clean_address(request: HttpRequest) -> str:
    """Return the address without the token; never one of another host."""
    query = request.GET.copy()
    del query["token"]
    address = request.path + (f"?{query.urlencode()}" if query else "")
    return address if url_has_allowed_host_and_scheme(address, allowed_hosts=None) else "/"
