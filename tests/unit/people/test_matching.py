"""Who may be one person: proposed with evidence, never for a name that says nothing, and fast."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.people import Address, AddressKind, Person, mail_address, person_id
from anlass.people.matching import Proposal, Sighting, Sign, compared, propose
from anlass.people.names import Likeness, short_forms
from anlass.people.word import Standing, Word, WordKind, standing

FORMS = short_forms(["johannes hans", "katharina käthe"])
PHONE = Address(AddressKind.PHONE, "+494211234567")
NOTHING = Standing()
DAY = datetime(2026, 1, 1, tzinfo=UTC)


def somebody(name: str, mail: str, **beside: object) -> Sighting:
    """Return a person of one mail address; without a name they are called by it."""
    address = mail_address(mail)
    assert address
    person = Person(person_id(address), name or mail, (address,))
    return Sighting(person, (name,) if name else (), **beside)  # type: ignore[arg-type]  # of several types


def found(*people: Sighting, said: Standing = NOTHING) -> list[tuple[Likeness, set[Sign]]]:
    """Return how the names of those who are proposed are alike, and what speaks for it beside them."""
    return [
        (one.names, {each.sign for each in one.evidence} - {Sign.NAME})
        for one in propose(people, FORMS, said)
    ]


def test_company_move_is_proposed() -> None:
    """The same name at a new provider, and the old address silent since: told as that."""
    old = somebody("Kai Falk", "k.falk@old.example", first=DAY, last=DAY + timedelta(days=90))
    new = somebody(
        "Falk, Kai", "kai@new.example", first=DAY + timedelta(days=100), last=DAY + timedelta(days=200)
    )
    assert found(old, new) == [(Likeness.SAME, {Sign.MOVED})]


def test_married_name_needs_more_than_a_given_name() -> None:
    """Another family name is proposed with a telephone number or an address that spells the old one."""
    eva, other = somebody("Eva Sülzer", "es@a.example"), somebody("Eva Falk", "ef@b.example")
    assert found(eva, other) == []
    thread = frozenset({7})
    colleagues = (
        somebody("Eva Sülzer", "es@a.example", threads=thread),
        somebody("Eva Falk", "ef@b.example", threads=thread),
    )
    assert found(*colleagues) == []
    assert found(eva, somebody("Eva Falk", "ef@b.example", shared=frozenset({PHONE}))) == []
    phones = frozenset({PHONE})
    assert found(
        somebody("Eva Sülzer", "es@a.example", shared=phones),
        somebody("Eva Falk", "ef@b.example", shared=phones),
    ) == [(Likeness.GIVEN, {Sign.PHONE})]
    assert found(eva, somebody("Eva Falk", "eva.suelzer@b.example")) == [(Likeness.GIVEN, {Sign.SPELT})]


def test_initial_and_short_form_need_more_than_the_name() -> None:
    """K. Falk is many; in one thread with Kai Falk it may be Kai."""
    for name, alike in (("K. Falk", Likeness.INITIAL), ("Hans Falk", Likeness.SHORT_FORM)):
        full = "Kai Falk" if name[0] == "K" else "Johannes Falk"
        assert found(somebody(name, "x@a.example"), somebody(full, "y@b.example")) == []
        thread = frozenset({7})
        assert found(
            somebody(name, "x@a.example", threads=thread), somebody(full, "y@b.example", threads=thread)
        ) == [(alike, {Sign.THREAD})]


def test_equal_name_alone_is_proposed_only_where_it_says_something() -> None:
    """Not for offices, not for two at one provider, not for a name that many bear."""
    assert found(somebody("Jörg Müller", "a@a.example"), somebody("Joerg Mueller", "b@b.example")) == [
        (Likeness.SPELLING, set())
    ]
    assert found(somebody("IT Support", "it@a.example"), somebody("IT Support", "it@b.example")) == []
    assert found(somebody("Kai Falk", "kai1@a.example"), somebody("Kai Falk", "kai2@a.example")) == []
    assert found(*(somebody("Kai Falk", f"x@{number}.example") for number in range(9))) == []


def test_names_at_odds_are_never_proposed() -> None:
    """A family's telephone and thread make nobody one."""
    beside = {"shared": frozenset({PHONE}), "threads": frozenset({7})}
    assert (
        found(somebody("Kai Falk", "k@a.example", **beside), somebody("Eva Falk", "e@b.example", **beside))
        == []
    )


def test_address_without_a_name_is_told_by_what_it_spells() -> None:
    """kai.falk@ without a name may be Kai Falk; a secretary's name says otherwise."""
    kai = somebody("Kai Falk", "kf@a.example")
    assert found(kai, somebody("", "kai.falk@b.example")) == [(Likeness.GIVEN, {Sign.SPELT})]
    assert found(kai, somebody("Ida Neu", "kai.falk@b.example")) == []


def test_relay_is_nobody() -> None:
    """What a network lends says nothing of who somebody is."""
    assert found(somebody("Kai Falk", "kai@a.example"), somebody("Kai Falk", "hit-reply@linkedin.com")) == []


def test_two_people_are_remembered() -> None:
    """Whoever the owner said is two is proposed no more, whatever else comes."""
    one, other = somebody("Kai Falk", "kai@a.example"), somebody("Kai Falk", "kai@b.example")
    said = standing([Word(DAY, WordKind.APART, (one.person.id,), (other.person.id,))])
    assert (len(found(one, other)), found(one, other, said=said)) == (1, [])


def test_best_founded_stands_first() -> None:
    """A telephone number says more than a name."""
    phones = frozenset({PHONE})
    pairs: tuple[Proposal, ...] = propose(
        [
            somebody("Ida Neu", "ida@a.example"),
            somebody("Ida Neu", "ida@b.example"),
            somebody("Kai Falk", "kai@a.example", shared=phones),
            somebody("Kai Falk", "kai@b.example", shared=phones),
        ],
        FORMS,
        standing([]),
    )
    assert [one.one.name for one in pairs] == ["Kai Falk", "Ida Neu"]


names = st.sampled_from(["Kai Falk", "K. Falk", "Falk", "", "Eva Falk", "Hans Falk", "Johannes Falk"])


@given(st.permutations(range(8)), st.lists(names, min_size=8, max_size=8))
def test_order_of_people_does_not_show(order: list[int], called: list[str]) -> None:
    """The same people, the same proposals; nobody is proposed with himself."""
    people = [
        somebody(name, f"kai.falk@{number}.example", threads=frozenset({number % 3}))
        for number, name in enumerate(called)
    ]
    proposed = propose(people, FORMS, standing([]))
    assert propose([people[place] for place in order], FORMS, standing([])) == proposed
    assert all(one.one.id != one.other.id for one in proposed)


@pytest.mark.slow  # four thousand people are brought together
def test_nobody_is_compared_with_everybody() -> None:
    """However many there are, and however many bear one name or write in one thread: a few for each."""

    def comparisons(count: int) -> float:
        known = {}
        for number in range(count):
            one = somebody(
                f"Kai {chr(97 + number % 26)}falk",
                f"info@{number}.example",
                threads=frozenset({number // 4, -1}),
            )
            known[one.person.id] = one
        return len(compared(known, {id_: (one.names[0], "kai") for id_, one in known.items()})) / count

    assert comparisons(4_000) <= comparisons(400) <= 12
