"""What of an event is an encounter, and what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from anlass.ledger import EncounterKind, tie_of
from anlass.outreach.event import (
    Event,
    Met,
    Somebody,
    Sort,
    encounters_of,
    joined,
    met_at_events,
    met_id,
    trace_of,
)
from anlass.people import Address, AddressKind

BEGINS = datetime(2026, 5, 18, 9, tzinfo=UTC)
ENDS = BEGINS + timedelta(days=2)
EVENT = Event("e1", "re:publica", BEGINS, ENDS)
GRACE = Address(AddressKind.MAIL, "grace@adeyemi.example")
DESK = Address(AddressKind.PHONE, "+4930901820")


def met(*, card: bool = False, talked: bool = False, noted: datetime = ENDS, sort: Sort | None = None) -> Met:
    """Return somebody of the event."""
    return Met("m1", "e1", Somebody("Grace Adeyemi", (GRACE,), "", card, talked), noted, sort)


@pytest.mark.parametrize(
    ("card", "talked", "kinds"),
    [
        (False, False, []),
        (True, False, [EncounterKind.CARD]),
        (False, True, [EncounterKind.MEETING]),
        (True, True, [EncounterKind.MEETING, EncounterKind.CARD]),
    ],
)
@pytest.mark.parametrize("sort", [None, Sort.INTERESTING, Sort.BUSINESS, Sort.NEITHER])
def test_what_happened_counts_and_the_word_of_the_owner_does_not(
    card: bool, talked: bool, kinds: list[EncounterKind], sort: Sort | None
) -> None:
    """A card is a card and a talk a meeting, however somebody is sorted; a name on a list is nothing."""
    found = list(encounters_of(EVENT, met(card=card, talked=talked, sort=sort)))
    assert [one.kind for one in found] == kinds
    assert all(one.is_proven and one.where == "re:publica" for one in found)


def test_whoever_was_not_met_has_no_encounter() -> None:
    """The owner's word that there was no meeting takes all of it back."""
    assert list(encounters_of(EVENT, met(card=True, talked=True, sort=Sort.NOT_MET))) == []


@pytest.mark.parametrize(
    ("noted", "when"),
    [
        (BEGINS + timedelta(hours=3), BEGINS + timedelta(hours=3)),
        (ENDS + timedelta(days=20), ENDS),
        (BEGINS - timedelta(days=1), BEGINS - timedelta(days=1)),
    ],
)
def test_it_happened_while_the_event_lasted_and_never_later_than_noted(
    noted: datetime, when: datetime
) -> None:
    """Forty cards sorted three weeks later were swapped at the event; nothing is dated into the future."""
    assert [one.when for one in encounters_of(EVENT, met(card=True, noted=noted))] == [when]


def test_a_card_alone_makes_nobody_be_in_touch() -> None:
    """Cards swapped for a moment weigh less than a talk (C3)."""
    at = ENDS + timedelta(days=3)
    card = tie_of(encounters_of(EVENT, met(card=True)), at=at)
    talk = tie_of(encounters_of(EVENT, met(talked=True)), at=at)
    assert (card.cards, card.meetings, talk.cards, talk.meetings) == (1, 0, 0, 1)
    assert 0 < card.score < talk.score


def test_a_second_card_adds_and_takes_nothing_away() -> None:
    """Name, longest work, all addresses and everything that happened stay."""
    first = met(card=True)
    second = Somebody("G. A.", (DESK,), "Setzerin", has_talked=True)
    assert joined(first, second).somebody == Somebody("Grace Adeyemi", (GRACE, DESK), "Setzerin", True, True)
    assert joined(first, Somebody("")) == first


def test_ids_come_from_what_is_one_persons_alone() -> None:
    """The telephone of an office makes no two colleagues one."""
    one, other = Somebody("Grace", (DESK,)), Somebody("Milan", (DESK,))
    assert met_id("e1", one) != met_id("e1", other)
    assert met_id("e1", Somebody("Grace", (GRACE, DESK))) == met_id("e1", Somebody("G.", (DESK, GRACE)))
    assert met_id("e1", Somebody("Grace")) == met_id("e1", Somebody(" grace "))


def test_somebody_of_whom_only_a_name_is_known_can_be_told() -> None:
    """A name without an address gets one of the house's own, so that the ledger can hold them."""
    named = replace(met(talked=True), somebody=Somebody("Uwe Still", has_talked=True))
    assert trace_of(EVENT, named).addresses == (Address(AddressKind.OTHER, "met:m1"),)


def test_events_are_told_from_all_other_encounters() -> None:
    """House rules hear of events alone, each once, oldest first."""
    later = Event("e2", "Buchmesse", BEGINS + timedelta(days=90), ENDS + timedelta(days=90))
    told = [
        *encounters_of(later, met(card=True, noted=later.ends)),
        *encounters_of(EVENT, met(card=True, talked=True)),
    ]
    other = replace(told[0], source="calendar:x.ics, line 3", where="Kantine")
    assert met_at_events([*told, other]) == (("re:publica", "Buchmesse"), later.ends)
    assert met_at_events([other]) == ((), None)
