"""Notices of LinkedIn and XING: whether one says that somebody asks, who it is, and in which words.

The network writes, but somebody else asks: the requester stands in the body. Where the
requester wrote nothing, the network puts its own words there; these are no words of
the requester's. Links have lost their keys before (scrub.py).

A notice of LinkedIn counts as a request when two of four signs agree: its template, its
sender, the path of the accept link, its subject. The subject alone is a matter of
language. For XING no such mail was ever verified; its table is an attempt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from anlass.intake.contact_request import Channel, Requester
from anlass.intake.message import Message
from anlass.intake.tables import Network, tables
from anlass.people import Address, profile_address

_PROFILE = re.compile(r"https://(?:[a-z0-9-]+\.)*(linkedin|xing)\.com/(?:in|profile)/([^/?#\s]+)")
_NUMBER = re.compile(r"invitationId/(\d+)")
_GREETING = re.compile(r"(?:hi|hello|hallo|guten tag|dear|liebe[r]?)\b[^.!?]{0,60}[,!:]?", re.IGNORECASE)
_ASKS = re.compile(
    r"^(?!ich\b|i\b)(.{2,80}?)\s+(?:wants to connect|would like to connect|möchte (?:sich|dich|sie)\b)",
    re.IGNORECASE,
)
"""How a network says in its own words, in the subject or a line of its own, who asks."""
_LINK = re.compile(r"https?://\S+")
_ENOUGH_SIGNS = 2
_NAME_LINES = 6
"""Lines at the end of a notice's words in which name and headline stand."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a network's notice says: through which door, who asks, in which words.

    `words` is empty where the network's default stood there (`is_default`) or nothing.
    `number` is the network's own number of the invitation, empty where it has none.
    """

    channel: Channel
    requester: Requester
    words: str
    is_default: bool
    number: str


def network_of(message: Message) -> Network | None:
    """Return the network that sent a message, by the sender's domain."""
    return _network_at(_domain(message))


@lru_cache(maxsize=1_024)
def _network_at(domain: str) -> Network | None:
    return next((one for one in tables().networks if _ends_with(domain, one.domains)), None)


def is_request_notice(message: Message) -> str | None:
    """N18: return the sign by which a network's notice is a request, `None` where it is none."""
    network = network_of(message)
    if network is None or message.sender is None:
        return None
    if _is_relay(network, message):
        return f"From: {message.sender.address}"
    subject = (message.subject or "").lower()
    template = _header(message, network.template_header)
    if any(word in subject for word in network.not_subjects) or any(
        word in template for word in network.other_templates
    ):
        return None
    if any(word in message.text.lower() for word in network.not_words):
        return None
    signs = [
        f"{network.template_header}: {template}" if network.invitation_template in template else "",
        f"From: {message.sender.address}"
        if message.sender.address.partition("@")[0] in network.inviters
        else "",
        network.invitation_path if network.invitation_path in message.text else "",
        f"Subject: {message.subject}" if any(word in subject for word in network.subjects) else "",
    ]
    seen = [sign for sign in signs if sign]
    enough = _ENOUGH_SIGNS if network.inviters else 1
    return seen[0] if len(seen) >= enough else None


def other_notice(message: Message) -> str | None:
    """N19: return the sender of any other notice of a network."""
    if message.sender is None:
        return None
    return message.sender.address if _is_network_at(_domain(message)) else None


@lru_cache(maxsize=1_024)
def _is_network_at(domain: str) -> bool:
    return _network_at(domain) is not None or _ends_with(domain, tables().other_networks)


def read_notice(message: Message) -> Notice | None:
    """Return what a notice says, `None` where `message` is no notice of a request."""
    network = network_of(message)
    if network is None or is_request_notice(message) is None:
        return None
    name = _name(message, network)
    words = _words(message.text, name, network)
    is_default = _is_default(words, network)
    number = _NUMBER.search(message.text)
    return Notice(
        channel=Channel(network.channel),
        requester=Requester(name, _profile(message.text, network)),
        words="" if is_default else words,
        is_default=is_default,
        number=number[1] if number else "",
    )


def _is_relay(network: Network, message: Message) -> bool:
    """Tell whether the network passes on a member's own words."""
    local = message.sender.address.partition("@")[0] if message.sender else ""
    return local in network.relays or _header(message, network.class_header) in network.relay_classes


def _name(message: Message, network: Network) -> str:
    """Return the requester's name: the display name, else the network's own words in subject or text."""
    shown = message.sender.name if message.sender else ""
    for tail in network.via:
        if shown.lower().endswith(tail):
            shown = shown[: -len(tail)].strip()
    if shown and shown.lower() != network.channel:
        return shown
    told = ((message.subject or "").strip(), *map(str.strip, message.text.split("\n")))
    return next((asks[1].strip() for line in told if (asks := _ASKS.match(line))), "")


def _profile(text: str, network: Network) -> Address | None:
    for found in _PROFILE.finditer(text):
        if found[1].lower() == network.channel:
            return profile_address(found[0])
    return None


def _words(text: str, name: str, network: Network) -> str:
    """Return the words between the greeting and the network's own lines, without name and headline."""
    lines: list[str] = []
    for line in text.split("\n"):
        start = line.strip().lower()
        if start.startswith(network.ends) and (
            _LINK.search(line) or start.startswith(network.ends[-8:]) or len(start) < 40
        ):
            if any(one.strip() for one in lines):
                break
            continue
        lines.append(
            _LINK.sub("", line).rstrip() if _LINK.search(line) and "linkedin" in line.lower() else line
        )
    labelled = [at for at, line in enumerate(lines) if line.strip().lower().startswith(network.labels)]
    if labelled:
        return "\n".join(lines[labelled[0] + 1 :]).strip()
    lines = [line for line in lines if not _ASKS.match(line.strip())]
    while lines and not lines[0].strip():
        lines.pop(0)
    if lines and _GREETING.fullmatch(lines[0].strip()):
        lines.pop(0)
    return "\n".join(_without_name(lines, name)).strip()


def _without_name(lines: list[str], name: str) -> list[str]:
    """Cut at the name that the network repeats below the words, headline and all."""
    if not name:
        return lines
    for place in range(len(lines) - 1, max(0, len(lines) - 1 - _NAME_LINES), -1):
        if lines[place].strip().lower() == name.lower():
            return lines[:place]
    return lines


def _is_default(words: str, network: Network) -> bool:
    plain = _normal(words)
    return bool(plain) and any(
        plain.startswith(_normal(one)) and len(plain) < len(one) + 60 for one in network.defaults
    )


def _normal(words: str) -> str:
    return " ".join(words.lower().replace("’", "'").split()).strip(" .!-")


def _header(message: Message, name: str) -> str:
    return message.headers.get(name, ("",))[0].strip().lower()


def _domain(message: Message) -> str:
    return message.sender.address.rpartition("@")[2] if message.sender else ""


def _ends_with(domain: str, ends: tuple[str, ...]) -> bool:
    return any(domain == end or domain.endswith("." + end) for end in ends)
