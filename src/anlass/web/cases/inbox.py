"""The inbox: searched and narrowed by its address alone, so that every view of it can be bookmarked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from anlass.desk.accounts.mail import accounts
from anlass.desk.accounts.notices import mail_notices
from anlass.desk.cases.waiting import inbox as inbox_of
from anlass.desk.house.arriving import is_new
from anlass.intake import Channel
from anlass.policy import Action
from anlass.policy.labels import ACTIONS, CHANNELS, LANGUAGES
from anlass.store.cases.inbox import Wanted, place_at
from anlass.store.cases.kept import SHOWN, CaseState
from anlass.store.ground.terms import LONGEST
from anlass.web.cases.case_line import group_says, lines_set
from anlass.web.cases.decisions import acted_here
from anlass.web.frame.days import BEGINNING, day_of
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of
from anlass.web.gate.entrance import is_the_owner

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from anlass.desk.cases.waiting import Inbox
    from anlass.desk.voice.common import Lang

T = TypeVar("T")
_LONGEST_VALUE = 120
NAMES = ("q", "group", "action", "channel", "lang", "person", "since", "until")
"""What can be asked for in an address, in the order in which it stands there."""


@dataclass(frozen=True, slots=True)
class Select:
    """One thing to choose from: the name in the address, the words beside it, and what there is to choose."""

    name: str
    says: str
    options: tuple[tuple[str, str, bool], ...]


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Show one part of the cases, in groups by what they need; found ones in one row."""
    house = house_of(request)
    if house.stage is None and house.home and is_the_owner(request) and is_new(house.home):
        return HttpResponseRedirect(reverse("arrival"))
    now, lang, given = house.now(), lang_of(), _given(request)
    asked = {name: value for name, value in given.items() if name in NAMES}
    wanted = wanted_in(asked, now)
    clean = {name: value for name, value in given.items() if name not in NAMES or _is_heard(wanted, name)}
    if clean != dict(request.GET.items()):
        return HttpResponseRedirect(_address(clean))
    after, before = place_at(given.get("after", "")), place_at(given.get("before", ""))
    memory = house.classroom.book if house.classroom else None
    shown = inbox_of(house.book, now=now, lang=lang, wanted=wanted, after=after, before=before, memory=memory)
    is_first = not after and not before
    context = {
        "inbox": shown,
        "groups": _groups(shown, wanted, can_decide=memory is not None),
        "is_narrow": wanted.is_narrow,
        "asked": {name: asked.get(name, "") for name in NAMES},
        "is_asked": bool(asked),
        "is_first": is_first,
        "notices": mail_notices(memory, now=now, lang=lang) if memory and is_first and not asked else (),
        "selects": _selects(wanted.state, wanted.action, wanted.channel, wanted.lang, lang),
        "is_narrowed": bool(asked.keys() - {"q"}),
        "longest_search": LONGEST,
        "newer": _address({**asked, "before": shown.newer}) if shown.newer else "",
        "older": _address({**asked, "after": shown.older}) if shown.older else "",
        "can_decide": memory is not None,
        "is_example": house.stage is not None,
        "is_new": house.home is not None and is_the_owner(request) and not accounts(house.home.book),
        **acted_here(request),
    }
    return render(request, "anlass/inbox.html", context)


def wanted_in(asked: Mapping[str, str], now: datetime) -> Wanted:
    """Return what an address asks for; what makes no sense is not heard. The last day is meant whole."""
    until = _day(asked.get("until", ""), now)
    return Wanted(
        words=" ".join(asked.get("q", "").split())[:LONGEST],
        state=_one_of(CaseState, asked.get("group", "")),
        action=_one_of(Action, asked.get("action", "")),
        channel=_one_of(Channel, asked.get("channel", "")),
        lang=asked.get("lang", "") if asked.get("lang", "") in LANGUAGES else "",
        person=asked.get("person", "") if asked.get("person", "").isalnum() else "",
        since=_day(asked.get("since", ""), now),
        until=until + timedelta(days=1) if until else None,
    )


def _given(request: HttpRequest) -> dict[str, str]:
    """Return what an address says, as far as it says anything."""
    places = ("after", "before") if "after" not in request.GET else ("after",)
    given = ((name, request.GET.get(name, "").strip()) for name in (*NAMES, *places))
    limits = {"q": LONGEST}
    return {name: value[: limits.get(name, _LONGEST_VALUE)] for name, value in given if value}


def _is_heard(wanted: Wanted, name: str) -> bool:
    field = {"q": "words", "group": "state"}.get(name, name)
    return bool(getattr(wanted, field))


def _address(query: Mapping[str, str]) -> str:
    return reverse("inbox") + (f"?{urlencode(query)}" if query else "")


def _one_of(kind: Callable[[str], T], value: str) -> T | None:
    try:
        return kind(value) if value else None
    except ValueError:
        return None


def _day(text: str, now: datetime) -> datetime | None:
    try:
        return day_of(text, now, BEGINNING)
    except ValueError:
        return None


def _groups(shown: Inbox, wanted: Wanted, *, can_decide: bool) -> tuple[tuple[str, str, SafeString], ...]:
    """Return each group with what it is called, and its lines as they are set."""
    narrow = wanted.is_narrow
    return tuple(
        (
            group,
            _("Found, the newest first") if narrow else group_says(group),
            lines_set(lines, can_decide=can_decide, is_narrow=narrow),
        )
        for group, lines in shown.groups
    )


@lru_cache(maxsize=256)
def _selects(
    state: CaseState | None, action: Action | None, channel: Channel | None, spoken: str, lang: Lang
) -> tuple[Select, ...]:
    """Return what there is to choose from, and what is chosen; the same for everybody who reads `lang`."""
    groups = {one: group_says(one) for one in SHOWN}
    actions = {one: words.in_(lang) for one, words in ACTIONS.items()}
    channels = {one: words.in_(lang) for one, words in CHANNELS.items()}
    languages = {code: words.in_(lang) for code, words in LANGUAGES.items()}
    return (
        _select("group", _("What it needs"), groups, state),
        _select("action", _("What the house rules suggest"), actions, action),
        _select("channel", _("Which way it came"), channels, channel),
        _select("lang", _("Language of the letter"), languages, spoken),
    )


def _select(name: str, says: str, options: Mapping[T, str], chosen: T | None) -> Select:
    return Select(name, says, tuple((str(value), words, value == chosen) for value, words in options.items()))
