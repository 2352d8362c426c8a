"""Mails as values and as bytes: headers, encoded words, parts.

Composed by hand rather than by `email.message`, since an archive also holds what that
library would never write: raw bytes in headers, wrong charsets, one field fifty times.
"""

from __future__ import annotations

import base64
import binascii
import email.utils
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from enum import StrEnum
from random import Random

Fields = list[tuple[str, str]]


class Kind(StrEnum):
    """What a mail of the archive is, by construction."""

    LIST_PLAIN = "list_plain"
    LIST_MODERN = "list_modern"
    OWN_TO_LIST = "own_to_list"
    LETTER_IN = "letter_in"
    LETTER_OUT = "letter_out"
    REQUEST = "request"
    NETWORK_REQUEST = "network_request"
    NETWORK_NOTICE = "network_notice"
    NEWSLETTER = "newsletter"
    RECEIPT = "receipt"
    BOUNCE = "bounce"
    AUTOREPLY = "autoreply"
    CALENDAR_REPLY = "calendar_reply"
    JUNK = "junk"


@dataclass(frozen=True, slots=True)
class Shared:
    """What one mail adds to what the owner and a person share.

    `is_proven`: the owner wrote it or was answered, or the owner's provider vouches for the sender.
    """

    address: str
    is_in: bool
    is_turn: bool
    thread: str
    is_proven: bool = True


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail of the archive: its bytes, where it lies, and the truth about it.

    `composed` says of a stranger's request what its sentences were chosen for: reason,
    ask or hollow.
    """

    kind: Kind
    raw: bytes
    folder: str
    when: datetime
    message_id: str
    sender: str
    shared: tuple[Shared, ...] = ()
    lang: str = ""
    composed: str = ""
    is_rewritten: bool = False


def encoded(text: str, charset: str = "utf-8") -> str:
    """Return `text` as a header may hold it: as it is, or as encoded words."""
    if text.isascii():
        return text
    return Header(text, charset, header_name="Subject").encode(linesep="\n")


def address(name: str, at: str, charset: str = "utf-8") -> str:
    """Return `name <at>`, the name encoded or quoted where it must be."""
    if not name:
        return at
    if not name.isascii():
        return f"{encoded(name, charset)} <{at}>"
    return email.utils.formataddr((name, at))


def date(when: datetime) -> str:
    """Return `when` as a Date field has it."""
    return email.utils.format_datetime(when)


def token(rng: Random, length: int = 16) -> str:
    """Return letters and figures that mean nothing."""
    return f"{rng.getrandbits(length * 4):0{length}x}"


def head(fields: Iterable[tuple[str, str]]) -> bytes:
    """Return the header block; lone surrogates stand for raw bytes."""
    return "".join(f"{name}: {value}\n" for name, value in fields).encode("utf-8", "surrogateescape")


def raw_bytes(text: str, charset: str) -> str:
    """Return `text` as raw bytes of `charset`, smuggled through `head`; old mailers wrote such headers."""
    return text.encode(charset, "replace").decode("utf-8", "surrogateescape")


def part(text: str, charset: str, rng: Random, subtype: str = "plain") -> tuple[Fields, bytes]:
    """Return the header fields and bytes of a text part, in one of the usual encodings."""
    body = text.encode("ascii" if charset == "us-ascii" else charset, "replace")
    choices = ("7bit",) if body.isascii() and rng.random() < 0.8 else ("8bit", "quoted-printable", "base64")
    encoding = rng.choices(choices, (5, 4, 2)[: len(choices)])[0]
    if encoding == "quoted-printable":
        body = binascii.b2a_qp(body, istext=True)
    elif encoding == "base64":
        body = base64.encodebytes(body)
    return [
        ("Content-Type", f'text/{subtype}; charset="{charset}"'),
        ("Content-Transfer-Encoding", encoding),
    ], body


def multipart(
    parts: Sequence[tuple[Fields, bytes]], rng: Random, subtype: str = "alternative"
) -> tuple[Fields, bytes]:
    """Return the header fields and bytes of several parts in one."""
    boundary = f"=_{token(rng)}"
    inside = b"".join(
        f"--{boundary}\n".encode() + head(fields) + b"\n" + body + b"\n" for fields, body in parts
    )
    return [
        ("Content-Type", f'multipart/{subtype}; boundary="{boundary}"')
    ], inside + f"--{boundary}--\n".encode()


def html(text: str) -> str:
    """Return `text` as the HTML that a modern mailer makes of it."""
    paragraphs = "".join(
        f'<p class="MsoNormal" style="margin:0">{line}</p>\n' for line in text.split("\n") if line
    )
    return f"<html><head><style>p {{color:#222}}</style></head><body>\n{paragraphs}</body></html>\n"


def received(when: datetime, rng: Random, hops: int) -> Fields:
    """Return `hops` Received fields, the last server first."""
    return [("Received", _hop(rng, hop, date(when))) for hop in range(hops)]


def _hop(rng: Random, hop: int, stamp: str) -> str:
    return (
        f"from mta{rng.randrange(90)}.relay.example (mta.relay.example [192.0.2.{rng.randrange(250)}])\n"
        f"\tby mx{hop}.anlass.example (Postfix) with ESMTPS id {token(rng, 11)}\n"
        f"\tfor <x@anlass.example>; {stamp}"
    )


def authenticated(domain: str, result: str = "pass") -> Fields:
    """Return what the owner's own provider says about the sender's domain."""
    says = f"mx.anlass.example; dkim={result} header.d={domain};\n\tspf={result} smtp.mailfrom={domain};"
    return [("Authentication-Results", f"{says}\n\tdmarc={result} header.from={domain}")]


def padding(count: int, rng: Random) -> Fields:
    """Return `count` fields that programs on the way have left behind."""
    fields: Fields = [("DKIM-Signature", _signature(rng))] if count > 3 else []
    names = (
        "X-Spam-Status",
        "X-Virus-Scanned",
        "X-Originating-IP",
        "X-MS-Exchange-Org",
        "X-Trace",
        "X-Route",
    )
    fields += [
        (f"{rng.choice(names)}-{index}" if index > 5 else names[index], token(rng, 24))
        for index in range(count - len(fields))
    ]
    return fields


def _signature(rng: Random) -> str:
    return (
        f"v=1; a=rsa-sha256; c=relaxed/relaxed; d=relay.example; s=s1;\n\tbh={token(rng, 40)};\n"
        f"\tb={token(rng, 64)}\n\t {token(rng, 64)}"
    )


def file_part(data: bytes, content_type: str) -> tuple[Fields, bytes]:
    """Return the header fields and bytes of an attached file; `content_type` with its name."""
    fields = [("Content-Type", content_type), ("Content-Transfer-Encoding", "base64")]
    return fields, base64.encodebytes(data)
