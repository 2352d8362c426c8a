"""Keys to other houses are thrown away at the door.

A network's notice carries links that accept, sign in or unsubscribe for whoever
holds them. Of every link to a network only the road is kept - that it is an
invitation, its number, whose profile it names - and never what opens anything. So no
value behind this point can give such a key away.
"""

from __future__ import annotations

import re
from dataclasses import replace

from anlass.intake.message import Message

_HOSTS = r"(?:[a-z0-9-]{1,40}\.){0,3}(?:linkedin|xing)\.(?:com|de)|lnkd\.in"
_LINK = re.compile(rf"\b(?:https?://)?({_HOSTS})(?::\d+)?((?:[/?#][^\s<>\"'\])}}]*)?)", re.IGNORECASE)
_WRAPPED = re.compile(
    r"(?<![^\s<>\"'(\[{])[^\s<>\"']{0,2000}?(linkedin|xing|lnkd)(?:\.|%2e|%252e)(com|de|in)(?:%25(?:25)*)?(?:%2f|%252f|%3a|%3f)"
    r"[^\s<>\"']*",
    re.IGNORECASE,
)
"""A link to a network within another link: programs that look at links first wrap them so."""
_KEY = re.compile(
    r"\b((?:shared|auth)?(?:key|token|sig)|(?:mid|otp)(?:token|sig)|sharedKey|authToken)"
    r"(=|%(?:25)?3D|(?<=sharedKey)(?:/|%(?:25)?2F))[^\s&;<>\"'/]+",
    re.IGNORECASE,
)
_NAMES = ("linkedin.", "xing.", "lnkd.in", "linkedin%2", "xing%2", "lnkd%2")
_PROFILE = re.compile(r"^(?:/comm)?/(?:in|profile|pub)/([^/?#\s]{1,100})")
_NUMBER = re.compile(r"invitationId[=/](\d{1,24})", re.IGNORECASE)


def scrubbed(message: Message) -> Message:
    """Return `message` with every link to a network reduced to what opens nothing."""
    said = (message.text, message.hidden, message.invitation, message.subject or "")
    headers, sender = message.headers, message.sender
    name = sender.name if sender else ""
    is_theirs = _comes_from_network(message)
    if not (is_theirs or any(map(_names_network, filter(None, (*said, name))))):
        return message
    text, hidden, invitation, subject = map(_plain, said)
    if sender is not None and name != _plain(name):
        sender = replace(sender, name=_plain(name))
    if is_theirs or subject != said[-1] or sender is not message.sender:
        headers = {name: tuple(_plain(line) for line in lines) for name, lines in headers.items()}
    return replace(
        message,
        text=text,
        hidden=hidden,
        invitation=invitation,
        subject=subject if message.subject else message.subject,
        headers=headers,
        sender=sender,
    )


def _comes_from_network(message: Message) -> bool:
    if message.sender is None:
        return False
    return (
        message.sender.address.endswith(("linkedin.com", "xing.com"))
        or "x-linkedin-template" in message.headers
    )


def _plain(text: str) -> str:
    if not text or not _names_network(text):
        return text
    if "%" in text:
        text = _WRAPPED.sub(_host_alone, text)
    return _KEY.sub(r"\1\2-", _LINK.sub(_road, text))


def _names_network(text: str) -> bool:
    lower = text.lower() if len(text) < 1 << 20 else text
    # few texts hold any of these, and three questions are asked sooner than six
    if "linkedin" in lower or "xing" in lower or "lnkd" in lower:
        return any(name in lower for name in _NAMES)
    return False


def _host_alone(link: re.Match[str]) -> str:
    """Return of a wrapped link the network's host alone."""
    return f"https://{link[1].lower()}.{link[2].lower()}/"


def _road(link: re.Match[str]) -> str:
    """Return a link without its keys: profile, number of the invitation, or the bare host."""
    host, path = link[1].lower(), link[2]
    profile = _PROFILE.match(path)
    if profile and profile[1] not in ("view", "edit"):
        kind = "profile" if "xing" in host else "in"
        return f"https://{host}/{kind}/{profile[1]}"
    if "invite-accept" in path:
        number = _NUMBER.search(path)
        return f"https://{host}/invite-accept/" + (f"invitationId/{number[1]}" if number else "")
    if "invitation-manager" in path:
        return f"https://{host}/mynetwork/invitation-manager/"
    return f"https://{host}/" if path else link[0]
