"""A letter becomes the bytes that are handed over: plain text, and at most one appointment beside it."""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from anlass.replies.outgoing import Outgoing, headers

_POLICY = SMTP.clone(max_line_length=76)


def raw_of(letter: Outgoing, *, at: datetime) -> bytes:
    """Return the letter as it goes over the wire; `at` is its date. Raises `ValueError` for no address.

    It names no program and no machine. The same letter at the same moment gives the same bytes.
    """
    message = EmailMessage(policy=_POLICY)
    message["From"] = _address(letter.sender, letter.sender_name)
    message["To"] = _address(letter.to)
    message["Subject"] = _line(letter.subject)
    message["Date"] = format_datetime(at)
    text = _text(letter.text).rstrip("\n") + "\n"
    message.set_content(
        text, charset="utf-8", cte="7bit" if text.isascii() and _is_short(text) else "quoted-printable"
    )
    for name, value in headers(letter):
        message[name] = _line(value)
    if letter.invitation:
        message.add_attachment(
            letter.invitation.encode(),
            maintype="text",
            subtype="calendar",
            filename="termine.ics" if letter.lang == "de" else "times.ics",
            params={"method": "PUBLISH", "charset": "utf-8"},
        )
        message.set_boundary(f"={letter.message_id.partition('.')[0]}=")
    return message.as_bytes()


def wire_address(address: str) -> str:
    """Return an address as every server takes it; raises `ValueError` where there is no such way."""
    local, at, domain = address.rpartition("@")
    if not (at and local and domain and local.isascii() and local.isprintable()) or set(local) & set(
        ' <>"\\'
    ):
        raise ValueError(address)
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError as error:
        raise ValueError(address) from error


def _address(address: str, name: str = "") -> Address:
    local, _, domain = wire_address(address).rpartition("@")
    return Address(_line(name), local, domain)


def _line(value: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in value).split())


def _text(value: str) -> str:
    return value.encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\r", "\n")


def _is_short(text: str) -> bool:
    return all(len(line) < 900 for line in text.splitlines())
