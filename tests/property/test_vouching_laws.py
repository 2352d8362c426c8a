"""Laws of vouching: named is who is vouched for and agrees at that instant; a voucher cannot be bent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.people import Address, AddressKind, Standing
from anlass.people.standing import GIVEN, StandingBy, StandingWord
from anlass.people.voucher import LONG, IssuerKey, public_key, sign, vouchers_in, weigh
from anlass.people.vouching import ConsentKind, ConsentWord, is_vouched, named

pytestmark = pytest.mark.slow  # each law is tried in a hundred situations

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOURS = st.integers(0, 20).map(lambda hours: NOW + timedelta(hours=hours))
ACTS = st.lists(st.tuples(HOURS, st.sampled_from((*GIVEN, *ConsentKind))), max_size=12)
SEED = b"s" * 32
SAM = Address(AddressKind.MAIL, "sam@falk.example")
KEY = IssuerKey(public_key(SEED), "ada")
VOUCHER = sign(SEED, b"0123456789", SAM, since=NOW, until=NOW + LONG)


@given(ACTS, HOURS)
def test_named_is_who_is_vouched_for_and_agrees_at_that_instant(
    acts: list[tuple[datetime, Standing | ConsentKind]], at: datetime
) -> None:
    """Told by a model that walks through the acts one by one and forgets everything but two switches."""
    vouched = agreed = False
    standing, consents = [], []
    for number, (when, act) in enumerate(sorted(acts, key=lambda one: one[0]), 1):
        moment = when + timedelta(seconds=number)
        if isinstance(act, Standing):
            standing.append(StandingWord(moment, "p", act, StandingBy.OWNER))
            vouched = act is Standing.VOUCHED_FOR if moment <= at else vouched
        else:
            consents.append(ConsentWord(moment, "p", act, "Sam", number))
            is_word = moment <= at and act is not ConsentKind.ASKED
            agreed = act is ConsentKind.GIVEN if is_word else agreed
    assert bool(named(standing, consents, at=at)) == (vouched and agreed)
    assert is_vouched(standing, at=at) == vouched


@given(
    st.integers(15, 157), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
)
def test_a_voucher_with_one_other_letter_has_no_effect(place: int, letter: str) -> None:
    """There is no second way to write a voucher, and no way to change one."""
    line = VOUCHER.text
    bent = line[:place] + letter + line[place + 1 :]
    worth = [weigh(one, {KEY.id: KEY}, ["ada"], SAM, is_proven=True, at=NOW) for one in vouchers_in(bent)]
    assert any(one.fault is None for one in worth) == (bent == line)


@given(st.emails(), st.booleans())
def test_a_voucher_counts_for_one_address_alone(address: str, is_own: bool) -> None:
    """Copied by another sender it says nothing."""
    sender = SAM if is_own else Address(AddressKind.MAIL, address)
    worth = weigh(VOUCHER, {KEY.id: KEY}, ["ada"], sender, is_proven=True, at=NOW)
    assert (worth.fault is None) == (sender == SAM)
