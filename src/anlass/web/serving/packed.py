"""Styles and scripts go out packed. Pages never do: how long a packed page is tells of its words (BREACH)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.middleware.gzip import GZipMiddleware

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

_WORTH_IT = ("text/css", "text/javascript", "application/javascript", "image/svg+xml")


class Packed(GZipMiddleware):
    """Packs what the house serves as files and everybody gets alike."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Pack a file of text; leave all else as it is."""
        kind = response.get("Content-Type", "").partition(";")[0]
        if not request.path_info.startswith("/static/") or kind not in _WORTH_IT:
            return response
        return super().process_response(request, response)
