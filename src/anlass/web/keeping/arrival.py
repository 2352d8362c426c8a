"""The first evening on the pages: four questions, each kept as it is answered, then one's own door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anlass.bootstrap import open_home
from anlass.desk.house.arriving import (
    ARCHIVE,
    LONGEST_ABOUT,
    Introduction,
    addresses_in,
    archive_at,
    arrive,
    introduce,
    read_archive,
)
from anlass.desk.mail.first_reading import Reading
from anlass.desk.rules.rulebook import choose
from anlass.desk.voice.refused import in_words
from anlass.errors import UserError
from anlass.policy import PRESETS, preset
from anlass.web.frame.house import house_of, houses_of
from anlass.web.frame.language import LANGUAGE, lang_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from anlass.bootstrap import Home
    from anlass.desk.voice.common import Lang

_LONGEST = 1_000


class Choice(NamedTuple):
    """Shipped house rules, as they are offered."""

    key: str
    title: str
    about: str
    is_chosen: bool


@require_http_methods(["GET", "HEAD", "POST"])
def who(request: HttpRequest) -> HttpResponse:
    """Ask for name, addresses and language."""
    home = _home(request)
    owner = home.settings.owner
    typed = {"name": owner.name, "addresses": ", ".join(owner.addresses), "language": lang_of()}
    if request.method != "POST":
        return _asks(request, "who", given=typed)
    typed = {key: request.POST.get(key, "")[:_LONGEST] for key in typed}
    lang: Lang = "de" if typed["language"] == "de" else "en"
    try:
        _introduced(request, home, Introduction(typed["name"], addresses_in(typed["addresses"]), lang))
    except UserError as error:
        return _asks(request, "who", given=typed, problems=error)
    request.session[LANGUAGE] = lang
    return HttpResponseRedirect(reverse("arrival-about"))


@require_http_methods(["GET", "HEAD", "POST"])
def about(request: HttpRequest) -> HttpResponse:
    """Ask what the owner is and looks for."""
    home = _home(request)
    if request.method != "POST":
        return _asks(request, "about", given={"about": home.settings.owner.about})
    typed = request.POST.get("about", "")
    try:
        _introduced(request, home, Introduction(about=typed))
    except UserError as error:
        return _asks(request, "about", given={"about": typed}, problems=error)
    return HttpResponseRedirect(reverse("arrival-rules"))


@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """Ask which shipped house rules shall hold."""
    home, lang = _home(request), lang_of()
    if request.method == "POST":
        try:
            choose(home, request.POST.get("preset", ""), now=house_of(request).now())
        except UserError as error:
            return _asks(request, "rules", choices=_choices(request, lang), problems=error)
        return HttpResponseRedirect(reverse("arrival-mail"))
    return _asks(request, "rules", choices=_choices(request, lang))


@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: HttpRequest) -> HttpResponse:
    """Ask where the mail is: in a mailbox, in an archive on this machine, or nowhere yet."""
    home = _home(request)
    first = next(iter(home.settings.owner.addresses), "")
    known: dict[str, Any] = {"given": {"address": first}, "is_on_a_server": houses_of(request) is not None}
    if request.method != "POST":
        return _asks(request, "mail", **known)
    if houses_of(request) is not None:  # what lies on a server is not its guests' to name
        raise Http404
    typed = request.POST.get("archive", "")[:_LONGEST]
    try:
        path = archive_at(typed)
    except UserError as error:
        return _asks(request, "mail", **known, archive=typed, problems=error)
    house, lang, now = house_of(request), lang_of(), house_of(request).now()
    reading, doorman = Reading(str(path)), house.wits()

    def broken() -> str:
        with translation.override(lang):
            return _("Anlass failed at something. The log says where.")

    def work() -> None:
        read_archive(open_home(str(home.settings.data)), path, doorman, reading, now=now, broken=broken)

    house.readings.start(ARCHIVE, reading, work)
    arrive(home)
    return HttpResponseRedirect(reverse("mailboxes"))


@require_POST
def later(request: HttpRequest) -> HttpResponse:
    """Lead to the door; what was not answered can be answered in the settings."""
    arrive(_home(request))
    return HttpResponseRedirect(reverse("inbox"))


def _home(request: HttpRequest) -> Home:
    """Return the owner's own home; in an example, and where pages only show, nobody arrives."""
    house = house_of(request)
    if house.home is None or house.stage is not None:
        raise Http404
    return house.home


def _introduced(request: HttpRequest, home: Home, said: Introduction) -> None:
    """Write it down, and let all pages after this one know it."""
    house, houses = house_of(request), houses_of(request)
    introduce(home, said, now=house.now())
    if houses is not None:
        houses.close(home.book.owner)
    elif house.reopen is not None:
        house.reopen()


def _choices(request: HttpRequest, lang: Lang) -> tuple[Choice, ...]:
    chosen = house_of(request).wits().policy.preset
    shipped = {name: preset(name) for name in PRESETS}
    return tuple(
        Choice(name, one.title.in_(lang), one.about.in_(lang), name == chosen)
        for name, one in shipped.items()
    )


_STEPS = ("who", "about", "rules", "mail")


def _asks(
    request: HttpRequest, step: str, *, problems: UserError | None = None, **known: object
) -> HttpResponse:
    says = [in_words(one.says_in(lang_of()), lang_of()) for one in problems.problems] if problems else []
    place = {"step": step, "number": _STEPS.index(step) + 1, "count": len(_STEPS), "longest": LONGEST_ABOUT}
    context = {**known, **place, "problems": says}
    return render(request, f"anlass/arrival_{step}.html", context, status=422 if problems else 200)
