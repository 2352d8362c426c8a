"""The public page of a card: the only page, beside the door itself, that somebody without a key can see.

A link that is over, was taken back, never was or makes no sense gets one answer, byte for byte, after the
same work. Nothing of a look is written down, nobody may keep, find or embed the page, and it loads nothing
from anywhere.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from anlass.cards.jcard import jcard
from anlass.cards.jscontact import jscontact
from anlass.cards.labels import label_of
from anlass.cards.properties import until_says
from anlass.cards.qr import svg
from anlass.cards.vcard import vcard
from anlass.desk.cards.granting import PATH, card_behind
from anlass.desk.cards.own import cards_of
from anlass.web.frame.house import house_of
from anlass.web.frame.public import alike, caller_of, closed

if TYPE_CHECKING:
    from django.http import HttpRequest

    from anlass.cards import ShownCard

Format = tuple[str, Callable[["HttpRequest", "ShownCard", str], str]]

_OWN = ("de", "en")


@require_safe
def card(request: HttpRequest, link: str) -> HttpResponse:
    """Answer for a link, with an ending or without one, and for everything that is none."""
    house = house_of(request)
    if not house.limiter.admits(caller_of(request)):
        return alike(HttpResponse("Try again in a minute.\n", status=429, content_type="text/plain"))
    name, _, ending = link.partition(".")
    book = house.classroom.book if house.classroom else None
    shown = card_behind(book, name, at=house.now()) if book else None
    if shown is None or (ending and ending not in _FORMATS):
        return closed(request)
    if ending:
        kind, write = _FORMATS[ending]
        response = HttpResponse(write(request, shown, name), content_type=kind)
        if ending.endswith("vcf"):
            response["Content-Disposition"] = 'attachment; filename="card.vcf"'
        return alike(response)
    return alike(_page(request, shown, name))


def _page(request: HttpRequest, shown: ShownCard, name: str) -> HttpResponse:
    lines = [
        (label_of(one.kind, shown.lang), _words(one.value), one.target, one.label, one.place)
        for one in shown.options
    ]
    context = {"card": shown, "lines": lines, "until": until_says(shown), "path": f"{PATH}{name}"}
    with translation.override(shown.lang if shown.lang in _OWN else "en"):
        return render(request, "anlass/card.html", context)


def _words(value: str) -> list[str]:
    """Return the lines of an option as they are read aloud; of a page of the web without its protocol."""
    return value.removeprefix("https://").rstrip("/").split("\n") if "://" in value else value.split("\n")


def _code(request: HttpRequest, _shown: ShownCard, name: str) -> str:
    """Return the QR code of the page itself, at the address the owner named, else where it was asked for."""
    classroom = house_of(request).classroom
    cards = cards_of(classroom.book) if classroom else None
    address = cards.address if cards and cards.address else f"{request.scheme}://{request.get_host()}"
    return svg(f"{address}{PATH}{name}")


_FORMATS: Mapping[str, Format] = {
    "vcf": ("text/vcard; charset=utf-8", lambda _request, shown, _name: vcard(shown, "3.0")),
    "v4.vcf": ("text/vcard; charset=utf-8", lambda _request, shown, _name: vcard(shown, "4.0")),
    "jcard": ("application/vcard+json", lambda _request, shown, _name: json.dumps(jcard(shown))),
    "json": ("application/jscontact+json", lambda _request, shown, _name: json.dumps(jscontact(shown))),
    "svg": ("image/svg+xml", _code),
}
