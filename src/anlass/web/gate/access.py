"""Access: who else has a key, where one is logged in, and the houses one can go to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import anlass
from anlass.desk.house.courier import GateLetter
from anlass.desk.house.entering import Inside, leave, move
from anlass.desk.house.keys import change_role, dismiss, invite, keys, take_back
from anlass.desk.house.voice_of_gate import invitation_letter
from anlass.errors import NotFound, Refused, UserError
from anlass.store.gate.keys import Role
from anlass.web.frame.house import house_of, houses_of
from anlass.web.frame.language import lang_of
from anlass.web.frame.memory import book_of
from anlass.web.frame.public import caller_of
from anlass.web.gate.enter import site_of, tell
from anlass.web.gate.entrance import VISIT, inside_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from anlass.web.frame.site import Site

Page = Callable[["HttpRequest"], "HttpResponse"]
_TOLD = "gate-told"


@dataclass(frozen=True, slots=True)
class HouseLine:
    """One house somebody has a key to."""

    id: str
    name: str
    role: Role
    is_here: bool


def here_of(request: HttpRequest) -> Inside:
    """Return who is logged in; where a key opens the one house there is nobody, and no such page."""
    here = inside_of(request)
    if here is None:
        raise Http404
    return here


def fresh(page: Page) -> Page:
    """Let only those change keys, passkeys and mailboxes on a server who logged in a short time ago."""

    @wraps(page)
    def guarded(request: HttpRequest) -> HttpResponse:
        here = inside_of(request)
        if request.method == "POST" and here is not None and not here.is_fresh(site_of(request).now()):
            leave(site_of(request).gate, str(request.session.get(VISIT, "")))
            request.session.flush()
            return HttpResponseRedirect(f"{reverse('enter')}?next={request.path}")
        return page(request)

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@fresh
def access(request: HttpRequest) -> HttpResponse:
    """Show keys, passkeys and log-ins; the owner's own acts on keys come here too."""
    here, site = here_of(request), site_of(request)
    is_owner = here.role is Role.OWNER
    if request.method == "POST":
        if not is_owner:
            raise Http404
        request.session[_TOLD] = _act(request, site)
        return HttpResponseRedirect(reverse("access"))
    context = {
        "is_owner": is_owner,
        "keys": keys(book_of(request)) if is_owner else (),
        "invitations": site.gate.invitations(here.owner) if is_owner else (),
        "passkeys": site.gate.passkeys(here.keyholder.id),
        "visits": site.gate.visits(here.keyholder.id),
        "told": request.session.pop(_TOLD, ""),
        "here": here,
    }
    return render(request, "anlass/access.html", context)


def _act(request: HttpRequest, site: Site) -> str:
    """Do what the owner asks for, and return what to tell."""
    book, given, now = book_of(request), request.POST, site.now()
    keyholder = given.get("keyholder", "")[:64]
    try:
        match given.get("do"):
            case "invite":
                return _invited(request, site, given.get("address", "")[:320])
            case "uninvite":
                take_back(book, given.get("invitation", "")[:64], now=now)
            case "dismiss":
                dismiss(book, keyholder, now=now)
                _tell_of_key(site, keyholder)
            case "owner" | "assistant" as role:
                change_role(book, keyholder, Role(role), now=now)
                _tell_of_key(site, keyholder)
    except (NotFound, Refused):
        return _("Nothing was changed. The last key of an owner stays.")
    except UserError:
        return _("Nothing was changed. That is no mail address.")
    return _("Done.")


def _tell_of_key(site: Site, keyholder: str) -> None:
    found = site.gate.keyholder(keyholder)
    if found is not None:
        tell(site, found.address, "key")


def _invited(request: HttpRequest, site: Site, address: str) -> str:
    if not site.admits(f"invite {address}", caller_of(request)):
        return _("That was too often. Wait a quarter of an hour, then try again.")
    asked = invite(book_of(request), address, Role.ASSISTANT, now=site.now())
    settings = house_of(request).settings
    link = f"{site.server.address.rstrip('/')}{reverse('invitation', args=[asked.secret])}"
    by = settings.owner.name if settings else ""
    subject, text = invitation_letter(by, asked.invitation.role, link, lang_of())
    site.courier.take(GateLetter(asked.invitation.address, subject, text))
    return _("Asked in. The mail is on its way; its link works for seven days.")


@require_POST
def end_visit(request: HttpRequest) -> HttpResponse:
    """End a log-in of one's own elsewhere, or all others."""
    here, site = here_of(request), site_of(request)
    named = request.POST.get("visit", "")[:64]
    if named == "others":
        site.gate.end_all(here.keyholder.id, but=here.visit.id)
    else:
        visit = site.gate.visit(named)
        if visit is None or visit.keyholder != here.keyholder.id:
            raise Http404
        site.gate.end(visit.id)
    request.session[_TOLD] = _("Logged out there.")
    return HttpResponseRedirect(reverse("access"))


@require_http_methods(["GET", "HEAD", "POST"])
def houses(request: HttpRequest) -> HttpResponse:
    """Show the houses one has a key to, and go into one."""
    here, site = here_of(request), site_of(request)
    if request.method == "POST":
        secret = move(site.gate, here, request.POST.get("house", "")[:32], now=site.now())
        if secret is None:
            raise Http404
        request.session.flush()
        request.session[VISIT] = secret
        return HttpResponseRedirect(reverse("inbox"))
    there = houses_of(request)
    lines = []
    for owner, role in (here.keyholder.keys or {}).items():
        settings = there.of(owner).settings if there else None
        name = settings.owner.name if settings and settings.owner.name else owner
        lines.append(HouseLine(owner, name, role, owner == here.owner))
    return render(request, "anlass/houses.html", {"houses": lines})


@require_safe
def server(request: HttpRequest) -> HttpResponse:
    """Show who lives on the server and whether it is well; nothing of what they have."""
    here_of(request)
    site, there = site_of(request), houses_of(request)
    everybody = site.gate.keyholders()
    owners = [
        {
            "id": owner,
            "addresses": [one.address for one in everybody if (one.keys or {}).get(owner) is Role.OWNER],
        }
        for owner in site.gate.owners()
    ]
    trouble = there.book_of(there.owners()[0]).checkup() if there else ""
    context = {"owners": owners, "trouble": trouble, "version": anlass.__version__}
    return render(request, "anlass/server.html", {**context, "visits": len(site.gate.visits())})
