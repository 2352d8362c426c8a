"""Behind a proxy: who called, and whether by TLS, is what a proxy that the host named says, and nobody else.

Without one the caller is whoever opened the connection, whatever their headers say.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_LONGEST_WAY = 20


class BehindProxy:
    """Writes down the caller and the scheme as they are outside."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the page."""
        trusted = settings.ANLASS_PROXIES
        if request.META.get("REMOTE_ADDR", "") in trusted:
            way = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-_LONGEST_WAY:]
            callers = [one.strip() for one in way if one.strip() and one.strip() not in trusted]
            if callers:
                request.META["REMOTE_ADDR"] = callers[-1]
            is_shut = request.META.get("HTTP_X_FORWARDED_PROTO", "").strip().lower() == "https"
            request.META["wsgi.url_scheme"] = "https" if is_shut else "http"
        return self.get_response(request)
