"""How one letter leaves the house: SMTP, one recipient, all of it or nothing.

What came of it is one of five: the server took it, does not take it now, never takes it, nobody knows,
or it was held back at the last moment. Only what surely did not arrive may be tried again.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Literal

from anlass.channels.mail.account import Server
from anlass.channels.mail.writing import wire_address
from anlass.wires.hosts import is_this_machine

PATIENCE: Final = 60.0
"""Seconds for one answer of a server. A letter takes seven of them at most."""
_LONGEST_WORDS = 200
_DOT = re.compile(rb"^\.", re.MULTILINE)
_HELO = "[127.0.0.1]"
"""What we call ourselves: the name of the owner's machine is nobody's business."""


class Fate(StrEnum):
    """What came of handing a letter over."""

    TAKEN = "taken"
    NOT_NOW = "not_now"
    NEVER = "never"
    UNKNOWN = "unknown"
    HELD = "held"
    """It was taken back, or the outbox was shut, right before."""


class Why(StrEnum):
    """What stood in the way."""

    UNREACHABLE = "unreachable"
    SILENT = "silent"
    BROKE_OFF = "broke_off"
    CERTIFICATE = "certificate"
    NO_TLS = "no_tls"
    PASSWORD = "password"  # noqa: S105 - the name of a trouble
    REFUSED = "refused"
    RECIPIENT = "recipient"
    ADDRESS = "address"
    """The address is none that can be written to."""


@dataclass(frozen=True, slots=True)
class Result:
    """The fate of a letter; `words` are the server's own, on one line."""

    fate: Fate
    why: Why | None = None
    words: str = ""

    def __str__(self) -> str:
        return f"{self.why}: {self.words}" if self.why and self.words else str(self.why or "")


@dataclass(frozen=True, slots=True)
class Submission:
    """The server that takes the owner's letters, who knocks there, and the secret that opens it.

    `trust` is whom certificates are checked against, the machine's own authorities where it is `None`.
    """

    server: Server
    user: str = ""
    secret: str = field(default="", repr=False)
    auth: Literal["password", "oauth2"] = "password"
    trust: ssl.SSLContext | None = None
    patience: float = PATIENCE


def deliver(way: Submission, raw: bytes, *, envelope: str, to: str, hand_over: Callable[[], bool]) -> Result:
    """Hand one letter over to one recipient; `envelope` is empty for the null sender.

    `hand_over` is called right before the words go over the wire; where it says no, they do not. Raises
    nothing for what is out there.
    """
    try:
        sender, recipient = (wire_address(envelope) if envelope else ""), wire_address(to)
    except ValueError as error:
        return Result(Fate.NEVER, Why.ADDRESS, _words(str(error)))
    smtp: smtplib.SMTP | None = None
    try:
        smtp = _connected(way)
        barred = _announced(smtp, sender, recipient)
        return barred or _handed(smtp, raw, hand_over)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        return _trouble(error)
    finally:
        if smtp is not None:
            _leave(smtp)


def _connected(way: Submission) -> smtplib.SMTP:
    """Open the way, shut as the settings say; raises for all that goes wrong."""
    server = way.server
    if server.security == "none" and not is_this_machine(server.host):
        raise ssl.SSLError("no encryption")
    context = way.trust or ssl.create_default_context()
    if server.security == "tls":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, local_hostname=_HELO, timeout=way.patience, context=context
        )
    else:
        smtp = smtplib.SMTP(server.host, server.port, local_hostname=_HELO, timeout=way.patience)
    with ExitStack() as half_open:
        half_open.callback(smtp.close)
        if server.security == "starttls":
            smtp.starttls(context=context)
        if way.auth == "oauth2":
            smtp.ehlo_or_helo_if_needed()
            smtp.auth("XOAUTH2", lambda _=None: f"user={way.user}\1auth=Bearer {way.secret}\1\1")
        elif way.user:
            smtp.login(way.user, way.secret)
        half_open.pop_all()
    return smtp


def _announced(smtp: smtplib.SMTP, sender: str, recipient: str) -> Result | None:
    """Say from where and to whom; return what bars it."""
    smtp.ehlo_or_helo_if_needed()
    code, words = smtp.mail(sender)
    if code != _OK:
        return _refused(code, words, Why.REFUSED)
    code, words = smtp.rcpt(recipient)
    return None if code in (_OK, _FORWARDS) else _refused(code, words, Why.RECIPIENT)


_OK, _FORWARDS, _GO_ON = 250, 251, 354
_PERMANENT = 500


def _handed(smtp: smtplib.SMTP, raw: bytes, hand_over: Callable[[], bool]) -> Result:
    """Hand the words over; from their first byte to the server's word nobody knows whether it took them."""
    if not hand_over():
        return Result(Fate.HELD)
    code, words = smtp.docmd("DATA")
    if code != _GO_ON:
        return _refused(code, words, Why.REFUSED)
    body = _DOT.sub(b"..", raw)
    try:
        smtp.send(body + (b".\r\n" if body.endswith(b"\r\n") else b"\r\n.\r\n"))
        code, words = smtp.getreply()
    except (OSError, smtplib.SMTPException) as error:
        return Result(Fate.UNKNOWN, _why(error), _words(str(error)))
    return Result(Fate.TAKEN) if code == _OK else _refused(code, words, Why.REFUSED)


def _refused(code: int, words: bytes, why: Why) -> Result:
    fate = Fate.NEVER if code >= _PERMANENT else Fate.NOT_NOW
    return Result(fate, why, _words(f"{code} {words.decode('utf-8', 'replace')}"))


def _trouble(error: Exception) -> Result:
    """Say what went wrong before the words were handed over: it may be tried again."""
    return Result(Fate.NOT_NOW, _why(error), _words(str(error)))


def _why(error: Exception) -> Why:
    kinds: tuple[tuple[type[Exception], Why], ...] = (
        (ssl.SSLCertVerificationError, Why.CERTIFICATE),
        (ssl.SSLError, Why.NO_TLS),
        (smtplib.SMTPNotSupportedError, Why.NO_TLS),
        (smtplib.SMTPAuthenticationError, Why.PASSWORD),
        (smtplib.SMTPServerDisconnected, Why.BROKE_OFF),
        (socket.gaierror, Why.UNREACHABLE),
        (TimeoutError, Why.SILENT),
        (ConnectionRefusedError, Why.UNREACHABLE),
        (smtplib.SMTPException, Why.REFUSED),
    )
    return next((why for kind, why in kinds if isinstance(error, kind)), Why.BROKE_OFF)


def _leave(smtp: smtplib.SMTP) -> None:
    """Say good-bye where somebody still listens."""
    try:
        smtp.quit()
    except (OSError, smtplib.SMTPException):
        smtp.close()


def _words(text: str) -> str:
    shown = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(shown.split())[:_LONGEST_WORDS]
