"""Profiles on networks: one form for all ways of writing one, nothing for what is nobody's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.people import Address, AddressKind, is_relay, mail_address, profile_address

KAI = Address(AddressKind.LINKEDIN, "https://www.linkedin.com/in/kai-falk")


@pytest.mark.parametrize(
    "url",
    [
        "https://www.linkedin.com/in/kai-falk",
        "http://de.linkedin.com/in/Kai-Falk/",
        "linkedin.com/in/kai-falk?trk=x",
        "www.linkedin.com/in/kai-falk/details#x",
        "https://www.linkedin.com/comm/in/kai-falk?midToken=secret",
        "  https://www.linkedin.com/in/kai-falk  ",
    ],
)
def test_profile_has_one_form(url: str) -> None:
    """Countries, keys and upper case do not tell people apart."""
    assert profile_address(url) == KAI


def test_letters_beyond_ascii_have_one_form() -> None:
    """Coded or not, large or small."""
    forms = {
        profile_address(f"https://www.linkedin.com/in/{slug}")
        for slug in ("jürgen", "JÜRGEN", "j%C3%BCrgen", "J%c3%9crgen")
    }
    assert forms == {Address(AddressKind.LINKEDIN, "https://www.linkedin.com/in/j%c3%bcrgen")}


def test_xing_profiles_and_their_pages() -> None:
    """The further pages of a profile are the profile."""
    assert profile_address("https://www.xing.com/profile/Kai_Falk2/cv") == Address(
        AddressKind.XING, "https://www.xing.com/profile/kai_falk2"
    )


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://www.linkedin.com/company/falk",
        "https://www.linkedin.com/pub/kai-falk/1/2/3",
        "https://www.linkedin.com/in/",
        "https://linkedin.com.evil.example/in/kai",
        "https://evil.example/linkedin.com/in/kai",
        "https://www.linkedin.com/in/%00%ff",
        "https://www.linkedin.com/in/" + "x" * 300,
        "javascript:alert(1)",
    ],
)
def test_what_is_no_person_s_profile_is_none(url: str) -> None:
    """Companies, other hosts and rubbish."""
    assert profile_address(url) is None


@given(st.text())
def test_normal_form_of_a_normal_form_is_itself(slug: str) -> None:
    """Reading a form again changes nothing."""
    once = profile_address("https://www.linkedin.com/in/" + slug)
    assert once is None or profile_address(once.value) == once


@pytest.mark.parametrize(
    ("mail", "answer"),
    [
        ("hit-reply@linkedin.com", True),
        ("s-1@e.linkedin.com", True),
        ("mailrobot@mail.xing.com", True),
        ("kai@falk.example", False),
        ("kai@notlinkedin.com", False),
    ],
)
def test_addresses_of_networks_are_nobody_s(mail: str, answer: bool) -> None:
    """They pass mail on; only mail addresses can be such."""
    address = mail_address(mail)
    assert address is not None
    assert is_relay(address) is answer
    assert not is_relay(KAI)
