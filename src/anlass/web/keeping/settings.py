"""The settings: what the house goes by, what can be chosen here, and where the rest is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anlass.desk.accounts.networks import NETWORKS
from anlass.desk.house.preferences import LANGUAGES, YEARS, Preferences, prefer, preferences
from anlass.desk.networks.knocks import connected
from anlass.desk.safekeeping.retention import due
from anlass.policy import PRESETS, preset
from anlass.web.door.desk import door_here
from anlass.web.door.whose import door_in
from anlass.web.frame.house import house_of
from anlass.web.frame.language import LANGUAGE, lang_of
from anlass.web.frame.memory import book_of
from anlass.web.gate.entrance import inside_of
from anlass.web.gate.signpost import needs_no_key
from anlass.web.people.blocking import blocked_count

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from anlass.store.book import Book

_TOLD = "settings-told"


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Show the settings, and take what is chosen here: language, and how long cases stay."""
    house, going = house_of(request), 0
    book = house.classroom.book if house.classroom else None
    if request.method == "POST" and not (going := _going(request)):
        return _chosen(request)
    context = {
        "settings": house.settings,
        "preset": _preset(house.settings.policy.preset) if house.settings else "",
        "addresses": sorted(book.owner_addresses()) if book else (),
        "trusted": sorted(book.trusted()) if book else (),
        "preferences": _wanted(request) if going else preferences(book) if book else None,
        "going": going,
        "languages": [("", _("as your browser says")), ("de", "Deutsch"), ("en", "English")],
        "years": YEARS,
        "is_on_a_server": inside_of(request) is not None,
        "can_arrive": house.home is not None and house.stage is None,
        "told": request.session.pop(_TOLD, "") if request.session.get(_TOLD) else "",
        **door_here(request),
        **_watched(book, house.now()),
    }
    return render(request, "anlass/settings.html", context, status=422 if going else 200)


def _preset(name: str) -> str:
    """Return what shipped house rules are called in the owner's language."""
    return preset(name).title.in_(lang_of()) if name in PRESETS else name


def _watched(book: Book | None, now: datetime) -> dict[str, object]:
    """Return how it goes with accounts on chat networks, and how many people are blocked."""
    if book is None:
        return {}
    return {
        "has_memory": True,
        "connected": connected(book, now=now, lang=lang_of()),
        "command": f"anlass connect {NETWORKS}",
        "blocked_count": blocked_count(book),
    }


def _wanted(request: HttpRequest) -> Preferences:
    years, before = request.POST.get("years", ""), preferences(book_of(request))
    return Preferences(
        request.POST.get("language", ""),
        int(years) if years.isascii() and years.isdigit() and len(years) < 4 else -1,
        request.POST.get("assistants_send") == "yes" if inside_of(request) else before.assistants_send,
    )


def _going(request: HttpRequest) -> int:
    """Return how many cases would be deleted at once by what is wanted, where nobody agreed yet."""
    book, years = book_of(request), _wanted(request).keep_years
    if request.POST.get("agreed") == "yes" or years not in YEARS or years == preferences(book).keep_years:
        return 0
    return due(book, years, now=house_of(request).now())


def _chosen(request: HttpRequest) -> HttpResponse:
    book, wanted, now = book_of(request), _wanted(request), house_of(request).now()
    prefer(book, wanted, now=now)
    language = wanted.language
    request.session[LANGUAGE] = language if language in LANGUAGES else ""
    with translation.override(request.session[LANGUAGE] or translation.get_language()):
        request.session[_TOLD] = _("Noted.")
    return HttpResponseRedirect(reverse("settings"))


class OwnLanguage:
    """Speaks the language that the owner chose; that of the browser where none was."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the page."""
        if needs_no_key(request.path_info) or door_in(request.path_info):
            return self.get_response(request)  # strangers' pages read no session
        chosen = request.session.get(LANGUAGE)
        if chosen in LANGUAGES and chosen:
            translation.activate(chosen)
            request.LANGUAGE_CODE = chosen
        return self.get_response(request)
