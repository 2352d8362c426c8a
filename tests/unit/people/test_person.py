"""Persons, their addresses and the ids that follow from them."""

from __future__ import annotations

import pytest

from anlass.people import Address, AddressKind, Person, mail_address, person_at, person_id


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("Kai@Falk.Example", "kai@falk.example"),
        (" <kai@falk.example> ", "kai@falk.example"),
        ("k.ai+news@falk.example", "k.ai+news@falk.example"),
        ("Jörg@müller.example", "jörg@müller.example"),
        ('"kai@home"@falk.example', '"kai@home"@falk.example'),
        ('"falk,kai"@falk.example', '"falk,kai"@falk.example'),
    ],
)
def test_mail_address_is_folded_and_nothing_else_is_guessed(written: str, normal: str) -> None:
    """Case does not matter; dots and plus tags may tell two people apart."""
    assert mail_address(written) == Address(AddressKind.MAIL, normal)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "@",
        "kai",
        "kai@",
        "@x.example",
        "kai@@x.example",
        "k@ai@x.example",
        "kai falk@x.example",
        "kai@falk,example",
        "kai@falk.example;olga@x.example",
        "kai,olga@x.example",
        "k@" + "x" * 320,
    ],
)
def test_what_is_no_mail_address_is_none(text: str) -> None:
    """Nothing is invented."""
    assert mail_address(text) is None


def test_person_id_is_the_same_in_every_run_and_another_for_another_kind() -> None:
    """The id follows from the address alone: this one is written down for ever."""
    kai = Address(AddressKind.MAIL, "kai@falk.example")
    assert person_id(kai) == "o5vm3ii5xvix5i5i"
    assert person_id(Address(AddressKind.XMPP, "kai@falk.example")) != person_id(kai)


def test_person_without_a_name_is_called_by_the_address() -> None:
    """Somebody has to be called something."""
    kai = Address(AddressKind.MAIL, "kai@falk.example")
    assert person_at(kai) == Person(person_id(kai), "kai@falk.example", (kai,))
    assert person_at(kai, "  Kai \n Falk ") == Person(person_id(kai), "Kai Falk", (kai,))
