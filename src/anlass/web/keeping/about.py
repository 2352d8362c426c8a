"""The owner's pages: each asks the desk for one value and shows it."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from anlass.desk.cases import inbox as desk
from anlass.errors import StoreError
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of

if TYPE_CHECKING:
    from django.http import HttpRequest

LOG = logging.getLogger("anlass.pages")


@require_safe
def set_aside(request: HttpRequest) -> HttpResponse:
    """Show the files that could not be read, with the reason for each."""
    return render(
        request, "anlass/set_aside.html", {"unread": desk.set_aside(house_of(request).book, lang_of())}
    )


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Show what the house does, and what it never does."""
    return render(request, "anlass/about.html")


def not_understood(_request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django names it
    """Answer a request that makes no sense, or that came under a foreign name."""
    return HttpResponse("Bad request.\n", status=400, content_type="text/plain; charset=utf-8")


def not_from_here(_request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django names it
    """Answer a form that was not sent from these pages, or from one that lay open too long."""
    return HttpResponse("Not from here.\n", status=403, content_type="text/plain; charset=utf-8")


def not_here(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django names it
    """Answer for an address where nothing lies."""
    return render(request, "anlass/not_here.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer when the house itself failed; where its memory cannot be had now, that is said and no more."""
    error = sys.exception()
    if isinstance(error, StoreError) and error.temporary:
        LOG.warning("the memory cannot be used (%s)", type(error.__cause__).__name__)
        response = render(request, "anlass/later.html", status=503)
        response["Retry-After"] = "30"
        return response
    return render(request, "anlass/broken.html", status=500)
