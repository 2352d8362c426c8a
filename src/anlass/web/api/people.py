"""Persons: the register, one person with what is shared, the owner's words on who is who and how close."""

from dataclasses import asdict
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field, StrictBool

from anlass.desk.blocking.blocking import judging_freed
from anlass.desk.people import circle as desk_circle
from anlass.desk.people import persons, watch_list
from anlass.desk.people.register import Order, register
from anlass.desk.people.standing import say_standing, stands
from anlass.desk.people.surface import circle_line, proposal_line, standing_line, watch_line, word_line
from anlass.desk.programs.tokens import Scope
from anlass.desk.surface import JsonLine, ledger_line, moment
from anlass.desk.voice.common import encounter_says
from anlass.errors import NotFound
from anlass.ledger import UNDATED, Encounter, tie_of
from anlass.people import Person, Standing
from anlass.web.api.asked import Body, Cursor, Id, Limit, Moment, Name, Words, moment_of
from anlass.web.api.caller import Caller, caller_of
from anlass.web.api.lines import USUAL, cursor_to, cut, line, lines, place_of
from anlass.web.api.once import acting, looking, once
from anlass.web.api.values import EncounterLine, EncounterPart, PersonReceipt, WordReceipt

people = Router(tags=["people"])


class Other(Body):
    """Somebody else: an id, an address or a name."""

    other: Name


class Apart(Body):
    """Addresses that are not this person's; or one other person, who is not this one."""

    addresses: Annotated[list[Name], Field(min_length=1, max_length=50)]


class Stand(Body):
    """What a person is to the owner: stranger, contact or vouched-for. The rest follows from evidence."""

    standing: Standing
    why: Words = ""


class Watching(Body):
    """Why somebody is watched, and until when; half a year without it."""

    why: Words = ""
    until: Moment | None = None


class Closeness(Body):
    """Whether somebody belongs to the inner circle."""

    is_in: StrictBool


@people.get("/people", summary="List people", **looking(lines("ledger_line")))
def list_people(
    request: HttpRequest,
    search: Annotated[str, Query(max_length=320)] = "",
    order: Order = Order.TIE,
    cursor: Cursor = None,
) -> JsonLine:
    """List everybody the ledger knows, or whom all words of `search` fit; 50 in a part."""
    caller = caller_of(request)
    page = max(1, place_of(cursor)[0]) if cursor else 1
    found = register(
        caller.book, now=caller.now, lang=caller.lang, order=order, search=search, page=min(page, 10**6)
    )
    ids = [one.person.id for one in found.lines]
    known = {one.person.id: one for one in caller.book.people_by_id(ids, at=caller.now)}
    told = [ledger_line(known[id_].person, known[id_].tie, caller.lang) for id_ in ids if id_ in known]
    is_behind = page > found.page
    end = cursor_to((found.page + 1, "")) if found.page < found.pages else None
    return {"lines": [] if is_behind else told, "next": None if is_behind else end}


@people.get("/people/{person}", summary="Show one person", **looking(line("ledger_line")))
def show_person(request: HttpRequest, person: Id) -> JsonLine:
    """Show one person and what is shared with them."""
    caller = caller_of(request)
    found = person_called(caller, person)
    tie = tie_of(caller.book.encounters_with(found, at=caller.now), at=caller.now)
    return ledger_line(found, tie, caller.lang)


@people.get("/people/{person}/encounters", summary="List encounters", **looking(EncounterPart))
def list_encounters(
    request: HttpRequest, person: Id, cursor: Cursor = None, limit: Limit = USUAL
) -> JsonLine:
    """List what happened between the owner and a person, the newest first."""
    caller = caller_of(request)
    found = person_called(caller, person)
    told = sorted(
        caller.book.encounters_with(found, at=caller.now), key=lambda one: (one.when, one.id), reverse=True
    )
    return cut(told, lambda one: _encounter(caller, found, one), cursor=cursor, limit=limit)


@people.post("/people/{person}/same", summary="Two are one", **acting(WordReceipt, Scope.PEOPLE))
@once
def are_same(request: HttpRequest, person: Id, body: Other) -> JsonLine:
    """Say that this person and another are one; the word can be taken back."""
    caller = caller_of(request)
    one = person_called(caller, person)
    return _said(persons.say_same(caller.book, one.id, body.other, now=caller.now, lang=caller.lang))


@people.post("/people/{person}/apart", summary="One are two", **acting(WordReceipt, Scope.PEOPLE))
@once
def are_apart(request: HttpRequest, person: Id, body: Apart) -> JsonLine:
    """Say that addresses are not this person's, or that another person is not this one."""
    caller = caller_of(request)
    one = person_called(caller, person)
    with judging_freed(caller.book, lambda: caller.doorman):
        said = persons.say_apart(caller.book, one.id, body.addresses, now=caller.now, lang=caller.lang)
    return _said(said)


@people.get("/people/{person}/standing", summary="Show a standing", **looking(line("standing_line")))
def show_standing(request: HttpRequest, person: Id) -> JsonLine:
    """Show what a person is to the owner, and since when."""
    caller = caller_of(request)
    found = stands(caller.book, person_called(caller, person), at=caller.now)
    return standing_line(found, caller.now, caller.lang)


