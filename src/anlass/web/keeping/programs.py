"""The pages of programs: tokens and feeds that open the house to them, webhooks that tell them what happens.

A secret is shown once, on the page that answers its making, and is kept nowhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from anlass.desk.programs import tokens as desk
from anlass.desk.programs import webhooks as hooks
from anlass.desk.programs.tokens import Scope
from anlass.desk.programs.voice import event_says, hook_says, scope_says, token_says
from anlass.errors import NotFound, Refused
from anlass.store.programs.tokens import TokenKind
from anlass.store.programs.webhooks import EVENTS
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of
from anlass.web.frame.memory import asked_name, book_of
from anlass.web.frame.refusals import why

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

_Told = dict[str, str]
"""What the page tells of what was just done."""
_DAYS = {"30": 30, "90": 90, "365": 365, "": None}
"""How long a token can be made to hold, in days; without a number for ever."""


@require_safe
def tokens(request: HttpRequest) -> HttpResponse:
    """Show the tokens and feeds."""
    return _tokens_page(request)


def _tokens_page(request: HttpRequest, told: _Told | None = None) -> HttpResponse:
    book, now, lang = book_of(request), house_of(request).now(), lang_of()
    listed = {
        kind.value: [(one, token_says(one, now, lang), one.opens(now)) for one in book.tokens.all(kind)]
        for kind in TokenKind
    }
    links: tuple[str, ...] = ()
    if told and told.get("feed"):
        links = tuple(
            request.build_absolute_uri(reverse("feed", args=[told["secret"], form]))
            for form in ("ics", "atom")
        )
    context = {
        "scopes": [(scope.value, scope_says(scope, lang)) for scope in Scope],
        "listed": listed,
        "told": told,
        "links": links,
        "longest": desk.LONGEST_NAME,
    }
    return render(request, "anlass/tokens.html", context)


@require_POST
def add_token(request: HttpRequest) -> HttpResponse:
    """Make a token, or the link of a feed."""
    book, now, lang, given = book_of(request), house_of(request).now(), lang_of(), request.POST
    name, days = asked_name(given.get("name")), _DAYS.get(given.get("days", "365"), 365)
    is_feed = given.get("kind") == TokenKind.FEED.value

    def make() -> _Told:
        if is_feed:
            wanted = given.get("details") == "yes"
            made = desk.add_feed(book, name, details=wanted, days=days, now=now, lang=lang)
        else:
            scopes = tuple(scope for scope in Scope if scope.value in given.getlist("scope"))
            made = desk.add_token(book, name, scopes, days=days, now=now, lang=lang)
        return {"secret": made.secret, "name": made.token.name, "feed": "yes" if is_feed else ""}

    return _tokens_page(request, _done(make))


@require_POST
def revoke_token(request: HttpRequest) -> HttpResponse:
    """Let a token or a link open nothing from now on."""
    book, now, lang, given = book_of(request), house_of(request).now(), lang_of(), request.POST
    kind = TokenKind.FEED if given.get("kind") == TokenKind.FEED.value else TokenKind.API

    def revoke() -> _Told:
        gone = desk.revoke_token(book, kind, given.get("token", ""), now=now, lang=lang)
        return {"revoked": gone.name}

    return _tokens_page(request, _done(revoke))


@require_safe
def webhooks(request: HttpRequest) -> HttpResponse:
    """Show the webhooks, how each goes, and what can be heard of."""
    return _hooks_page(request)


def _hooks_page(request: HttpRequest, told: _Told | None = None) -> HttpResponse:
    book, now, lang = book_of(request), house_of(request).now(), lang_of()
    context = {
        "hooks": [(one, hook_says(one, now, lang)) for one in book.webhooks.all()],
        "events": [(name, event_says(name, lang)) for name in EVENTS],
        "told": told,
    }
    return render(request, "anlass/webhooks.html", context)


@require_POST
def change_webhook(request: HttpRequest) -> HttpResponse:
    """Add a webhook, end it, tell it that it is heard of, or let one that was given up go on."""
    house, book, lang, given = house_of(request), book_of(request), lang_of(), request.POST
    now, named, do = house.now(), given.get("webhook", ""), given.get("do", "")
    local = house.settings.webhooks.local_hosts if house.settings else ()

    def change() -> _Told:
        if do == "add":
            wanted = given.getlist("on")
            url, words = given.get("url", "").strip(), given.get("words") == "yes"
            hook = hooks.add_hook(book, url, wanted, words=words, local_hosts=local, now=now, lang=lang)
            return {"secret": hook.secret, "name": hook.url}
        act = {"remove": hooks.remove_hook, "resume": hooks.resume_hook}.get(do, hooks.ping_hook)
        return {do: act(book, named, now=now, lang=lang).url}

    return _hooks_page(request, _done(change))


def _done(act: Callable[[], _Told]) -> _Told:
    """Do it, and return what to tell of it."""
    try:
        return act()
    except (Refused, NotFound) as refused:
        return {"refused": why(refused)}
