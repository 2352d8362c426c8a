"""Phone numbers and pages in normal form."""

from __future__ import annotations

import pytest

from anlass.people import Address, AddressKind
from anlass.sources.addresses import page_address, phone_address


@pytest.mark.parametrize(
    ("written", "region", "number"),
    [
        ("+49 (421) 123-45 67", "", "+494211234567"),
        ("0049 421 1234567", "", "+494211234567"),
        ("0421 / 1234567", "DE", "+494211234567"),
        ("tel:+49-421-1234567;ext=12", "", "+494211234567"),
        ("0421 1234567", "", None),
        ("1234", "DE", None),
        ("nachmittags", "DE", None),
        ("+" + "9" * 300, "", None),
        ("", "", None),
    ],
)
def test_phone_number_has_one_form(written: str, region: str, number: str | None) -> None:
    """E.164 where the country is known, nothing where it is not."""
    assert phone_address(written, region) == (Address(AddressKind.PHONE, number) if number else None)


@pytest.mark.parametrize(
    ("written", "kind", "page"),
    [
        ("http://de.linkedin.com/in/Kai-Falk-17/", "linkedin", "https://www.linkedin.com/in/kai-falk-17"),
        ("linkedin.com/in/zoë", "linkedin", "https://www.linkedin.com/in/zo%c3%ab"),
        (
            "https://www.linkedin.com/in/zo%C3%AB?trk=contact",
            "linkedin",
            "https://www.linkedin.com/in/zo%c3%ab",
        ),
        (
            "https\\://www.xing.com/profile/Eva_Suelzer/cv",
            "xing",
            "https://www.xing.com/profile/eva_suelzer",
        ),
        ("HTTP://Falk.example/", "web", "https://falk.example"),
        ("https://falk.example/Team?wer=1", "web", "https://falk.example/Team?wer=1"),
        ("https://www.linkedin.com/company/falk", "linkedin", None),
        ("https://linkedin.com.evil.example/in/kai", "web", "https://linkedin.com.evil.example/in/kai"),
        ("javascript:alert(1)", "web", None),
        ("ftp://falk.example", "web", None),
        ("https://[::1", "web", None),
        ("localhost", "web", None),
        ("ein Satz", "web", None),
        ("", "web", None),
    ],
)
def test_page_has_one_form_and_a_profile_is_one(written: str, kind: str, page: str | None) -> None:
    """A link to a profile is an address of the network; what is no page of the web is none."""
    assert page_address(written) == (Address(AddressKind(kind), page) if page else None)
