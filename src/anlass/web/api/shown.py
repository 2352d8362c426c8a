"""What is shown of the owner: cards, and who was granted to see them."""

from dataclasses import asdict
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router

from anlass.bootstrap import Home
from anlass.desk.cards import granting
from anlass.desk.cards import own as desk
from anlass.desk.cards.handing_out import hand_out
from anlass.desk.cards.surface import card_line, grant_line
from anlass.desk.programs.tokens import Scope
from anlass.desk.surface import JsonLine
from anlass.errors import NotFound
from anlass.web.api.asked import Body, Cursor, Id, Limit, Moment, Name, Text, moment_of
from anlass.web.api.caller import caller_of
from anlass.web.api.lines import USUAL, cut, lines
from anlass.web.api.once import acting, looking, once
from anlass.web.api.people import person_called
from anlass.web.api.values import CardsReceipt, GrantReceipt

shown = Router(tags=["cards"])


class Cards(Body):
    """The owner's cards as text, as they stand in cards.toml."""

    text: Text


class Grant(Body):
    """What somebody may see: a card, up to a tier, since when and until when; the usual ones unless said."""

    card: Name | None = None
    tier: Name | None = None
    since: Moment | None = None
    until: Moment | None = None


class HandedOut(Grant):
    """What whoever holds the link may see; `name` is what it stands on, for the owner alone."""

    name: Name


@shown.get("/cards", summary="List contact options", **looking(lines("card_line")))
def list_options(request: HttpRequest, cursor: Cursor = None, limit: Limit = USUAL) -> JsonLine:
    """List what stands on the owner's cards."""
    own = desk.cards_of(caller_of(request).book)
    if own is None:
        return {"lines": [], "next": None}
    return cut(own.options, lambda one: card_line(one, own), cursor=cursor, limit=limit)


@shown.put("/cards", summary="Change the cards", **acting(CardsReceipt, Scope.CARDS))
@once
def change_cards(request: HttpRequest, body: Cards) -> JsonLine:
    """Let the cards in a text hold from now on; with a fault in it nothing changes."""
    caller = caller_of(request)
    made = desk.take_in(caller.book, body.text, desk.FILE, caller.lang, now=caller.now)
    home: Home | None = caller.house.home
    if home is not None:
        desk.write_file(home.settings.data, made.cards)
    return asdict(CardsReceipt(made.is_new, sum(made.came.values()), sum(made.went.values())))


@shown.get("/grants", summary="List grants", **looking(lines("grant_line")))
def list_grants(
    request: HttpRequest,
    person: Annotated[str | None, Query(pattern=r"^[a-z0-9]{1,32}$")] = None,
    cursor: Cursor = None,
    limit: Limit = USUAL,
) -> JsonLine:
    """List who may see what, of one person or of all, the newest first; those that are over among them."""
    caller = caller_of(request)
    who = person_called(caller, person) if person else None
    found = tuple(granting.grants(caller.book, who, at=caller.now))
    return cut(found, grant_line, cursor=cursor, limit=limit)


@shown.post("/people/{person}/grants", summary="Grant a card", **acting(GrantReceipt, Scope.CARDS))
@once
def give_grant(request: HttpRequest, person: Id, body: Grant) -> JsonLine:
    """Let a person see a card. The link is shown to whoever may read."""
    caller = caller_of(request)
    given = granting.give(caller.book, person_called(caller, person).id, _wanted(body), now=caller.now)
    return _receipt(given)


@shown.post("/grants", summary="Hand out a card", **acting(GrantReceipt, Scope.CARDS))
@once
def hand_out_card(request: HttpRequest, body: HandedOut) -> JsonLine:
    """Make a link for whoever holds it: for printed cards, a badge, an NFC tag."""
    caller = caller_of(request)
    return _receipt(hand_out(caller.book, body.name, _wanted(body), now=caller.now))


@shown.delete("/grants/{grant}", summary="Revoke a grant", **acting(GrantReceipt, Scope.CARDS))
@once
def revoke_grant(request: HttpRequest, grant: Id) -> JsonLine:
    """Take a grant back: its link then shows what a link that never was shows."""
    caller = caller_of(request)
    if caller.book.cards.grant(grant) is None:
        raise NotFound(grant)
    return _receipt(granting.revoke(caller.book, grant, now=caller.now))


def _wanted(body: Grant) -> granting.Wanted:
    return granting.Wanted(
        body.card or "",
        body.tier or "",
        moment_of(body.since) if body.since else None,
        moment_of(body.until) if body.until else None,
    )


def _receipt(given: granting.Given) -> JsonLine:
    return asdict(GrantReceipt(given.grant.id, given.person.id, given.end.value))
