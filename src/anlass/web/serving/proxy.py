"""Behind a proxy: who called, and whether by TLS, is what a proxy that was named says, and nobody else.

Without one the caller is whoever opened the connection, whatever their headers say.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings

from anlass.wires.callers import caller, is_within, networks_in

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class BehindProxy:
    """Writes down the caller and the scheme as they are outside."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the page."""
        trusted, remote = settings.ANLASS_PROXIES, request.META.get("REMOTE_ADDR", "")
        if is_within(remote, networks_in(trusted)):
            request.META["REMOTE_ADDR"] = caller(
                remote, request.META.get("HTTP_X_FORWARDED_FOR", ""), trusted
            )
            is_shut = request.META.get("HTTP_X_FORWARDED_PROTO", "").strip().lower() == "https"
            request.META["wsgi.url_scheme"] = "https" if is_shut else "http"
        return self.get_response(request)
