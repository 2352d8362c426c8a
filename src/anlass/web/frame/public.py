"""What pages for strangers have in common: who asks, by which name, and one answer for all that is closed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.shortcuts import render

from anlass.desk.cards.granting import PATH
from anlass.desk.cards.vouchers import WELL_KNOWN
from anlass.desk.cards.vouching import PATH as NAMES
from anlass.desk.gatherings.hosting import PATH as HOST
from anlass.desk.gatherings.stopping import PATH as STOP
from anlass.desk.outgoing.noting import PATH as NOTES
from anlass.desk.wishes.hosting import PATH as WISHES
from anlass.wires.callers import counted

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

HOME = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?")
"""The names under which the owner's own pages can be had."""
_BROUGHT = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_X_FORWARDED_HOST", "HTTP_VIA")
"""What proxies add, by one name or another; whoever asks at this machine sends none of it."""
DEVICES = "camera=({camera}), geolocation=(), microphone=(), payment=(), usb=()"
"""Which devices a page may use: none, but for the camera where a page says so."""
_HEADERS = {
    "Cache-Control": "private, no-store, no-transform, max-age=0",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive, noimageindex",
    "Vary": "Accept-Language",
}


def is_at_home(request: HttpRequest) -> bool:
    """Tell whether the house was asked for by a name of this machine; by another it has public pages only."""
    return HOME.fullmatch(request.get_host()) is not None


def comes_from_here(request: HttpRequest) -> bool:
    """Tell whether somebody at this machine asks, by a name of it and not brought by a proxy.

    A page elsewhere whose name was turned to this machine asks under that name still; a proxy that was set
    up badly names no caller in the one field, and does in another.
    """
    is_brought = any(name in request.META for name in _BROUGHT)
    return not is_brought and HOME.fullmatch(request.META.get("HTTP_HOST", "")) is not None


def is_public(path: str) -> bool:
    """Tell whether an address is one of the pages that need no key."""
    return path.startswith((PATH, NAMES, STOP, HOST, WISHES, NOTES)) or path == WELL_KNOWN


def caller_of(request: HttpRequest) -> str:
    """Return who calls, for counting; what trusted proxies say of it is in it (`proxy.py`)."""
    return counted(request.META.get("REMOTE_ADDR", ""))


def closed(request: HttpRequest) -> HttpResponse:
    """Return the one answer for every link that shows nothing."""
    return alike(render(request, "anlass/card_closed.html", status=404))


def alike(response: HttpResponse) -> HttpResponse:
    """Set the headers that every public answer has."""
    for name, value in _HEADERS.items():
        response[name] = value
    return response
