"""The owner's word on cases, from the inbox or from a case: many at once, told once, taken back as one.

Whatever was decided meanwhile in another window is not decided again, and the page says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from anlass.desk.cases.acting import MOST, Acted, Seen, act_on
from anlass.desk.cases.undoing import acts, undo
from anlass.desk.cases.voice import decided_says, sentence
from anlass.desk.decisions.deciding import CHOICES, Choice
from anlass.desk.voice.common import day_and_month
from anlass.errors import NotFound, Refused
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of
from anlass.web.frame.memory import back_of, book_of
from anlass.web.frame.refusals import why
from anlass.web.frame.visible import on_one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import _StrPromise

    from anlass.policy import Action
    from anlass.store.book import Book
    from anlass.web.frame.house import Classroom

_TOLD = "acted"
"""Where the session keeps what the next page tells."""
_NAMED = 4
"""Cases that are named with why nothing was done to them; all of it travels in a cookie."""
_LONGEST_NAME = 60
BUTTONS: dict[Choice, tuple[str, _StrPromise]] = {
    Choice.ACCEPTED: ("a", _("Accept")),
    Choice.ASKED: ("f", _("Ask back")),
    Choice.WATCHED: ("m", _("Keep in mind")),
    Choice.DECLINED: ("d", _("Decline with a message")),
    Choice.UNLOCKED: ("x", _("Unlock")),
    Choice.LAPSED: ("l", _("Let it lapse")),
}
"""What can be said to a case: the key, and the words on the button."""


def buttons(suggested: Action | None = None) -> tuple[tuple[Choice, str, _StrPromise], ...]:
    """Return what can be said to a case, with what the house rules suggest first."""
    first = CHOICES.get(suggested) if suggested else None
    order = sorted(BUTTONS, key=lambda choice: choice is not first)
    return tuple((choice, *BUTTONS[choice]) for choice in order)


@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Say one word to the cases that were ticked, or to the one on the page."""
    room, lang, now = _room(request), lang_of(), house_of(request).now()
    back = back_of(request, reverse("inbox"))
    if request.POST.get("choice") not in set(Choice):
        raise Http404
    seen = [_seen(value) for value in request.POST.getlist("case")[:MOST]]
    try:
        choice = Choice(request.POST["choice"])
        acted = act_on(room.book, room.wits(), seen, choice, now=now, lang=lang)
    except Refused as refused:
        return _tell(request, back, {"says": why(refused)})
    return _tell(request, back, _told(room.book, acted))


@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Take an act back; what cannot be taken back is said."""
    room, lang, now = _room(request), lang_of(), house_of(request).now()
    back = back_of(request, reverse("inbox"))
    act = request.POST.get("act", "")[:_LONGEST_NAME]
    if not act:
        raise Http404
    try:
        undone = undo(room.book, room.wits(), act, now=now, lang=lang)
    except (NotFound, Refused) as refused:
        return _tell(request, back, {"says": why(refused)})
    return _tell(request, back, {"says": undone.says, "kept": _named(room.book, undone.kept)})


@require_safe
def recent(request: HttpRequest) -> HttpResponse:
    """Show what the owner did last, each with its way back."""
    book, now, lang = book_of(request), house_of(request).now(), lang_of()
    told = [
        (act, day_and_month(act.when, now, lang), f"{act.when.astimezone(now.tzinfo):%H:%M}")
        for act in acts(book, lang=lang)
    ]
    return render(request, "anlass/recent.html", {"acts": told, **acted_here(request)})


def acted_here(request: HttpRequest) -> dict[str, object]:
    """Return what a page with decisions on it needs: what was just done, the buttons, where it returns to."""
    found = cast("object", request.session.pop(_TOLD, None))
    return {
        "acted": found if isinstance(found, dict) else None,
        "buttons": buttons(),
        "back": request.get_full_path(),
    }


def _room(request: HttpRequest) -> Classroom:
    room = house_of(request).classroom
    if room is None:
        raise Http404
    return room


def _seen(value: str) -> Seen:
    """Return a case as a form names it: its id, and how it stood when it was shown."""
    case, _sep, mark = value[:200].partition(":")
    return Seen(case, mark)


def _tell(request: HttpRequest, back: str, told: dict[str, object]) -> HttpResponse:
    request.session[_TOLD] = told
    return HttpResponseRedirect(f"{back.partition('#')[0]}#told")


def _told(book: Book, acted: Acted) -> dict[str, object]:
    lang, says = lang_of(), list[str]()
    if acted.done:
        name = _name(book, acted.done[0]) if len(acted.done) == 1 else ""
        says.append(decided_says(acted.choice, len(acted.done), lang, name=name))
    if acted.stood and not acted.done and not acted.refused:
        says.append(sentence("stood", lang))
    only = len(acted.refused) == 1 and not acted.done and not acted.stood
    if only:
        return {"says": acted.refused[0][1]}
    return {
        "says": " ".join(says),
        "act": acted.act,
        "others": len(acted.others),
        "kept": _named(book, acted.refused),
    }


def _named(book: Book, kept: Sequence[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Return cases that nothing was done to, as far as they are named: id, name, why."""
    return [(case[:40], _name(book, case), why) for case, why in kept[:_NAMED]]


def _name(book: Book, case: str) -> str:
    try:
        found = book.case(case).case
    except NotFound:
        return ""
    name = found.person.name or found.request.requester.name or str(found.request.requester.address or "")
    return Truncator(on_one_line(name)).chars(_LONGEST_NAME)
