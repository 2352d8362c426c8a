"""Who is one person: joined by records, held apart by names, and never by chance."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.people import AddressKind
from anlass.people.joining import Named, at_odds, joined

KINDS = {"m": AddressKind.MAIL, "p": AddressKind.PHONE, "w": AddressKind.WEB, "l": AddressKind.LINKEDIN}


def named(record: int, name: str, *addresses: str) -> list[Named]:
    """Return one record's claims; the first letter of an address is its kind."""
    return [Named((1, record), name, one, KINDS[one[0]]) for one in addresses]


@pytest.mark.parametrize(
    ("one", "other", "odds"),
    [
        ("Kai Falk", "Falk, Kai", False),
        ("Dr. Jörg Müller", "joerg mueller", False),
        ("K. Falk", "Kai Falk", False),
        ("Kai", "Kai Falk", False),
        ("", "Kai Falk", False),
        ("Zoë Özdemir", "Zoe Oezdemir", False),
        ("Kai Falk", "Eva Falk", True),
        ("Anna Schmidt", "Anna Müller", True),
        ("E. Falk", "Kai Falk", True),
        ("王伟", "李娜", True),
    ],
)
def test_names_are_at_odds_where_they_are_those_of_different_people(one: str, other: str, odds: bool) -> None:
    """Order, titles, initials and spelling do not part; another first or last name does."""
    assert at_odds(one, other) is odds
    assert at_odds(other, one) is odds


def test_records_join_across_each_other() -> None:
    """What shares one address with each of two joins both; the id is that of a mail address."""
    claims = [*named(1, "Kai Falk", "l1", "m2"), *named(2, "K. Falk", "l1", "p3"), *named(3, "", "p3", "m1")]
    assert joined(claims) == dict.fromkeys(("l1", "m2", "p3", "m1"), "m1")


def test_shared_mailbox_is_its_own_and_shared_telephone_the_first_one_s() -> None:
    """What people of different names share joins nobody."""
    claims = [*named(1, "Kai Falk", "m1", "m3", "p1"), *named(2, "Eva Falk", "m2", "m3", "p1")]
    assert joined(claims) == {"m1": "m1", "m2": "m2", "m3": "m3", "p1": "m1"}


def test_page_belongs_to_somebody_and_joins_nobody() -> None:
    """Two people of one firm's page are two."""
    claims = [*named(1, "Kai Falk", "m1", "w1"), *named(2, "", "m2", "w1")]
    assert joined(claims) == {"m1": "m1", "m2": "m2", "w1": "m1"}


_ADDRESSES = st.sampled_from(["m1", "m2", "m3", "m4", "p1", "p2", "w1", "l1"])
_NAMES = st.sampled_from(["", "Kai Falk", "K. Falk", "Eva Falk", "Zoë"])
_RECORDS = st.lists(st.tuples(_NAMES, st.lists(_ADDRESSES, min_size=1, max_size=4, unique=True)), max_size=8)


@given(_RECORDS, st.randoms(use_true_random=False))
def test_order_is_nothing_and_every_address_leads_to_one_of_the_same_person(
    records: list[tuple[str, list[str]]], dice: Random
) -> None:
    """Shuffled claims give the same persons; ids are addresses of that very person."""
    claims = [one for n, (name, some) in enumerate(records) for one in named(n, name, *some)]
    found = joined(claims)
    dice.shuffle(claims)
    assert joined(claims) == found
    assert set(found) == {one.address for one in claims}
    assert all(found[person] == person for person in found.values())
