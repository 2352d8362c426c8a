"""The pages of events, made for a thumb in a hallway: note somebody, scan a card, sort everybody in one pass.

Every page works without a script. The one that scans is the only page of the house that may use the camera;
where the browser reads no codes by itself, or the owner says no, the link of a card is typed or pasted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anlass.desk.gatherings import events as desk
from anlass.desk.gatherings.voice import SORTS, happened_says, met_says, taken_says, when_says
from anlass.desk.voice.gatherings import refused
from anlass.errors import NotFound, UserError
from anlass.outreach.event import Event, Met, Somebody, Sort
from anlass.sources.events import Named, read_pasted
from anlass.sources.events.lists import read_bytes
from anlass.sources.traces import Bearings
from anlass.web.frame.days import BEGINNING, day_of
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of
from anlass.web.frame.memory import book_of
from anlass.web.frame.public import DEVICES
from anlass.web.frame.refusals import why
from anlass.web.frame.telling import tell, told
from anlass.web.frame.uploads import MOST, TOO_LARGE

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from anlass.store.book import Book

_LONGEST = 4_000


@require_http_methods(["GET", "HEAD", "POST"])
def events(request: HttpRequest) -> HttpResponse:
    """Show all events; note one by hand, or from a file."""
    book, lang = book_of(request), lang_of()
    if request.method == "POST":
        return _begun(request)
    lines = []
    for one in book.events.all():
        people = book.events.met(one.id)
        lines.append((one, when_says(one, lang), len(people), sum(met.sort is None for met in people)))
    context = {"lines": lines, "just_done": told(request), "megabytes": MOST // 2**20}
    return render(request, "anlass/events.html", context)


@require_safe
def event(request: HttpRequest, event_id: str) -> HttpResponse:
    """Show one event: a form for the next person first, then everybody."""
    book, lang = book_of(request), lang_of()
    found = _event(request, event_id)
    people = book.events.met(found.id)
    context = {
        "event": found,
        "when": when_says(found, lang),
        "people": [(one, met_says(one, lang), _known_as(book, one)) for one in reversed(people)],
        "unsorted": sum(one.sort is None for one in people),
        "just_done": told(request),
    }
    return render(request, "anlass/event.html", context)


@require_POST
def met(request: HttpRequest, event_id: str) -> HttpResponse:
    """Note somebody: a name by thumb, or what was pasted or scanned."""
    book, given, now = book_of(request), request.POST, house_of(request).now()
    found = _event(request, event_id)
    name = " ".join(given.get("name", "").split())[:200]
    pasted, topic = given.get("pasted", "")[: _LONGEST * 4], given.get("topic", "")[:_LONGEST]
    listed = read_pasted(pasted, _bearings(request)).people if pasted.strip() else ()
    wanted = [one.somebody for one in listed] or [Somebody(name, has_talked=True)]
    try:
        for one in wanted:
            somebody = Somebody(
                name or one.name, one.addresses, one.about, one.has_card, _talked(given, one, topic)
            )
            noted = desk.note(book, found, somebody, now=now, topic=topic)
        tell(request, says=_("Noted: %(name)s.") % {"name": noted.somebody.name})
    except UserError as refused:
        tell(request, refused=why(refused))
    back = "event-scan" if given.get("back") == "scan" else "event"
    return HttpResponseRedirect(reverse(back, args=[found.id]))


@require_safe
def scan(request: HttpRequest, event_id: str) -> HttpResponse:
    """Show the page that reads codes with the camera, where the browser can."""
    found = _event(request, event_id)
    response = render(request, "anlass/event_scan.html", {"event": found, "just_done": told(request)})
    response["Permissions-Policy"] = DEVICES.format(camera="self")
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def sort(request: HttpRequest, event_id: str) -> HttpResponse:
    """Show the next person who is not sorted yet, or hear what somebody is to the owner."""
    book, lang = book_of(request), lang_of()
    found = _event(request, event_id)
    if request.method == "POST":
        return _sorted(request, found)
    people = book.events.met(found.id)
    wanted = next((one for one in people if one.id == request.GET.get("who")), None)
    one = wanted or desk.next_unsorted(book, found, request.GET.get("after", ""))
    context = {
        "event": found,
        "met": one,
        "happened": happened_says(one, lang) if one else "",
        "sorts": [(each.value, SORTS[lang][each], number) for number, each in enumerate(Sort, 1)],
        "left": sum(each.sort is None for each in people),
        "count": len(people),
        "last": next((each for each in people if each.id == request.GET.get("after")), None),
    }
    return render(request, "anlass/event_sort.html", context)


@require_POST
def forget(request: HttpRequest, event_id: str) -> HttpResponse:
    """Forget somebody of an event, or the event with everybody on it."""
    book, now = book_of(request), house_of(request).now()
    found = _event(request, event_id)
    try:
        if who := request.POST.get("who", ""):
            gone = desk.forget(book, found, who, now=now)
            tell(request, says=_("Forgotten: %(name)s.") % {"name": gone.somebody.name})
            return HttpResponseRedirect(reverse("event", args=[found.id]))
    except NotFound as missing:
        raise Http404 from missing
    desk.drop(book, found, now=now)
    tell(request, says=_("Forgotten: %(name)s.") % {"name": found.name})
    return HttpResponseRedirect(reverse("events"))


def _begun(request: HttpRequest) -> HttpResponse:
    """Note an event from a form or a file, and go to it."""
    try:
        made, says = _from_file(request) if request.FILES.get("file") else _by_hand(request)
    except UserError as refused:
        tell(request, refused=why(refused))
        return HttpResponseRedirect(reverse("events"))
    except ValueError:
        tell(request, refused=_("That could not be understood."))
        return HttpResponseRedirect(reverse("events"))
    tell(request, says=says)
    return HttpResponseRedirect(reverse("event", args=[made.id]))


def _from_file(request: HttpRequest) -> tuple[Event, str]:
    book, which = book_of(request), request.POST.get("event", "")
    file = request.FILES.get("file")
    data = b"".join(file.chunks()) if file else b""
    listed = read_bytes(data, (file.name if file else "") or "list", _bearings(request))
    found = book.events.find(which) if which else None
    taken = desk.take_in(book, listed, found, now=house_of(request).now())
    return taken.event, taken_says(taken, lang_of())


def _by_hand(request: HttpRequest) -> tuple[Event, str]:
    given, now = request.POST, house_of(request).now()
    if request.META.get(TOO_LARGE):
        raise refused("too large")
    on, until = given.get("on", ""), given.get("until", "")
    begins, ends = day_of(on, now, BEGINNING), day_of(until, now) or day_of(on, now)
    named = Named(given.get("name", ""), begins or now, ends, given.get("place", ""))
    made = desk.begin(book_of(request), named, now=now)
    return made, _("Noted: %(name)s.") % {"name": made.name}


def _sorted(request: HttpRequest, found: Event) -> HttpResponse:
    """Keep what was said of one person and go on to the next."""
    book, given, now = book_of(request), request.POST, house_of(request).now()
    who = given.get("who", "")
    try:
        if given.get("back"):
            desk.back(book, found, who, now=now)
            return HttpResponseRedirect(f"{reverse('event-sort', args=[found.id])}?who={who}")
        said = desk.Said(
            Sort(given["sort"]) if given.get("sort") else None,
            given.get("topic", "")[:_LONGEST],
            given.get("note", "")[:_LONGEST],
            "talked" in given,
            "card" in given,
        )
        desk.sort(book, found, who, said, now=now)
    except (NotFound, ValueError) as wrong:
        raise Http404 from wrong
    return HttpResponseRedirect(f"{reverse('event-sort', args=[found.id])}?after={who}")


def _known_as(book: Book, one: Met) -> str:
    """Return the id of a person whom the ledger knows; "" where it does not."""
    person = desk.person_of(book, one)
    return person.id if book.person(person.id) else ""


def _talked(given: object, one: Somebody, topic: str) -> bool:
    """Tell whether the two talked: the box says so, or a topic; whose name is typed was talked to."""
    is_ticked = isinstance(given, dict) and "talked" in given
    return is_ticked or bool(topic.strip()) or not one.has_card


def _event(request: HttpRequest, event_id: str) -> Event:
    try:
        return book_of(request).events.find(event_id)
    except NotFound as missing:
        raise Http404 from missing


def _bearings(request: HttpRequest) -> Bearings:
    house = house_of(request)
    return Bearings(book_of(request).owner_addresses(), house.now(), house.region)
