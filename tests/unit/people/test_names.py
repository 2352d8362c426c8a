"""How names may be one person's: in any order and spelling, and how little each says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.languages import languages
from anlass.people.names import Likeness, likeness, short_forms, spelling

FORMS = short_forms(
    sorted({line for spoken in languages().spoken.values() for line in spoken.words("names.short")})
)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Kai Falk", "Falk, Kai", Likeness.SAME),
        ("Prof. Dr. Kai Falk", "kai falk", Likeness.SAME),
        ("Kai von Falk", "Kai Falk", Likeness.SAME),
        ("Jörg Müller", "Joerg Mueller", Likeness.SPELLING),
        ("Jörg Müller", "Jorg Muller", Likeness.SPELLING),
        ("Søren Weiß", "Soeren Weiss", Likeness.SPELLING),
        ("Eva Sülzer", "Eva Sülzer-Falk", Likeness.LONGER),
        ("Anna Maria Berg", "Berg, Anna", Likeness.LONGER),
        ("Hans Falk", "Johannes Falk", Likeness.SHORT_FORM),
        ("Steffi Mueller", "Stefanie Müller", Likeness.SHORT_FORM),
        ("Bill Gray", "William Gray", Likeness.SHORT_FORM),
        ("Peggy Gray", "Margaret Gray", Likeness.SHORT_FORM),
        ("K. Falk", "Kai Falk", Likeness.INITIAL),
        ("K. Falk", "Falk, Kai Uwe", Likeness.INITIAL),
        ("Eva Sülzer", "Eva Falk", Likeness.GIVEN),
        ("Eva", "Eva Falk", Likeness.GIVEN),
        ("Kai Falk", "Eva Falk", None),
        ("Bill Gray", "Robert Gray", None),
        ("E. Falk", "Kai Falk", None),
        ("K. F.", "Kai Falk", None),
        ("Bauer", "Baur", None),
        ("", "Kai Falk", None),
        ("Dr.", "Dr.", None),
        ("王伟", "李娜", None),
    ],
)
def test_names_are_alike_in_the_way_they_are_told(one: str, other: str, alike: Likeness | None) -> None:
    """Each way of being alike has its own name, whichever name comes first."""
    assert likeness(one, other, FORMS) is alike
    assert likeness(other, one, FORMS) is alike


def test_address_spells_a_name_with_umlauts_written_out() -> None:
    """The words of a name stand as an address has them."""
    assert spelling("Müller-Lüdenscheidt, Prof. Dr. Jörg") == ("joerg", "mueller", "luedenscheidt")


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    """Nothing a stranger calls himself breaks the comparison, and its order is nothing."""
    assert likeness(one, other, FORMS) is likeness(other, one, FORMS)
