"""Addresses as files write them, in normal form: phone numbers and pages of the web.

Mail addresses are `people.mail_address`, profiles on networks `people.profile_address`.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from anlass.people import Address, AddressKind, profile_address

_LONGEST = 500
_PHONE = 40
_NETWORKS = ("linkedin.com", "xing.com")


def phone_address(text: str, region: str = "") -> Address | None:
    """Return a phone number in E.164 (`+49301234567`), or `None` where it is none or its country unknown.

    `region` are the two letters of the country in which a number without a country code was written.
    """
    import phonenumbers  # noqa: PLC0415 - only whoever has telephone numbers waits for it

    written = text.strip().removeprefix("tel:").partition(";")[0]
    if not written or len(written) > _PHONE:
        return None
    if written.startswith("00"):
        written = "+" + written[2:]
    try:
        number = phonenumbers.parse(written, region.upper() or None)
    except phonenumbers.NumberParseException:
        return None
    is_one = phonenumbers.is_possible_number if written.startswith("+") else phonenumbers.is_valid_number
    if not is_one(number):
        return None
    number.extension = None
    return Address(AddressKind.PHONE, phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def page_address(text: str) -> Address | None:
    """Return a page of the web: a profile on LinkedIn or XING as that, any other page as it is."""
    written = text.strip().replace("\\:", ":")
    if len(written) > _LONGEST or not written.isprintable() or any(ch.isspace() for ch in written):
        return None
    if "://" not in written:
        written = "https://" + written
    try:
        parts = urlsplit(written)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or "." not in host:
        return None
    if any(host == network or host.endswith("." + network) for network in _NETWORKS):
        return profile_address(f"{host}{parts.path}")
    query = f"?{parts.query}" if parts.query else ""
    return Address(AddressKind.WEB, f"https://{host}{parts.path.rstrip('/')}{query}")
