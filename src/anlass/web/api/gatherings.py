"""Events, the people met there, and one honest mail to them."""

from dataclasses import asdict
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Router
from pydantic import Field, StrictBool, StrictInt, StrictStr

from anlass.desk.gatherings import events as desk
from anlass.desk.gatherings import mailing
from anlass.desk.gatherings.voice import event_line, met_line
from anlass.desk.outgoing.outbox import LONGEST, LONGEST_SUBJECT, Writer
from anlass.desk.programs.tokens import Scope
from anlass.desk.surface import JsonLine, moment
from anlass.errors import NotFound
from anlass.outreach.event import Event, Met, Somebody, Sort
from anlass.people import mail_address
from anlass.sources.events import Named
from anlass.sources.events.lists import read_bytes
from anlass.sources.traces import Bearings
from anlass.web.api.asked import Body, Cursor, Id, Limit, Moment, Name, Text, moment_of
from anlass.web.api.caller import Caller, caller_of
from anlass.web.api.lines import USUAL, cut, lines
from anlass.web.api.once import acting, looking, once
from anlass.web.api.problems import Problem
from anlass.web.api.values_of_doors import EventReceipt, ListReceipt, MailingReceipt, MetReceipt

gatherings = Router(tags=["events"])
Note = Annotated[StrictStr, Field(max_length=desk.LONGEST_WORDS)]
Short = Annotated[StrictStr, Field(max_length=desk.LONGEST_NAME)]


class NewEvent(Body):
    """An event; it begins now and lasts half a day unless said."""

    name: Name
    begins: Moment | None = None
    ends: Moment | None = None
    place: Short = ""


class Meeting(Body):
    """Somebody who was met: by name, with a mail address where one is known."""

    name: Name
    mail: Annotated[StrictStr, Field(max_length=320)] | None = None
    about: Short = ""
    topic: Note = ""
    talked: StrictBool = True
    card: StrictBool = False


