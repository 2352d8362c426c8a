"""The log-in: an address, and the code that comes by mail. It tells nobody whether an address is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from anlass.desk.house.courier import GateLetter
from anlass.desk.house.entering import ask_code, begin, enter_with_code, leave
from anlass.desk.house.preferences import preferences
from anlass.desk.house.voice_of_gate import change_letter, code_letter
from anlass.store.gate.keys import Role
from anlass.web.frame.house import houses_of
from anlass.web.frame.language import lang_of
from anlass.web.frame.public import caller_of
from anlass.web.gate.entrance import VISIT, inside_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from anlass.store.gate.keys import Keyholder
    from anlass.web.frame.site import Site

_ATTEMPT, _NEXT = "attempt", "next"
_LONGEST = 320


def site_of(request: HttpRequest) -> Site:
    """Return the server; a house that a key opens is on none, and has none of these pages."""
    houses = houses_of(request)
    if houses is None or houses.site is None:
        raise Http404
    return houses.site


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for the address, and send a code to whoever is known by it."""
    site = site_of(request)
    if request.method != "POST":
        if inside_of(request) is not None:
            return HttpResponseRedirect(reverse("inbox"))
        return _asks(request, site)
    address = request.POST.get("address", "").strip()[:_LONGEST]
    if not site.admits(address, caller_of(request)):
        return _asks(request, site, trouble="often", status=429)
    asked = ask_code(site.gate, address, now=site.now())
    subject, text = code_letter(asked.code, site.name, lang_of())
    site.courier.take(GateLetter(asked.to, subject, text))
    request.session[_ATTEMPT] = asked.attempt
    request.session[_NEXT] = request.POST.get("next", "")[:_LONGEST]
    return HttpResponseRedirect(reverse("enter-code"))


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Take the code, and open."""
    site = site_of(request)
    attempt = request.session.get(_ATTEMPT)
    if not isinstance(attempt, str):
        return HttpResponseRedirect(reverse("enter"))
    if request.method != "POST":
        return render(request, "anlass/enter_code.html")
    if not site.admits_from(caller_of(request)):
        return render(request, "anlass/enter_code.html", {"trouble": "often"}, status=429)
    keyholder = enter_with_code(site.gate, attempt, request.POST.get("code", "")[:40], now=site.now())
    if keyholder is None:
        return render(request, "anlass/enter_code.html", {"trouble": "code"}, status=403)
    return let_in(request, site, keyholder, "code")


def let_in(request: HttpRequest, site: Site, keyholder: Keyholder, how: str) -> HttpResponse:
    """Begin a visit in this browser, with everything of the session new, and go where they wanted to go."""
    wanted = str(request.session.get(_NEXT, ""))
    before = request.session.get(VISIT)
    if isinstance(before, str):
        leave(site.gate, before)
    secret = begin(site.gate, keyholder, how, device_of(request), now=site.now())
    request.session.flush()
    request.session[VISIT] = secret
    own = next((owner for owner, role in (keyholder.keys or {}).items() if role is Role.OWNER), "")
    houses = houses_of(request)
    if own and houses is not None:
        request.session["language"] = preferences(houses.book_of(own)).language
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return HttpResponseRedirect(wanted if is_ours else reverse("inbox"))


@require_POST
def leave_house(request: HttpRequest) -> HttpResponse:
    """End this visit."""
    leave(site_of(request).gate, str(request.session.get(VISIT, "")))
    request.session.flush()
    response = HttpResponseRedirect(reverse("enter"))
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def tell(site: Site, to: str, change: str) -> None:
    """Tell somebody by mail that their way in has changed."""
    site.courier.take(GateLetter(to, *change_letter(change, site.name, lang_of())))


def device_of(request: HttpRequest) -> str:
    """Say in two words what somebody came with, so that they know it again in the list."""
    agent = request.META.get("HTTP_USER_AGENT", "")
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return ", ".join(part for part in (browser, system) if part)


_BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"),
             ("Safari/", "Safari"))  # fmt: skip
_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
            ("Mac OS", "macOS"), ("Linux", "Linux"))  # fmt: skip


def _asks(request: HttpRequest, site: Site, trouble: str = "", status: int = 200) -> HttpResponse:
    wanted = request.POST.get("next", request.GET.get("next", ""))[:_LONGEST]
    context = {"trouble": trouble, "next": wanted, "place": site.name, "by": site.server.oidc_name}
    return render(request, "anlass/enter.html", context, status=status)
