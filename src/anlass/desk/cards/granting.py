"""The owner lets somebody see a card, for as long as they like, and takes it back; no contact is needed.

Every grant is written into the journal; who looked is written nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from anlass.cards import Cards, Grant, GrantEnd, Occasion, ShownCard, id_in, link_of, seen
from anlass.desk.cards.own import cards_of, key_of
from anlass.desk.chance import new_id
from anlass.desk.people.blocked import refuse_blocked
from anlass.desk.people.persons import person_called
from anlass.desk.voice.gatherings import refused
from anlass.errors import NotFound, Refused
from anlass.people import Person, mail_address, person_at, word_id
from anlass.people.ids import called
from anlass.store.book import Book

PATH = "/c/"
"""Where the pages of cards lie."""
_NOBODY = Cards(name="")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be granted; "" takes the owner's first card, and the tier that unlocking opens."""

    card: str = ""
    tier: str = ""
    since: datetime | None = None
    until: datetime | None = None
    occasion: Occasion = Occasion.LATER
    case: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """One grant as the owner sees it: to whom, how it stands, its link (a path where no address is set)."""

    grant: Grant
    person: Person
    end: GrantEnd
    link: str


def give(book: Book, who: str, wanted: Wanted, *, now: datetime) -> Given:
    """Let a person see a card. `who` is an address, a name or an id; a new address is somebody new.

    Raises `NotFound` for a person, card or tier that is not there, and `Refused` while there is no card, and
    for an assistant, whatever page led here.
    """
    if book.is_assistants:
        raise Refused("Nobody but the owner lets a card be seen.")
    card, tier = wanted_of(book, wanted, now=now)
    person = _somebody(book, who)
    refuse_blocked(book, person)
    grant = Grant(
        id=new_id(),
        person=word_id(person),
        card=card,
        tier=tier,
        since=wanted.since or now,
        given_at=now,
        until=wanted.until,
        occasion=wanted.occasion,
        case=wanted.case,
    )
    with book.together():
        book.meet(person)
        book.cards.give(grant)
        book.note("grant", about=person.id, content=told_of(grant), now=now)
    return given(book, grant, now)


def wanted_of(book: Book, wanted: Wanted, *, usual: int | None = None, now: datetime) -> tuple[str, str]:
    """Return card and tier that are wanted; `usual` counts the tier without one, else what unlocking opens.

    Raises `NotFound` for what is not there, `Refused` while there is no card, and for an end before the
    beginning.
    """
    cards = cards_of(book)
    if cards is None:
        raise refused("no card")
    card = wanted.card or cards.cards[0].name
    tier = wanted.tier or (cards.unlock if usual is None else cards.tiers[usual])
    _check(cards, card, tier)
    if wanted.until is not None and wanted.until <= max(now, wanted.since or now):
        raise Refused("That would be over before it begins.")
    return card, tier


def grant_called(book: Book, id_or_prefix: str) -> Grant:
    """Return a grant by its id or the beginning of it; raises `NotFound`."""
    found = called(id_or_prefix, book.cards.grants())
    if len(found) == 1:
        return found[0]
    several = f"Several grants begin with {id_or_prefix!r}."
    says = several if found else f"There is no grant {id_or_prefix!r}."
    raise NotFound(says, hint="`anlass grant list` lists them with their ids.")


def revoke(book: Book, id_or_prefix: str, *, now: datetime) -> Given:
    """Take a grant back: from now on its link shows what a link that never was shows. Raises `NotFound`."""
    grant = grant_called(book, id_or_prefix)
    with book.together():
        if book.cards.revoke(grant.id, now=now):
            book.note("revoke", about=grant.person, content=told_of(grant), now=now)
    return given(book, book.cards.grant(grant.id) or grant, now)


def grants(book: Book, person: Person | None = None, *, at: datetime) -> Iterator[Given]:
    """Yield the grants of a person or of everybody, the newest first, those that are over among them."""
    for grant in book.cards.grants(person=person.id if person else ""):
        yield given(book, grant, at)


def granted_for(book: Book, case: str, *, at: datetime) -> Given | None:
    """Return the grant that was given for a case and holds, or is to come."""
    live = {GrantEnd.HOLDS, GrantEnd.TO_COME}
    found = (one for one in book.cards.grants(case=case) if one.person and one.end(at) in live)
    return next((given(book, one, at) for one in found), None)


def card_behind(book: Book, link: str, *, at: datetime) -> ShownCard | None:
    """Return what a link shows at a moment; `None` for all that shows nothing, after the same work.

    A link that was never given, was taken back, is over, is to come, makes no sense or belongs to somebody
    blocked is looked up like any other: what differs is the answer alone.
    """
    id_, is_signed = id_in(key_of(book), link)
    grant = book.cards.grant(id_) or Grant(id_, "", "", "", since=at, given_at=at, until=at)
    cards = cards_of(book) or _NOBODY
    if grant.person in book.blocks.addresses():
        grant = replace(grant, until=at)
    card = seen(cards, grant, at=at)
    return card if is_signed else None


def link_to(book: Book, grant: Grant, cards: Cards | None) -> str:
    """Return the whole link of a grant; a path where the owner named no address."""
    return f"{cards.address if cards else ''}{PATH}{link_of(key_of(book), grant.id)}"


def given(book: Book, grant: Grant, at: datetime) -> Given:
    """Return a grant as the owner sees it; one that was handed out bears its name."""
    if grant.occasion is Occasion.HANDED_OUT:
        person = Person(grant.id, grant.case)
    else:
        person = book.person(grant.person) or Person(grant.person, grant.person)
    return Given(grant, person, grant.end(at), link_to(book, grant, cards_of(book)))


def _somebody(book: Book, who: str) -> Person:
    """Return whom the owner names: somebody known, else whoever has this address."""
    try:
        return person_called(book, who)
    except NotFound:
        address = mail_address(who)
        if address is None:
            raise
        return person_at(address)


def _check(cards: Cards, card: str, tier: str) -> None:
    if cards.card(card) is None:
        known = ", ".join(one.name for one in cards.cards)
        raise NotFound(f"There is no card {card!r}.", hint=f"There are: {known}.")
    if tier not in cards.tiers:
        raise NotFound(f"There is no tier {tier!r}.", hint=f"There are: {', '.join(cards.tiers)}.")


def told_of(grant: Grant) -> dict[str, object]:
    """What the journal keeps of a grant."""
    return {
        "grant": grant.id,
        "card": grant.card,
        "tier": grant.tier,
        "until": grant.until.isoformat() if grant.until else None,
        "occasion": grant.occasion.value,
        "case": grant.case,
    }
