"""The organiser's pages: events hosted for others, who was let in, what to print, and the clock."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from anlass.desk.cards.own import cards_of
from anlass.desk.gatherings import hosting as desk
from anlass.desk.gatherings import on_paper
from anlass.desk.gatherings.letting_in import erased_of, left_out, left_out_says, mail_of
from anlass.desk.voice.gatherings import refused
from anlass.desk.wishes.keys import key_ring
from anlass.desk.wishes.timetables import Wanted, call_off, is_to_come, plan_round, proposed, wishes_of
from anlass.errors import NotFound, Refused, UserError
from anlass.outreach import handouts
from anlass.outreach.hosting import PRINTS, days_left
from anlass.outreach.phrases import zone_says
from anlass.sources.events import Named, read_typed
from anlass.sources.events.lists import read_bytes
from anlass.sources.traces import Bearings
from anlass.web.frame.days import MORNING, day_of
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of
from anlass.web.frame.memory import book_of
from anlass.web.frame.refusals import why
from anlass.web.frame.telling import tell, told
from anlass.web.frame.uploads import TOO_LARGE

if TYPE_CHECKING:
    from django.http import HttpRequest

    from anlass.outreach.hosting import Hosting
    from anlass.sources.events import EventList

_LONGEST = 200


@require_http_methods(["GET", "HEAD", "POST"])
def hostings(request: HttpRequest) -> HttpResponse:
    """Show the events that are hosted; begin to host one."""
    book = book_of(request)
    if request.method == "POST":
        return _begun(request)
    writer = house_of(request).writer
    contact = f"{writer.name}, {writer.address}" if writer else ""
    context = {"hostings": book.hosting.all(), "just_done": told(request), "contact": contact}
    return render(request, "anlass/hostings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def hosting(request: HttpRequest, event_id: str) -> HttpResponse:
    """Show one hosted event; let people in, or delete everything."""
    found, now = _hosting(request, event_id), house_of(request).now()
    if request.method == "POST":
        return _done(request, found)
    book, lang = book_of(request), lang_of()
    context = {
        "hosting": found,
        "start": desk.start_of(found),
        "days": days_left(found, now),
        "report": handouts.report_says(desk.report_of(book, found), lang),
        "left": handouts.left_says(found.left, lang),
        "has_people": bool(book.hosting.people(found.id)),
        "leads_somewhere": bool(found.address),
        "can_invite": house_of(request).writer is not None and found.address.startswith("https://"),
        "just_done": told(request),
        **_rounds(request, found),
    }
    return render(request, "anlass/hosting.html", context)


@require_safe
def printed(request: HttpRequest, event_id: str, what: str) -> HttpResponse:
    """Return the poster, the badges or the closing slide as PDF."""
    found = _hosting(request, event_id)
    if what not in PRINTS:
        raise Http404
    try:
        content = on_paper.printed(book_of(request), found, what)
    except Refused as refusal:
        raise Http404 from refusal
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{what}.pdf"'
    return response


@require_safe
def records(request: HttpRequest, event_id: str) -> HttpResponse:
    """Return the records of processing as a document."""
    text = handouts.records(_hosting(request, event_id))
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="records.md"'
    return response


def _begun(request: HttpRequest) -> HttpResponse:
    house, given = house_of(request), request.POST
    book, now = book_of(request), house.now()
    cards = cards_of(book)
    try:
        listed = _listed(request)
        name = given.get("name", "")[:_LONGEST]
        begins, ends = (day_of(given.get(one, ""), now, MORNING) for one in ("on", "until"))
        by_hand = Named(name, begins or now, ends)
        made = desk.host(
            book,
            listed.event if listed and listed.event.name else by_hand,
            address=cards.address if cards else "",
            contact=given.get("contact", "")[:_LONGEST],
            lang=lang_of(),
            delete_at=day_of(given.get("delete", ""), now, MORNING),
            now=now,
        )
        tell(request, says=_("Noted: %(name)s.") % {"name": made.name})
    except UserError as wrong:
        tell(request, refused=why(wrong))
        return HttpResponseRedirect(reverse("hostings"))
    except ValueError:
        tell(request, refused=_("That could not be understood."))
        return HttpResponseRedirect(reverse("hostings"))
    return HttpResponseRedirect(reverse("hosting", args=[made.id]))


def _done(request: HttpRequest, found: Hosting) -> HttpResponse:
    house, given = house_of(request), request.POST
    book, now = book_of(request), house.now()
    try:
        if given.get("do") == "delete":
            desk.delete(book, found, ring=key_ring(house.settings) if house.settings else None, now=now)
            tell(request, says=_("Everything was deleted."))
        elif given.get("do") == "round":
            plan_round(book, wishes_of(book, found), _wanted(request), now=now)
            tell(request, says=_("The round is set. The list closes by itself."))
        elif given.get("do") == "call-off":
            call_off(book, wishes_of(book, found), now=now)
            tell(request, says=_("The round is called off. Nobody was written to."))
        elif given.get("do") == "link":
            desk.send_link(book, found, given.get("who", ""), house.writer, now=now)
            tell(request, says=_("A letter with a new link is on its way. The old link leads nowhere now."))
        elif given.get("do") == "erase":
            desk.erase(book, found, desk.participant(book, found, given.get("who", "")), now=now)
            tell(request, says=_("Everything about this one person is deleted here."))
        else:
            _let_in(request, found)
    except UserError as wrong:
        tell(request, refused=why(wrong))
    return HttpResponseRedirect(reverse("hosting", args=[found.id]))


def _let_in(request: HttpRequest, found: Hosting) -> None:
    """Let in everybody of a list, or whoever was typed, and write to each, or nobody. Raises `Refused`."""
    book, house = book_of(request), house_of(request)
    typed = request.POST.get("people", "")
    listed = _listed(request) or (read_typed(typed) if typed.strip() else None)
    if listed is None:
        raise refused("no file")
    mails = set(map(mail_of, listed.people))
    with book.together():
        admitted = desk.admit(book, found, listed, by_name=listed.kind == "typed", now=house.now())
        new = [one.participant.mail for one in admitted]
        letters = len(list(desk.invite(book, found, admitted, house.writer, now=house.now())))
        missing = left_out(listed, new, erased_of(book, found.id, mails - set(new)))
    says = ngettext(
        "One letter with a link is on its way.", "%(count)s letters with links are on their way.", letters
    ) % {"count": letters}
    says = says if letters else _("Nobody is new, and no letter leaves.")
    tell(request, says=" ".join((says, *left_out_says(missing, listed, lang_of()))))


def _rounds(request: HttpRequest, found: Hosting) -> dict[str, object]:
    """Return what the page shows of rounds of wishes, and the times it proposes for the next one."""
    book, now = book_of(request), house_of(request).now()
    times = desk.times_of(book, found)
    if found.deleted_at is not None or not found.wishes:
        return {}
    event = wishes_of(book, found)
    proposal = proposed(found, now=now)
    return {
        "times": handouts.timetable_says(times, lang_of(), now.tzinfo or UTC),
        "code": desk.code_of(book, found),
        "is_to_come": is_to_come(book, event),
        "round": {
            name: f"{getattr(proposal, name):%Y-%m-%dT%H:%M}" for name in ("freeze", "match", "release")
        }
        if proposal.release < found.delete_at
        else None,
        "wishes": event.quota,
        "zone": zone_says(now, lang_of()),
    }


def _wanted(request: HttpRequest) -> Wanted:
    """Read the form of a round, by the clock of this house. Raises `Refused`."""
    given, now = request.POST, house_of(request).now()
    try:
        named = (datetime.fromisoformat(given.get(name, "")) for name in ("freeze", "match", "release"))
        freeze, match, release = (one if one.tzinfo else one.replace(tzinfo=now.tzinfo) for one in named)
        return Wanted(freeze, match, release, int(given.get("wishes", "")))
    except ValueError as error:
        raise refused("no time") from error


def _listed(request: HttpRequest) -> EventList | None:
    """Return the list that was handed over; `None` where none was. Raises `Refused` for one too large."""
    if request.META.get(TOO_LARGE):
        raise refused("too large")
    file, house = request.FILES.get("file"), house_of(request)
    if not file:
        return None
    bearings = Bearings(frozenset(), house.now(), house.region)
    return read_bytes(b"".join(file.chunks()), file.name or "list", bearings)


def _hosting(request: HttpRequest, event_id: str) -> Hosting:
    try:
        return book_of(request).hosting.find(event_id)
    except NotFound as missing:
        raise Http404 from missing
