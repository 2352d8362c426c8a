"""A draft as a mail program takes it: an ordinary reply in the thread; nothing in it tells of the house."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import blake2b

_LONGEST = 200
_POLICY = email.policy.SMTP.clone(max_line_length=78)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a reply says and to whom; `answers` is the Message-ID it answers, without brackets."""

    sender_name: str
    sender: str
    to_name: str
    to: str
    subject: str
    text: str
    answers: str | None = None

    @property
    def digest(self) -> str:
        """What it says, in short: whoever changes a word of it changes this."""
        return _digest(self.to, self.subject, self.text)

    def message_id(self, seed: str) -> str:
        """Return its Message-ID, without brackets: the same for the same words to the same `seed`."""
        domain = self.sender.rpartition("@")[2]
        return f"{blake2b(f'{seed}/{self.digest}'.encode(), digest_size=12).hexdigest()}@{domain}"


def written(reply: Reply, message_id: str, when: datetime) -> bytes:
    """Return the reply as a mail, with CRLF."""
    mail = EmailMessage(_POLICY)
    mail["From"] = _address(reply.sender_name, reply.sender)
    mail["To"] = _address(reply.to_name, reply.to)
    mail["Subject"] = _line(reply.subject)
    mail["Date"] = format_datetime(when)
    mail["Message-ID"] = f"<{message_id}>"
    if reply.answers and _is_plain(reply.answers):
        mail["In-Reply-To"] = mail["References"] = f"<{reply.answers}>"
    mail.set_content(reply.text, charset="utf-8", cte="quoted-printable")
    return mail.as_bytes()


def digest_of(raw: bytes) -> str:
    """Return the digest of a mail that `written` made, whoever has had it since."""
    mail = email.message_from_bytes(raw, policy=_POLICY)
    try:
        to = mail["To"].addresses[0].addr_spec if mail["To"] and mail["To"].addresses else ""
        body = mail.get_body(("plain",))
        text = str(body.get_content()) if body else ""
        return _digest(to, str(mail["Subject"] or ""), text)
    except (LookupError, ValueError, AttributeError):
        return ""


def _digest(to: str, subject: str, text: str) -> str:
    parts = (to.strip().lower(), " ".join(_line(subject).split()), "\n".join(text.split()))
    return blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=12).hexdigest()


def _address(name: str, address: str) -> Address | str:
    """Return an address with a name that fits into one line; a strange one goes without its name."""
    try:
        return Address(_line(name), addr_spec=address)
    except (ValueError, IndexError):
        return address


def _line(text: str) -> str:
    printable = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(printable.split())[:_LONGEST]


def _is_plain(message_id: str) -> bool:
    return message_id.isascii() and message_id.isprintable() and not set(message_id) & set(' <>"')
