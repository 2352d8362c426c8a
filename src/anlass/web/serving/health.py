"""For whoever watches over the machine: is this process alive, is it ready, and what are its figures.

It stands before every other page, asks for no host name, no key and no session, and tells outsiders nothing:
`/health/live` and `/health/ready` are one word. Figures are off until anlass.toml turns them on; then
programs of this machine read them, or whoever brings the token.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from hmac import compare_digest
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse

from anlass.store.safekeeping.figures import is_ready
from anlass.web.frame.public import comes_from_here
from anlass.wires.callers import is_within, networks_in

if TYPE_CHECKING:
    from django.http import HttpRequest

LIVE, READY, METRICS = "/health/live", "/health/ready", "/metrics"
_LOOPBACK = networks_in(("127.0.0.0/8", "::1/128"))


class Health:
    """Answers these three addresses, and counts how all others are answered where figures are on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with a word, with figures, or with the page."""
        path = request.path_info
        if path == LIVE:
            return _word(is_well=True)
        if path == READY:
            return _word(is_well=is_ready())
        if not hasattr(settings, "ANLASS_METRICS"):
            return self.get_response(request)
        from anlass.web.serving.metrics import counted, page  # noqa: PLC0415 - few houses show figures

        if path == METRICS:
            return page() if _may_read(request, settings.ANLASS_METRICS) else HttpResponse(status=404)
        began = time.monotonic()
        response = self.get_response(request)
        counted(request, response.status_code, time.monotonic() - began)
        return response


def _word(*, is_well: bool) -> HttpResponse:
    response = HttpResponse(
        "ok\n" if is_well else "not now\n", content_type="text/plain", status=200 if is_well else 503
    )
    response["Cache-Control"] = "no-store"
    return response


def _may_read(request: HttpRequest, token: str) -> bool:
    """Tell whether figures may be read: with the token, or where there is none from this machine itself."""
    if token:
        brought = request.headers.get("Authorization", "")
        return compare_digest(brought.encode("utf-8", "replace"), f"Bearer {token}".encode())
    return is_within(str(request.META.get("REMOTE_ADDR", "")), _LOOPBACK) and comes_from_here(request)
