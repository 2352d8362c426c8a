"""Small mails for the tests of this room, and the characters in them.

Vera Beispiel is the owner, Kai Bekannt somebody she knows, Max Muster a stranger.
"""

from __future__ import annotations

from anlass.intake import (
    ContactRequest,
    Message,
    NoRequest,
    Origin,
    Recipient,
    Surroundings,
    normalise,
    parse,
)

OWNER = "vera@example.org"
HERE = Origin("mail.eml")
ASK = "Guten Tag, ich schreibe ein Buch über Brücken. Haben Sie dazu 15 Minuten?"


def mail(text: str = ASK, *, sender: str = "Max Muster <max@example.net>", **fields: str) -> bytes:
    """Return a plain mail; `fields` are further headers, `_` for `-`, a value of `""` leaves one out."""
    headers = {
        "from": sender,
        "to": "Vera Beispiel <vera@example.org>",
        "subject": "Eine Frage",
        "date": "Mon, 02 Mar 2026 09:12:33 +0100",
        "message-id": "<1@example.net>",
        "content-type": "text/plain; charset=utf-8",
    }
    headers |= {name.strip("_").replace("_", "-"): value for name, value in fields.items()}
    head = "".join(f"{name}: {value}\n" for name, value in headers.items() if value)
    return f"{head}\n{text}\n".encode()


def read(raw: bytes) -> Message:
    """Return the message in `raw`; fails the test where it is set aside."""
    message = parse(raw, HERE)
    assert isinstance(message, Message), message
    return message


def around(**known: object) -> Surroundings:
    """Return the surroundings of one of the owner's mails."""
    return Surroundings(frozenset({OWNER}), Recipient("Vera Beispiel"), **known)  # type: ignore[arg-type]  # by name


def request(raw: bytes, **known: object) -> ContactRequest:
    """Return the request in `raw`; fails the test where it is none."""
    found = normalise(read(raw), around(**known))
    assert isinstance(found, ContactRequest), found
    return found


def rule(raw: bytes, **known: object) -> str | None:
    """Return the rule that makes `raw` no request, `None` where it is one."""
    found = normalise(read(raw), around(**known))
    return found.rule if isinstance(found, NoRequest) else None
