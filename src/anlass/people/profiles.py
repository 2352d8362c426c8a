"""Profiles on networks as addresses, and the addresses that are nobody's."""

from __future__ import annotations

import re

from anlass.people.person import Address, AddressKind

_PROFILE = re.compile(
    r"(?:https?://)?(?:[a-z0-9-]+\.){0,3}(?:(linkedin)\.com/(?:comm/)?in|(xing)\.com/(?:app/)?(?:profile|hp))/([^/?#\s,;\"'<>]+)",
    re.IGNORECASE,
)
_CODED = re.compile(r"(?:%[0-9a-f]{2})+", re.IGNORECASE)
_FOREIGN = re.compile(r"[^a-z0-9_.~-]+")
_SLUG = re.compile(r"[\w.~-]{1,200}")
_RELAYS = (".linkedin.com", ".xing.com")


def profile_address(url: str) -> Address | None:
    """Return the normal form of a person's profile on LinkedIn or XING, or `None` where `url` names none.

    Country hosts, queries, further pages (`/cv`) and upper case do not tell profiles
    apart; letters beyond ASCII are percent-coded, small. Company pages are nobody's, and of
    old `/pub/` links the name alone says too little.
    """
    found = _PROFILE.match(url.strip())
    if not found:
        return None
    slug = _CODED.sub(_decoded, found[3]).casefold()
    if not _SLUG.fullmatch(slug):
        return None
    slug = _FOREIGN.sub(_coded, slug)
    if found[1]:
        return Address(AddressKind.LINKEDIN, f"https://www.linkedin.com/in/{slug}")
    return Address(AddressKind.XING, f"https://www.xing.com/profile/{slug}")


def is_relay(address: Address) -> bool:
    """Tell whether a mail address is a network's own, which passes mail on and belongs to no person."""
    domain = address.value.rpartition("@")[2]
    return address.kind is AddressKind.MAIL and f".{domain}".endswith(_RELAYS)


def _coded(found: re.Match[str]) -> str:
    return "".join(f"%{octet:02x}" for octet in found[0].encode("utf-8"))


def _decoded(found: re.Match[str]) -> str:
    return bytes.fromhex(found[0].replace("%", "")).decode("utf-8", "replace")
