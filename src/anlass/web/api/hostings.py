"""Events that the owner hosts for others, who is let in, and rounds of wishes there."""

from dataclasses import asdict
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Router
from pydantic import Field, StrictInt, StrictStr

from anlass.desk.cards.own import cards_of
from anlass.desk.gatherings import hosting as desk
from anlass.desk.programs.tokens import Scope
from anlass.desk.surface import JsonLine, moment
from anlass.desk.wishes.keys import key_ring
from anlass.desk.wishes.timetables import Wanted, call_off, plan_round, wishes_of
from anlass.outreach.hosting import Hosting, RoundTimes
from anlass.sources.events import Named
from anlass.sources.events.lists import read_bytes
from anlass.sources.traces import Bearings
from anlass.web.api.asked import Body, Cursor, Id, Limit, Moment, Name, moment_of
from anlass.web.api.caller import Caller, caller_of
from anlass.web.api.gatherings import People, Short
from anlass.web.api.lines import USUAL, cut
from anlass.web.api.once import acting, looking, once, once_slowly
from anlass.web.api.values_of_hosts import (
    AdmittedReceipt,
    HostingLine,
    HostingPart,
    HostingReceipt,
    RoundLine,
)

hostings = Router(tags=["events"])


class NewHosting(Body):
    """An event to host; it is deleted 60 days after its end unless said, and the owner answers for it."""

    name: Name
    begins: Moment
    ends: Moment | None = None
    delete: Moment | None = None
    contact: Short = ""
    lang: Literal["de", "en"] = "de"


class WhoseLink(Body):
    """A participant, by mail address or ticket."""

    who: Annotated[StrictStr, Field(min_length=1, max_length=320)]


class NewRound(Body):
    """The times of a round of wishes; the event's number of wishes holds where none is given."""

    freeze: Moment
    match: Moment
    release: Moment
    wishes: Annotated[StrictInt, Field(ge=1, le=100)] | None = None


@hostings.get("/hostings", summary="List hosted events", **looking(HostingPart))
def list_hostings(request: HttpRequest, cursor: Cursor = None, limit: Limit = USUAL) -> JsonLine:
    """List the events you host, with their rounds of wishes and their counts."""
    caller = caller_of(request)
    return cut(caller.book.hosting.all(), lambda one: _line(caller, one), cursor=cursor, limit=limit)


@hostings.post("/hostings", summary="Host an event", **acting(HostingReceipt, Scope.EVENTS))
@once
def host_event(request: HttpRequest, body: NewHosting) -> JsonLine:
    """Begin to host an event for others."""
    caller = caller_of(request)
    cards = cards_of(caller.book)
    made = desk.host(
        caller.book,
        Named(body.name, moment_of(body.begins), moment_of(body.ends) if body.ends else None),
        address=cards.address if cards else "",
        contact=body.contact,
        lang=body.lang,
        delete_at=moment_of(body.delete) if body.delete else None,
        now=caller.now,
    )
    return asdict(HostingReceipt(made.id))


@hostings.delete(
    "/hostings/{hosting}", summary="Delete a hosted event", **acting(HostingReceipt, Scope.EVENTS)
)
@once_slowly
def delete_hosting(request: HttpRequest, hosting: Id) -> JsonLine:
    """Delete everything of everybody at an event now; counts and a proof stay."""
    caller = caller_of(request)
    settings = caller.house.settings
    ring = key_ring(settings) if settings else None
    return asdict(
        HostingReceipt(desk.delete(caller.book, _found(caller, hosting), ring=ring, now=caller.now).id)
    )


@hostings.post("/hostings/{hosting}/people", summary="Let people in", **acting(AdmittedReceipt, Scope.SEND))
@once
def let_in(request: HttpRequest, hosting: Id, body: People) -> JsonLine:
    """Let in everybody of a list who has a mail address, and write each their link, through the outbox."""
    caller = caller_of(request)
    found = _found(caller, hosting)
    bearings = Bearings(frozenset(), caller.now, caller.house.region)
    told = read_bytes(body.text.encode("utf-8", "replace"), body.name, bearings)
    with caller.book.together():
        new = desk.admit(caller.book, found, told, now=caller.now)
        letters = list(desk.invite(caller.book, found, new, caller.house.writer, now=caller.now))
    left_out = len(told.people) - len(new) + len(told.set_aside)
    return asdict(AdmittedReceipt(found.id, len(letters), left_out))


@hostings.post("/hostings/{hosting}/link", summary="Send a new link", **acting(HostingReceipt, Scope.SEND))
@once
def send_link(request: HttpRequest, hosting: Id, body: WhoseLink) -> JsonLine:
    """Write a participant a new link; the old one leads nowhere from now on."""
    caller = caller_of(request)
    found = _found(caller, hosting)
    desk.send_link(caller.book, found, body.who, caller.house.writer, now=caller.now)
    return asdict(HostingReceipt(found.id))


@hostings.post("/hostings/{hosting}/round", summary="Set a round", **acting(HostingReceipt, Scope.EVENTS))
@once
def set_round(request: HttpRequest, hosting: Id, body: NewRound) -> JsonLine:
    """Set the next round of wishes: when its list closes, when wishes are compared, when results open."""
    caller = caller_of(request)
    found = _found(caller, hosting)
    freeze, match, release = (moment_of(one) for one in (body.freeze, body.match, body.release))
    wanted = Wanted(freeze, match, release, body.wishes)
    plan_round(caller.book, wishes_of(caller.book, found), wanted, now=caller.now)
    return asdict(HostingReceipt(found.id))


@hostings.delete(
    "/hostings/{hosting}/round", summary="Call a round off", **acting(HostingReceipt, Scope.EVENTS)
)
@once
def call_round_off(request: HttpRequest, hosting: Id) -> JsonLine:
    """Drop the round whose list is still open; nobody is written to."""
    caller = caller_of(request)
    found = _found(caller, hosting)
    call_off(caller.book, wishes_of(caller.book, found), now=caller.now)
    return asdict(HostingReceipt(found.id))


def _found(caller: Caller, hosting: str) -> Hosting:
    """Return the hosted event of this id; raises `NotFound`."""
    return caller.book.hosting.find(hosting)


def _line(caller: Caller, one: Hosting) -> JsonLine:
    told = HostingLine(
        one.id,
        one.name,
        moment(one.begins),
        moment(one.ends),
        moment(one.delete_at),
        moment(one.deleted_at),
        desk.start_of(one),
        [_round(times) for times in desk.times_of(caller.book, one)],
        dict(desk.report_of(caller.book, one)),
    )
    return asdict(told)


def _round(one: RoundTimes) -> RoundLine:
    freeze, match, release, forget = (
        moment(when) for when in (one.freeze, one.match, one.release, one.forget)
    )
    return RoundLine(one.number, freeze, match, release, forget, one.code or None)
