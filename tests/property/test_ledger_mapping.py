"""What is written into the book is read out of it, whatever it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.case import Case
from anlass.ledger import Encounter, EncounterKind
from anlass.people import Address, AddressKind, Person
from anlass.policy import Action, Decision, TriedCondition, TriedRule, Words
from anlass.replies import Draft, OutwardText, Register
from anlass.store.ground.mapping import path_text, read, text_path, written
from tests.property.evidence import moments, readings, requests, ties

pytestmark = pytest.mark.slow  # a hundred whole cases each

wild = st.text(st.characters(exclude_categories=()), max_size=30)
"""Any text at all, with zero bytes and halves of characters."""

FORMS = st.sampled_from(["sie", "tu"]).map(Register)


def cases() -> st.SearchStrategy[Case]:
    """Draw cases, as odd as the types allow."""
    words = st.builds(Words, wild, wild)
    tried = st.builds(
        TriedCondition,
        wild,
        st.one_of(st.none(), st.booleans()),
        st.lists(st.tuples(wild, wild), max_size=2).map(tuple),
    )
    rules = st.builds(TriedRule, words, st.booleans(), st.lists(tried, max_size=2).map(tuple))
    addresses = st.lists(st.builds(Address, st.sampled_from(AddressKind), wild), max_size=2).map(tuple)
    outward = st.builds(OutwardText, wild)
    return st.builds(
        Case,
        request=requests(),
        person=st.builds(Person, wild, wild, addresses),
        reading=readings(),
        tie=ties(),
        decision=st.builds(
            Decision, st.sampled_from(Action), words, words, st.lists(rules, max_size=2).map(tuple)
        ),
        draft=st.one_of(
            st.none(),
            st.builds(Draft, wild, FORMS, outward, st.one_of(st.none(), outward)),
        ),
    )


@given(cases())
def test_case_comes_back_from_its_row_without_loss(case: Case) -> None:
    """Reading what was written gives the same case, and the text is plain ASCII."""
    text = written(case)
    assert read(Case, text) == case
    assert text.isascii()
    assert "\0" not in text


@given(st.lists(st.builds(Encounter, st.sampled_from(EncounterKind), moments, wild), max_size=3).map(tuple))
def test_encounters_come_back_without_loss(encounters: tuple[Encounter, ...]) -> None:
    """The evidence of a case is kept as it was."""
    assert read(tuple[Encounter, ...], written(encounters)) == encounters


@given(cases())
def test_row_of_another_version_is_read_as_far_as_it_goes(case: Case) -> None:
    """What an old row lacks takes its default, and what a newer one adds is passed over."""
    text = written(case).replace('"is_dormant":true', '"is_asleep":true')
    again = read(Case, text)
    assert again.tie.is_dormant is False
    assert (again.request, again.reading) == (case.request, case.reading)


@given(st.binary(max_size=40).map(lambda name: name.decode("utf-8", "surrogateescape")))
def test_file_name_of_any_bytes_comes_back(name: str) -> None:
    """A file name in a row leads back to its file, and both databases take it."""
    kept = path_text(name)
    kept.encode("utf-8")
    assert text_path(kept) == name
