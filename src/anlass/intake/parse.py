"""Bytes become a message, whatever they are.

Guard, header block, parts, letter: in this order, and nothing in it raises. What
cannot be a mail at all is set aside with a reason; everything else is a message,
with its oddities named.
"""

from __future__ import annotations

from anlass.intake.body import body_fields
from anlass.intake.contact_request import Origin
from anlass.intake.guard import Guarded, guarded, guarded_head, looks_like_mail
from anlass.intake.headers import header_fields
from anlass.intake.message import Message, SetAside
from anlass.intake.parts import tree
from anlass.intake.plain_headers import plain_message
from anlass.intake.scrub import scrubbed

_CONTROLS = bytes({*range(32), 127} - {*b"\t\n\r\f\x1b"})
_BINARY_SHARE = 0.02
"""Share of control bytes above which bytes without any header field are no text."""

_SENTENCES = {
    "empty": "There is nothing in it.",
    "binary": "These bytes are neither text nor a mail.",
    "no_header": "There is no header field in it, so neither a sender nor a date.",
}


def parse(raw: bytes, origin: Origin, *, is_searched: bool = True) -> Message | SetAside:
    """Return the mail in `raw`, or why it is none. Never raises.

    Where it is not `is_searched`, nobody looks for what HTML hides behind a plain text.
    """
    mail = guarded(raw)
    reason = _reason_against(raw, mail)
    if reason is not None:
        return SetAside(origin, reason, _SENTENCES[reason])
    oddities = set(mail.oddities)
    fields = header_fields(mail.head, oddities)
    body = body_fields(tree(mail, oddities), oddities, is_searched=is_searched)
    return scrubbed(Message(origin, **fields, **body, oddities=frozenset(oddities)))


def parse_headers(head: bytes, origin: Origin) -> Message:
    """Return what a header block says, as a message without text. Never raises.

    `head` may go on after the blank line; what follows is not looked at.
    """
    return scrubbed(plain_message(head, origin) or patient_message(head, origin))


def patient_message(head: bytes, origin: Origin) -> Message:
    """Return the same for any header block at all."""
    mail = guarded_head(head)
    oddities = set(mail.oddities)
    fields = header_fields(mail.head, oddities)
    return Message(origin, **fields, oddities=frozenset(oddities))


def _reason_against(raw: bytes, mail: Guarded) -> str | None:
    if looks_like_mail(mail.head):
        return None
    start = raw[:65_536].strip(b" \t\r\n\0")
    if not start:
        return "empty"
    controls = len(start) - len(start.translate(None, _CONTROLS))
    return "binary" if controls > _BINARY_SHARE * len(start) else "no_header"
