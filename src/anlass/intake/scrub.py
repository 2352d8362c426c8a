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
_KEY = re.compile(
    r"\b((?:shared|auth)?(?:key|token|sig)|(?:mid|otp)(?:token|sig)|sharedKey|authToken)(=|%3D)[^\s&;<>\"']+",
    re.IGNORECASE,
)
_PROFILE = re.compile(r"^(?:/comm)?/(?:in|profile|pub)/([^/?#\s]{1,100})")
_NUMBER = re.compile(r"invitationId[=/](\d{1,24})", re.IGNORECASE)


def scrubbed(message: Message) -> Message:
    """Return `message` with every link to a network reduced to what opens nothing."""
    text, hidden, invitation = (_plain(words) for words in (message.text, message.hidden, message.invitation))
    headers = message.headers
    if _comes_from_network(message):
        headers = {name: tuple(_plain(line) for line in lines) for name, lines in headers.items()}
    if (text, hidden, invitation) == (
        message.text,
        message.hidden,
        message.invitation,
    ) and headers is message.headers:
        return message
    return replace(message, text=text, hidden=hidden, invitation=invitation, headers=headers)


def _comes_from_network(message: Message) -> bool:
    if message.sender is None:
        return False
    return (
        message.sender.address.endswith(("linkedin.com", "xing.com"))
        or "x-linkedin-template" in message.headers
    )


def _plain(text: str) -> str:
    if not text:
        return text
    lower = text.lower() if len(text) < 1 << 20 else text
    if not any(name in lower for name in ("linkedin.", "xing.", "lnkd.in")):
        return text
    return _KEY.sub(r"\1\2-", _LINK.sub(_road, text))


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