class People(Body):
    """A list of people as a file would hold it: vCards, a table, an export; its name says what it is."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,60}\.(csv|vcf|json|ics)$")]
    text: Text


class Sorting(Body):
    """What somebody is to the owner; what is left out stays as it was."""

    sort: Sort | None = None
    topic: Note | None = None
    note: Note | None = None
    talked: StrictBool | None = None
    card: StrictBool | None = None


class Mailing(Body):
    """What is sent to whom, with which card; the shipped words to everybody you met unless said."""

    sorts: list[Literal["unsorted", "interesting", "business", "neither"]] | None = None
    subject: Annotated[StrictStr, Field(max_length=LONGEST_SUBJECT)] = ""
    text: Annotated[StrictStr, Field(max_length=LONGEST)] = ""
    form: Annotated[str, Field(max_length=20)] = ""
    card: Annotated[str, Field(max_length=200)] = ""
    tier: Annotated[str, Field(max_length=200)] = ""
    days: Annotated[StrictInt, Field(ge=1, le=36_500)] = mailing.CARD_DAYS


@gatherings.get("/events", summary="List events", **looking(lines("event_line")))
def list_events(request: HttpRequest, cursor: Cursor = None, limit: Limit = USUAL) -> JsonLine:
    """List your events, the newest first."""
    book = caller_of(request).book

    def shown(event: Event) -> JsonLine:
        people = book.events.met(event.id)
        return event_line(event, len(people), sum(one.sort is None for one in people))

    return cut(book.events.all(), shown, cursor=cursor, limit=limit)


@gatherings.post("/events", summary="Note an event", **acting(EventReceipt, Scope.EVENTS))
@once
def note_event(request: HttpRequest, body: NewEvent) -> JsonLine:
    """Note an event; the same name and day again is the same event."""
    caller = caller_of(request)
    begins = moment_of(body.begins) if body.begins else caller.now
    named = Named(body.name, begins, moment_of(body.ends) if body.ends else None, body.place)
    return asdict(EventReceipt(desk.begin(caller.book, named, now=caller.now).id))


@gatherings.delete("/events/{event}", summary="Forget an event", **acting(EventReceipt, Scope.EVENTS))
@once
def forget_event(request: HttpRequest, event: Id) -> JsonLine:
    """Forget an event with everybody on it."""
    caller = caller_of(request)
    found = _event(caller, event)
    desk.drop(caller.book, found, now=caller.now)
    return asdict(EventReceipt(found.id))


@gatherings.get("/events/{event}/people", summary="List who was met", **looking(lines("met_line")))
def list_met(
    request: HttpRequest,
    event: Id,
    only: Literal["unsorted"] | None = None,
    cursor: Cursor = None,
    limit: Limit = USUAL,
) -> JsonLine:
    """List the people of an event."""
    book = caller_of(request).book
    found = _event(caller_of(request), event)
    people = [one for one in book.events.met(found.id) if one.sort is None or not only]
    return cut(
        people, lambda one: met_line(found, one, desk.person_of(book, one)), cursor=cursor, limit=limit
    )


@gatherings.post("/events/{event}/people", summary="Note somebody", **acting(MetReceipt, Scope.EVENTS))
@once
def note_somebody(request: HttpRequest, event: Id, body: Meeting) -> JsonLine:
    """Note somebody of an event; who is there already is joined with what is new."""
    caller = caller_of(request)
    found, address = _event(caller, event), mail_address(body.mail) if body.mail else None
    if body.mail and address is None:
        raise Problem("not-understood")
    somebody = Somebody(body.name, (address,) if address else (), body.about, body.card, body.talked)
    return _met(desk.note(caller.book, found, somebody, now=caller.now, topic=body.topic))


@gatherings.post("/events/{event}/list", summary="Take in a list", **acting(ListReceipt, Scope.EVENTS))
@once
def take_in_list(request: HttpRequest, event: Id, body: People) -> JsonLine:
    """Put everybody of a list onto an event; nobody is met by that."""
    caller = caller_of(request)
    found = _event(caller, event)
    bearings = Bearings(caller.book.owner_addresses(), caller.now, caller.house.region)
    told = read_bytes(body.text.encode("utf-8", "replace"), body.name, bearings)
    taken = desk.take_in(caller.book, told, found, now=caller.now)
    return asdict(ListReceipt(found.id, [one.id for one in taken.new], taken.known, len(taken.set_aside)))


@gatherings.put("/events/{event}/people/{met}", summary="Sort somebody", **acting(MetReceipt, Scope.EVENTS))
@once
def sort_somebody(request: HttpRequest, event: Id, met: Id, body: Sorting) -> JsonLine:
    """Say what somebody of an event is to you, and what you spoke about."""
    caller = caller_of(request)
    said = desk.Said(body.sort, body.topic, body.note, body.talked, body.card)
    found = _event(caller, event)
    return _met(desk.sort(caller.book, found, _on(caller, found, met), said, now=caller.now))


@gatherings.delete(
    "/events/{event}/people/{met}/sort", summary="Take a sort back", **acting(MetReceipt, Scope.EVENTS)
)
@once
def take_sort_back(request: HttpRequest, event: Id, met: Id) -> JsonLine:
    """Take back how somebody was sorted; what was noted of them stays."""
    caller = caller_of(request)
    found = _event(caller, event)
    return _met(desk.back(caller.book, found, _on(caller, found, met), now=caller.now))


@gatherings.delete(
    "/events/{event}/people/{met}", summary="Forget somebody met", **acting(MetReceipt, Scope.EVENTS)
)
@once
def forget_somebody(request: HttpRequest, event: Id, met: Id) -> JsonLine:
    """Forget somebody of an event, and what the ledger heard of them by it."""
    caller = caller_of(request)
    found = _event(caller, event)
    return _met(desk.forget(caller.book, found, _on(caller, found, met), now=caller.now))


@gatherings.post(
    "/events/{event}/mailing/preview",
    summary="Look a mailing over",
    **looking(lines("mailing_letter"), Scope.READ, "refused", "too-large"),
)
def preview_mailing(
    request: HttpRequest, event: Id, body: Mailing, cursor: Cursor = None, limit: Limit = USUAL
) -> JsonLine:
    """List every letter that would leave, word for word. Nothing is sent."""
    caller = caller_of(request)
    letters = tuple(mailing.preview(caller.book, _event(caller, event), _writer(caller), _wish(body)))
    return cut(
        letters,
        lambda one: {"to": one.to.value, "subject": one.subject, "text": one.text, "sent": one.is_there},
        cursor=cursor,
        limit=limit,
    )


@gatherings.post("/events/{event}/mailing", summary="Send a mailing", **acting(MailingReceipt, Scope.SEND))
@once
def send_mailing(request: HttpRequest, event: Id, body: Mailing) -> JsonLine:
    """Release a mailing: once to each person and event, ever. The first letter leaves in ten minutes."""
    caller = caller_of(request)
    found = _event(caller, event)
    sent = mailing.send(caller.book, found, _writer(caller), _wish(body), now=caller.now)
    return asdict(MailingReceipt(found.id, len(sent), moment(sent[0].due)))


@gatherings.delete(
    "/events/{event}/mailing", summary="Take a mailing back", **acting(MailingReceipt, Scope.SEND)
)
@once
def cancel_mailing(request: HttpRequest, event: Id) -> JsonLine:
    """Take back what has not left of a mailing, with the cards it would open."""
    caller = caller_of(request)
    found = _event(caller, event)
    return asdict(MailingReceipt(found.id, mailing.take_back(caller.book, found, now=caller.now), None))


def _event(caller: Caller, event: str) -> Event:
    """Return the event of exactly this id; raises `NotFound`."""
    found = caller.book.events.find(event)
    if found.id != event:
        raise NotFound(event)
    return found


def _on(caller: Caller, event: Event, met: str) -> str:
    """Return the id of somebody of an event where it is exactly this one; raises `NotFound`."""
    if caller.book.events.one(event.id, met).id != met:
        raise NotFound(met)
    return met


def _met(met: Met) -> JsonLine:
    return asdict(MetReceipt(met.event, met.id, met.sort.value if met.sort else None))


def _writer(caller: Caller) -> Writer:
    if caller.house.writer is None:
        raise Problem("not-found")
    return caller.house.writer


def _wish(body: Mailing) -> mailing.Wish:
    sorts = frozenset(None if one == "unsorted" else Sort(one) for one in body.sorts or ())
    words = (body.subject, body.text, body.form, body.card, body.tier)
    return mailing.Wish(sorts or mailing.EVERYBODY, *words, days=body.days)
