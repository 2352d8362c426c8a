"""Who says that the sender is the sender? Only the owner's own provider is believed.

Anybody can write "Authentication-Results: pass" into a mail. So a statement counts only
when it bears the name (authserv-id) of the owner's provider and stands above the first
Received field that a foreign house wrote: what lies below came with the mail. Where
nothing can be proven the answer is NONE, which fails toward the owner.
"""

from __future__ import annotations

import re
from enum import StrEnum

from anlass.intake.guard import BRACKET_LIMIT, VALUE_LIMIT
from anlass.intake.message import Message, Oddity
from anlass.intake.results import Statement, statements

_BY = re.compile(r"\bby\s+([A-Za-z0-9.:_-]+)")
_LOCAL = (".local", ".internal", ".localdomain", ".lan", ".home", ".intern")


class Authenticity(StrEnum):
    """What the owner's own provider says about the sender."""

    PASS = "pass"  # noqa: S105  # the word of RFC 8601, no password
    FAIL = "fail"
    NONE = "none"
    """Nothing was said, nothing can be believed, or it could not be read."""


def authenticity(message: Message, trusted: frozenset[str]) -> Authenticity:
    """Return what the servers named in `trusted` (authserv-ids, lower case) say about the From address.

    PASS needs a DMARC pass, or without any DMARC statement an SPF or DKIM pass of the
    sender's own domain, or that the sender logged in under it. A message with several senders never passes.
    """
    if not trusted or message.sender is None:
        return Authenticity.NONE
    domain = message.sender.address.rpartition("@")[2]
    for value in _believable(message, trusted):
        said = _said(value, domain)
        if said is Authenticity.PASS and Oddity.SEVERAL_FROM in message.oddities:
            return Authenticity.NONE
        if said is not Authenticity.NONE:
            return said
    return Authenticity.NONE


def is_vouched_for(message: Message, trusted: frozenset[str]) -> bool:
    """Tell whether the owner's own provider says `dmarc=pass` for the very domain of From, and nothing else.

    Stricter than `authenticity`: what goes out by itself goes to nobody whose name was only borrowed.
    """
    if message.sender is None or Oddity.SEVERAL_FROM in message.oddities:
        return False
    domain = message.sender.address.rpartition("@")[2]
    said = [
        (result, domains)
        for value in _believable(message, trusted)
        for method, result, domains in _results(value)
        if method == "dmarc"
    ]
    return bool(said) and all(
        result == "pass" and domain in (domains or (domain,)) for result, domains in said
    )


def usual_server(message: Message) -> str | None:
    """Return the topmost authserv-id of a message, lower case.

    The name that stands on top of most of the owner's mail is that of the owner's provider.
    """
    return next((_server(value) for name, value in message.trace if name == "authentication-results"), None)


def _believable(message: Message, trusted: frozenset[str]) -> list[str]:
    """Return the statements of trusted servers above the first foreign Received, topmost first."""
    found = []
    for name, value in message.trace:
        if name == "received":
            by = _BY.search(value)
            if by and not _is_own(by[1].lower().rstrip("."), trusted):
                break
        elif _server(value) in trusted:
            found.append(value)
    return found


def _server(value: str) -> str:
    words = value.partition(";")[0].split()
    return words[0].lower() if words and "=" not in words[0] else ""


def _is_own(host: str, trusted: frozenset[str]) -> bool:
    """Tell whether a server that wrote a Received field belongs to the owner's side."""
    if "." not in host or ":" in host or host.replace(".", "").isdigit() or host.endswith(_LOCAL):
        return True
    return any(_is_related(host, server) or _is_related(_house(host), _house(server)) for server in trusted)


def _house(host: str) -> str:
    return ".".join(host.split(".")[-2:])


def _is_related(one: str, other: str) -> bool:
    """Tell whether two domains are the same, or one inside the other (relaxed alignment)."""
    shorter = min(one, other, key=len)
    return "." in shorter and (one == other or one.endswith("." + other) or other.endswith("." + one))


def _said(value: str, domain: str) -> Authenticity:
    """Read one statement."""
    said = _results(value)
    dmarc = [(result, domains) for method, result, domains in said if method == "dmarc" and result != "none"]
    if dmarc:
        result, domains = dmarc[0]
        if result == "fail":
            return Authenticity.FAIL
        named = not domains or any(_is_related(name, domain) for name in domains)
        return Authenticity.PASS if result == "pass" and named else Authenticity.NONE
    proven = any(
        result == "pass"
        and method in ("dkim", "spf", "auth")
        and any(_is_related(name, domain) for name in domains)
        for method, result, domains in said
    )
    return Authenticity.PASS if proven else Authenticity.NONE


def _results(value: str) -> tuple[Statement, ...]:
    """Return everything a statement says; nothing where it cannot be read."""
    if value.count("(") > BRACKET_LIMIT:
        return ()
    return statements(" ".join(value[:VALUE_LIMIT].split())) or ()