@people.put("/people/{person}/standing", summary="Say a standing", **acting(PersonReceipt, Scope.PEOPLE))
@once
def set_standing(request: HttpRequest, person: Id, body: Stand) -> JsonLine:
    """Say what a person is to the owner."""
    caller = caller_of(request)
    one = person_called(caller, person)
    say_standing(caller.book, one.id, body.standing, why=body.why, now=caller.now)
    return _person(caller, one)


@people.put("/people/{person}/watch", summary="Watch somebody", **acting(PersonReceipt, Scope.PEOPLE))
@once
def watch_person(request: HttpRequest, person: Id, body: Watching) -> JsonLine:
    """Put somebody on the watch list; again renews why and until when."""
    caller = caller_of(request)
    one = person_called(caller, person)
    until = moment_of(body.until) if body.until else None
    watch_list.put_on(caller.book, one.id, why=body.why, until=until, now=caller.now)
    return _person(caller, one)


@people.delete("/people/{person}/watch", summary="Watch no more", **acting(PersonReceipt, Scope.PEOPLE))
@once
def unwatch_person(request: HttpRequest, person: Id) -> JsonLine:
    """Take somebody off the watch list; a request that lay there is done."""
    caller = caller_of(request)
    one = person_called(caller, person)
    watch_list.take_off(caller.book, one.id, now=caller.now)
    return _person(caller, one)


@people.put("/people/{person}/circle", summary="In or out", **acting(WordReceipt, Scope.PEOPLE))
@once
def set_circle(request: HttpRequest, person: Id, body: Closeness) -> JsonLine:
    """Say that somebody belongs to the inner circle, or does not."""
    caller = caller_of(request)
    one = person_called(caller, person)
    return _said(desk_circle.put(caller.book, one.id, is_in=body.is_in, now=caller.now, lang=caller.lang))


@people.get("/proposals", summary="List who may be one", **looking(lines("proposal")))
def list_proposals(request: HttpRequest, cursor: Cursor = None, limit: Limit = USUAL) -> JsonLine:
    """List pairs who may be one person under two names, the best founded first."""
    caller = caller_of(request)
    found = persons.proposals(caller.book)
    return cut(found, lambda one: proposal_line(one, caller.lang), cursor=cursor, limit=limit)


@people.get("/words", summary="List words on persons", **looking(lines("word")))
def list_words(request: HttpRequest, cursor: Cursor = None, limit: Limit = USUAL) -> JsonLine:
    """List what the owner said of who is who and how close, the last first."""
    caller = caller_of(request)
    said = caller.book.persons.words()[::-1]
    return cut(said, lambda one: word_line(caller.book, one, caller.lang), cursor=cursor, limit=limit)


@people.delete("/words/{word}", summary="Take a word back", **acting(WordReceipt, Scope.PEOPLE))
@once
def unsay_word(request: HttpRequest, word: Id) -> JsonLine:
    """Take a word on persons back: who is one is worked out as if it had never been said."""
    caller = caller_of(request)
    if word not in {one.id for one in caller.book.persons.words()}:
        raise NotFound(word)
    with judging_freed(caller.book, lambda: caller.doorman):
        said = persons.unsay(caller.book, word, now=caller.now, lang=caller.lang)
    return _said(said)


@people.get("/circle", summary="List the inner circle", **looking(lines("circle_line")))
def list_circle(request: HttpRequest, cursor: Cursor = None, limit: Limit = USUAL) -> JsonLine:
    """List who belongs to the inner circle, and whom the owner took out of it."""
    caller = caller_of(request)
    found = tuple(desk_circle.inner_circle(caller.book, at=caller.now))
    return cut(found, lambda one: circle_line(one, caller.now, caller.lang), cursor=cursor, limit=limit)


@people.get("/watch", summary="List the watch list", **looking(lines("watch_line")))
def list_watched(request: HttpRequest, cursor: Cursor = None, limit: Limit = USUAL) -> JsonLine:
    """List who is watched, those first to whom something happened."""
    caller = caller_of(request)
    found = watch_list.watch_list(caller.book, at=caller.now)
    return cut(found, lambda one: watch_line(one, caller.now, caller.lang), cursor=cursor, limit=limit)


def person_called(caller: Caller, person: str) -> Person:
    """Return the person of exactly this id; raises `NotFound`."""
    found = caller.book.person(person)
    if found is None:
        raise NotFound(person)
    return found


def _encounter(caller: Caller, person: Person, one: Encounter) -> JsonLine:
    when = None if one.when == UNDATED else moment(one.when)
    says = encounter_says(one, person.name, caller.lang)
    return asdict(EncounterLine(one.kind.value, when, one.is_turn, one.is_proven, one.where, says))


def _said(said: persons.Said) -> JsonLine:
    word = said.word
    return asdict(WordReceipt(word.id, word.kind.value, [one.id for one in said.people]))


def _person(caller: Caller, person: Person) -> JsonLine:
    found = stands(caller.book, person, at=caller.now)
    ends = [one.until for one in caller.book.standings.watched(person.id) if one.until]
    return asdict(PersonReceipt(person.id, found.standing.value, moment(max(ends, default=None))))
