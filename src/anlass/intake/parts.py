"""A mail as a tree of parts, whichever parser could read it.

The quick parser is asked first; what it refuses the standard library reads, and where
that cannot either, the mail is taken as one part, so that its words are never lost.
Bytes are decoded only when somebody asks for them.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.message import Message as StandardMessage
from email.parser import BytesParser
from email.policy import compat32
from functools import lru_cache

from fast_mail_parser import DecodeError, MimeStructureError, ParseError, PyLazyMimePart, parse_email_tree

from anlass.intake.guard import (
    DEEP_MAIL_LIMIT,
    DEPTH_LIMIT,
    NAME_LIMIT,
    VALUE_LIMIT,
    Guarded,
    has_many_containers,
)
from anlass.intake.message import Oddity

READABLE = frozenset({"text/plain", "text/html", "text/calendar", "text/markdown", "text/enriched", "text"})
"""Kinds of parts that may hold words of the letter itself."""

_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")


@dataclass(frozen=True, slots=True)
class Part:
    """One node: a container with children, or a leaf whose `load` gives its bytes."""

    content_type: str
    headers: Mapping[str, str]
    filename: str = ""
    disposition: str = ""
    size: int = 0
    children: tuple[Part, ...] = ()
    load: Callable[[], bytes] = field(default=bytes)

    @property
    def is_readable(self) -> bool:
        """Tell whether this leaf may hold words of the letter."""
        return self.content_type in READABLE and not self.children and self.disposition != "attachment"

    def parameter(self, name: str) -> str | None:
        """Return a parameter of the content type, such as `charset`."""
        return parameter(self.headers.get("content-type", ""), name)

    def leaves(self) -> Iterator[Part]:
        """Yield all leaves; a letter inside the letter is one leaf, not opened."""
        if not self.children or self.content_type.startswith("message/"):
            yield self
            return
        for child in self.children:
            yield from child.leaves()


def parameter(content_type: str, name: str) -> str | None:
    """Return parameter `name` of a Content-Type value, `None` where there is none."""
    return _parameter(content_type[:VALUE_LIMIT], name) if ";" in content_type else None


@lru_cache(maxsize=256)  # nearly all mails have one of a dozen values
def _parameter(content_type: str, name: str) -> str | None:
    holder = StandardMessage(policy=compat32)
    holder["Content-Type"] = content_type.replace("\n", " ").replace("\r", " ")
    try:
        found = holder.get_param(name)
    except (ValueError, UnicodeError, IndexError, TypeError):
        return None
    if isinstance(found, tuple):
        return found[2] or None
    return found or None


def tree(guarded: Guarded, oddities: set[Oddity]) -> Part:
    """Return the parts of a mail; how they had to be found is noted in `oddities`."""
    try:
        part = _quick(parse_email_tree(guarded.whole, mode="lazy"), 0, oddities)
    except MimeStructureError:
        # nested deeper than any letter: the body is shown as it lies there
        oddities.update({Oddity.BROKEN_STRUCTURE, Oddity.CUT})
        return Part("multipart/mixed", {}, load=lambda: guarded.start_of_body(VALUE_LIMIT))
    except DecodeError:
        oddities.update({Oddity.FALLBACK, Oddity.BAD_ENCODING})
    except ParseError:
        oddities.update({Oddity.FALLBACK, Oddity.BROKEN_STRUCTURE})
    else:
        if Oddity.BROKEN_STRUCTURE not in oddities:
            return part
        oddities.add(Oddity.FALLBACK)
    return _second_reading(guarded, oddities)


def _second_reading(guarded: Guarded, oddities: set[Oddity]) -> Part:
    """Return the parts as the standard library sees them, or the body as it lies there."""
    as_it_lies = Part("multipart/mixed", {}, load=lambda: guarded.start_of_body(VALUE_LIMIT))
    if has_many_containers(guarded.whole):
        oddities.add(Oddity.CUT)
        return as_it_lies
    try:
        part = _patient(BytesParser(policy=compat32).parsebytes(guarded.whole[:DEEP_MAIL_LIMIT]), 0, oddities)
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError):
        # the standard library raises all of these on published mails
        oddities.add(Oddity.CUT)
        return as_it_lies
    return part if any(leaf.load().strip() for leaf in part.leaves()) else as_it_lies


def _quick(node: PyLazyMimePart, depth: int, oddities: set[Oddity]) -> Part:
    children: tuple[Part, ...] = ()
    if depth >= DEPTH_LIMIT and node.children:
        oddities.add(Oddity.CUT)
    elif node.children and not node.is_message:
        children = tuple(_quick(child, depth + 1, oddities) for child in node.children)
    elif node.content is None:
        oddities.add(Oddity.BROKEN_STRUCTURE)  # a container whose boundary was lost
    part = Part(
        content_type=node.content_type.strip().lower(),
        headers={name.lower(): lines[0] for name, lines in node.headers.items()},
        filename=node.filename[:NAME_LIMIT],
        disposition=(node.disposition or "").strip().lower(),
        size=node.encoded_size or 0,
        children=children,
        load=lambda: node.content or b"",
    )
    if part.is_readable:
        part.load()  # the parser keeps it; a broken encoding must show while there is a remedy
    return part


def _patient(node: StandardMessage[str, str], depth: int, oddities: set[Oddity]) -> Part:
    payload = node.get_payload()
    children: tuple[Part, ...] = ()
    if node.is_multipart() and node.get_content_maintype() != "message" and isinstance(payload, list):
        if depth >= DEPTH_LIMIT:
            oddities.add(Oddity.CUT)
        else:
            children = tuple(
                _patient(child, depth + 1, oddities)
                for child in payload
                if isinstance(child, StandardMessage)
            )
    headers = {name.lower(): str(line) for name, line in reversed(list(node.raw_items()))}
    raw = payload.encode("utf-8", "surrogateescape") if isinstance(payload, str) else b""
    return Part(
        content_type=node.get_content_type(),
        headers=headers,
        filename=str(node.get_filename() or "")[:NAME_LIMIT],
        disposition=(node.get_content_disposition() or "").strip().lower(),
        size=len(raw),
        children=children,
        load=lambda: _salvaged(headers.get("content-transfer-encoding", ""), raw),
    )


def _salvaged(transfer: str, raw: bytes) -> bytes:
    """Undo a transfer encoding as far as it can be undone."""
    kind = transfer.strip().lower()
    if kind == "quoted-printable":
        return quopri.decodestring(raw)
    if kind == "base64":
        sound = _NO_BASE64.sub(b"", raw)
        try:
            return base64.b64decode(sound + b"=" * (-len(sound) % 4))
        except binascii.Error:
            return base64.b64decode(sound[: len(sound) // 4 * 4])
    return raw
