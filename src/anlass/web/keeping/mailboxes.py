"""Connecting a mailbox on a page: what is asked, what went wrong in words, and how far the reading has come.

A password is never shown again, nor kept with the page: it goes to where the house keeps secrets.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anlass.bootstrap import open_home
from anlass.channels.mail.account import GERMAN, Folders
from anlass.channels.mail.providers import server
from anlass.channels.mail.secrets import Secrets, system_ring
from anlass.desk.accounts.connecting import Wish, normal_address, provider_for
from anlass.desk.accounts.mail import accounts, forget, name_for
from anlass.desk.accounts.voice_of_mail import needs_says, notices, tested_says
from anlass.desk.house.arriving import ARCHIVE
from anlass.desk.mail.first_reading import Reading, connect, read_first
from anlass.errors import EdgeError, NotFound, UserError
from anlass.web.frame.house import house_of, houses_of, lead_into
from anlass.web.frame.language import lang_of
from anlass.web.frame.memory import book_of, home_of
from anlass.web.frame.refusals import why
from anlass.web.gate.access import fresh

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from anlass.bootstrap import Home
    from anlass.channels.mail.account import Account

_FIELDS = ("address", "user", "imap", "smtp", "only-read", "drafts")
_LONGEST = 320
_LONGEST_SECRET = 1_000


@require_safe
def mailboxes(request: HttpRequest) -> HttpResponse:
    """Show the mailboxes that are connected, how far each is read, and what stands in the way."""
    house, book = house_of(request), book_of(request)
    known = accounts(book)
    context = {
        "archive": house.readings.of(ARCHIVE),
        "mailboxes": [(one, house.readings.of(one.name)) for one in known],
        "notices": notices(book.mail.states(), known, house.now(), lang_of()),
        "goes_on": house.readings.any_goes_on(),
        "can_connect": house.home is not None,
        "reads_folders": house.stage is None and houses_of(request) is None,
        "is_example": house.stage is not None,
    }
    return render(request, "anlass/mailboxes.html", context)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@fresh
def connect_mailbox(request: HttpRequest) -> HttpResponse:
    """Ask for address and password, try everything, keep it where it works, and begin to read."""
    stage = house_of(request).stage
    if stage is not None and request.method == "POST":
        lead_into(request, stage.own())  # the example keeps nothing of the owner's
    home = home_of(request)
    if request.method != "POST":
        return _asks(request, {})
    given = {key: request.POST.get(key, "").strip()[:_LONGEST] for key in _FIELDS}
    secret = request.POST.get("password", "")[:_LONGEST_SECRET].strip("\r\n")
    lang, guest = lang_of(), houses_of(request) is not None
    try:
        wish = _wish(given, lang)
        secrets = _secrets(request, home)
        if secret == "":  # the browser asked for it; whoever left it out is asked again
            return _asks(request, given, status=422)
        found = connect(home, secrets, wish, secret, is_guest=guest, now=house_of(request).now())
    except (UserError, EdgeError) as error:
        return _asks(request, given, problems=[why(error)], status=422)
    if found.trouble is not None:
        provider = provider_for(wish.address)
        says = [*tested_says(found, lang), *([needs_says(provider, lang)] if provider else [])]
        return _asks(request, given, problems=[one for one in says if one], status=422)
    if stage is not None:
        stage.move_in()
    begin_reading(request, home, found.account, secrets)
    return HttpResponseRedirect(reverse("mailboxes"))


@require_POST
@fresh
def forget_mailbox(request: HttpRequest) -> HttpResponse:
    """Watch a mailbox no more, and forget its password; what was read stays."""
    home = home_of(request)
    try:
        forget(
            home.book, _secrets(request, home), request.POST.get("mailbox", ""), now=house_of(request).now()
        )
    except NotFound as missing:
        raise Http404 from missing
    return HttpResponseRedirect(reverse("mailboxes"))


@require_POST
def read_mailbox(request: HttpRequest) -> HttpResponse:
    """Read a connected mailbox again, as when it was new."""
    home = home_of(request)
    named = request.POST.get("mailbox", "")
    account = next((one for one in accounts(home.book) if one.name == named), None)
    if account is None:
        raise Http404
    begin_reading(request, home, account, _secrets(request, home))
    return HttpResponseRedirect(reverse("mailboxes"))


def begin_reading(request: HttpRequest, home: Home, account: Account, secrets: Secrets) -> None:
    """Read a mailbox in a thread of its own, which has a memory of its own."""
    house, lang = house_of(request), lang_of()
    reading, doorman, now = Reading(account.address), house.wits(), house.now()

    def work() -> None:
        own = open_home(str(home.settings.data))
        read_first(own, account, secrets, doorman, reading, now=now, lang=lang)

    house.readings.start(account.name, reading, work)


def _wish(given: dict[str, str], lang: str) -> Wish:
    address = normal_address(given["address"])
    return Wish(
        address,
        name_for(address),
        given["user"],
        imap=server(given["imap"], "imap") if given["imap"] else None,
        smtp=server(given["smtp"], "smtp") if given["smtp"] else None,
        sends=not given["only-read"],
        folders=replace(GERMAN if lang == "de" else Folders(), keeps_drafts=bool(given["drafts"])),
    )


def _secrets(request: HttpRequest, home: Home) -> Secrets:
    """Return where secrets are kept: on a server in files of the owner's folder, never in its own keyring."""
    return Secrets(home.settings.data, None if houses_of(request) is not None else system_ring())


def _asks(
    request: HttpRequest, given: dict[str, str], problems: list[str] | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "given": {name.replace("-", "_"): value for name, value in given.items()},
        "problems": problems or [],
        "is_open": bool(given.get("imap") or problems),
        "is_on_a_server": houses_of(request) is not None,
    }
    return render(request, "anlass/connect_mailbox.html", context, status=status)
