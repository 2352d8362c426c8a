"""Address fields become mailboxes: a name and an address in normal form, as far as they go."""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.utils import getaddresses
from functools import lru_cache

from anlass.intake.guard import BRACKET_LIMIT, FIELD_LIMIT, NAME_LIMIT, clean
from anlass.intake.message import Mailbox
from anlass.people import mail_address

_SPEC = re.compile(r"[^\s<>\"'(),;:@\[\]]{1,64}@[^\s<>\"'(),;:@\[\]]{1,255}")
_COMMENT = re.compile(r"[()]+")


def mailbox(name: str | None, address: str) -> Mailbox | None:
    """Return one mailbox, or `None` where `address` holds no address at all."""
    found = _normal(address)
    if found is None:
        return None
    return Mailbox(clean(name[:NAME_LIMIT]).strip(" \t\r\n'\",") if name else "", found)


@lru_cache(maxsize=8_192)  # an archive names the same people again and again
def _normal(address: str) -> str | None:
    found = mail_address(address)
    if found is None:
        spec = _SPEC.search(address)
        found = mail_address(spec.group().rstrip(".")) if spec else None
    return None if found is None else found.value


def mailboxes(pairs: Iterable[tuple[str | None, str]]) -> tuple[Mailbox, ...]:
    """Return the mailboxes of names and addresses as a parser gave them, each address once."""
    found: dict[str, Mailbox] = {}
    for name, address in pairs:
        if (box := mailbox(name, address)) is not None:
            found.setdefault(box.address, box)
    return tuple(found.values())


def patient_mailboxes(value: str) -> tuple[Mailbox, ...]:
    """Return the mailboxes of a field that the first parser could not read.

    Comments are only read where they are few: their parser recurses. Where no
    grammar helps, whatever has the form of an address counts.
    """
    value = value[:FIELD_LIMIT]
    if value.count("(") > BRACKET_LIMIT:
        value = _COMMENT.sub(" ", value)
    try:
        found = mailboxes(getaddresses([value]))
    except (ValueError, IndexError, AttributeError, RecursionError, TypeError):
        # the standard library's address parser raises all of these on published mails
        found = ()
    return found or mailboxes((None, spec) for spec in _SPEC.findall(value))
