"""Notices of LinkedIn and XING: whether one says that somebody asks, who it is, and in which words.

The network writes, but somebody else asks: the requester stands in the body. Where the
requester wrote nothing, the network puts its own words there; these are no words of
the requester's. Links have lost their keys before (scrub.py).

A notice of LinkedIn counts as a request when two of four signs agree: its template, its
sender, the path of the accept link, its subject. The subject alone is a matter of
language. For XING no such mail was ever verified; its table is an attempt, and for
whatever is written otherwise the owner can teach a recipe (taught.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from anlass.intake.contact_request import Channel, Requester
from anlass.intake.gate.notice_words import name_in, name_in_text, words_in
from anlass.intake.message import Message
from anlass.intake.tables import Network, tables
from anlass.people import Address, profile_address

_PROFILE = re.compile(r"https://(?:[a-z0-9-]+\.)*(linkedin|xing)\.com/(?:in|profile)/([^/?#\s]+)")
_NUMBER = re.compile(r"invitationId/(\d+)")
_ENOUGH_SIGNS = 2


@dataclass(frozen=True, slots=True)
class Notice:
    """What a network's notice says: through which door, who asks, in which words.

    `words` is empty where the network's default stood there (`is_default`) or nothing.
    `number` is the network's own number of the invitation, empty where it has none.
    `is_reminder`: it says itself that it only reminds.
    """

    channel: Channel
    requester: Requester
    words: str
    is_default: bool
    number: str
    is_reminder: bool = False


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
    if _asks_nothing(message, network, template):
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
    words = words_in(message.text, name, network)
    is_default = _is_default(words, network)
    number = _NUMBER.search(message.text)
    return Notice(
        channel=Channel(network.channel),
        requester=Requester(name, profile_in(message.text, Channel(network.channel))),
        words="" if is_default else words,
        is_default=is_default,
        number=number[1] if number else "",
        is_reminder=_says(message.subject or "", network.reminders),
    )


def profile_in(text: str, channel: Channel) -> Address | None:
    """Return the first profile on this network that a text links to."""
    for found in _PROFILE.finditer(text):
        if found[1].lower() == channel:
            return profile_address(found[0])
    return None


def _asks_nothing(message: Message, network: Network, template: str) -> bool:
    """Tell whether the network only reports: an acceptance, a suggestion, a list of what is still open.

    The requester's name says nothing about that (somebody may be called Jobst), nor do the words of
    somebody whose invitation can be accepted right here.
    """
    if any(word in template for word in network.other_templates):
        return True
    subject = message.subject or ""
    name = name_in(subject, network.asking)
    if _says(subject.replace(name, " ") if name else subject, network.not_subjects):
        return True
    return network.invitation_path not in message.text and _says(message.text, network.not_words)


def _says(text: str, phrases: tuple[str, ...]) -> bool:
    plain = text.lower().replace("’", "'")
    return any(phrase in plain for phrase in phrases)


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
    if shown and shown.lower() not in {network.channel, f"{network.channel} invitations"}:
        return shown
    told = ((message.subject or "").strip(), *map(str.strip, message.text.split("\n")))
    found = next((name for line in told if (name := name_in(line, network.asking))), "")
    return found or name_in_text(message.text, network)


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
