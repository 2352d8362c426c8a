"""The letter inside the mail: which part is it, what does it say, what lies beside it.

Plain text wins where it is a text; HTML is read where there is none, or where the
plain part only says that one should look at the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypedDict

from fast_mail_parser import DecodeError

from anlass.intake.charsets import decoded
from anlass.intake.guard import (
    NAME_LIMIT,
    PART_BYTES_LIMIT,
    RECIPIENT_LIMIT,
    TEXT_LIMIT,
    calm,
    clean,
    shortened,
)
from anlass.intake.html_text import has_order_markup, rendered
from anlass.intake.invitation import glance
from anlass.intake.message import Attachment, Oddity
from anlass.intake.parts import READABLE, Part

SMALL = 4_096
"""Bytes of an attached text in which a voucher is looked for."""
_STUB_LENGTH = 300
"""A plain part shorter than this that speaks of HTML is a note, not the letter."""
_STUB = re.compile(r"\bhtml\b", re.IGNORECASE)
_SCAFFOLD = re.compile(r"^(?:--\S.*|Content-[A-Za-z-]+:.*|\s*(?:boundary|charset)=.*)$", re.MULTILINE)
_ENCRYPTED = frozenset({"multipart/encrypted", "application/pgp-encrypted"})
_PGP_BLOCK = "-----BEGIN PGP MESSAGE-----"


class BodyFields(TypedDict):
    """The part of a `Message` that its body gives."""

    text: str
    hidden: str
    calendar_method: str | None
    invitation: str
    has_order_markup: bool
    is_encrypted: bool
    attachments: tuple[Attachment, ...]


@dataclass(slots=True)
class _Found:
    """What has been read so far, while one mail is read.

    `is_read` says whether its words are wanted, `is_searched` whether what it hides is.
    """

    oddities: set[Oddity]
    is_read: bool = True
    is_searched: bool = True
    hidden: list[str] = field(default_factory=list)
    method: str | None = None
    invitation: str = ""
    has_order: bool = False


def body_fields(root: Part, oddities: set[Oddity], *, is_searched: bool = True) -> BodyFields:
    """Return what the parts say; what had to be repaired or left out is noted in `oddities`.

    What HTML hides is looked for where a mail `is_searched`, and where its HTML is what is read.
    """
    found = _Found(oddities, is_searched=is_searched)
    text = "\n\n".join(words for words in _letter(root, found) if words.strip())
    hidden = "\n".join(found.hidden)
    if hidden:
        oddities.add(Oddity.HIDDEN_TEXT)
    if len(text) > TEXT_LIMIT:
        oddities.add(Oddity.CUT)
    return {
        "text": shortened(calm(clean(text)), TEXT_LIMIT).strip("\n"),
        "hidden": clean(hidden),
        "calendar_method": found.method,
        "invitation": clean(found.invitation),
        "has_order_markup": found.has_order,
        "is_encrypted": _is_encrypted(root, text),
        "attachments": _attachments(root, oddities),
    }


def _letter(part: Part, found: _Found) -> Iterator[str]:
    """Yield the readable texts of a part, in the order in which they are shown."""
    if part.children:
        if part.content_type == "multipart/alternative":
            yield from _alternative(part.children, found)
        elif part.content_type == "multipart/report":
            yield from _letter(part.children[0], found)
        else:
            for child in part.children:
                yield from _letter(child, found)
    elif part.content_type.startswith("multipart/"):
        # a container whose boundary was lost still holds words
        yield _SCAFFOLD.sub("", _read(part, found))
    elif part.is_readable and not (part.filename and part.content_type != "text/calendar"):
        yield _read(part, found)


def _alternative(choices: tuple[Part, ...], found: _Found) -> Iterator[str]:
    """Of several forms of one text, yield the plain one where it is a text, else the other."""
    plain = [choice for choice in choices if choice.content_type == "text/plain"]
    rest = [choice for choice in choices if choice.content_type != "text/plain"]
    words = "\n\n".join(text for choice in plain for text in _letter(choice, found)).strip()
    is_stub = not words or (len(words) < _STUB_LENGTH and _STUB.search(words) is not None)
    aside = _Found(found.oddities, is_read=is_stub and found.is_read, is_searched=found.is_searched)
    others = "\n\n".join(text for choice in rest for text in _letter(choice, aside) if text.strip())
    found.hidden += aside.hidden
    found.method, found.invitation = found.method or aside.method, found.invitation or aside.invitation
    found.has_order = found.has_order or aside.has_order
    yield others if is_stub and others else words


def _read(part: Part, found: _Found) -> str:
    octets = part.load()
    if len(octets) > PART_BYTES_LIMIT:
        octets = octets[:PART_BYTES_LIMIT]
        found.oddities.add(Oddity.CUT)
    text, right = decoded(octets, part.parameter("charset"))
    if not right:
        found.oddities.add(Oddity.BAD_CHARSET)
    if part.content_type == "text/calendar":
        method, invitation = glance(text, part.parameter("method"))
        found.method, found.invitation = found.method or method, found.invitation or invitation
        return ""
    if part.content_type == "text/html":
        return _visible(text, found)
    if (part.parameter("format") or "").lower() == "flowed":
        return _unflowed(text, is_delsp=(part.parameter("delsp") or "").lower() == "yes")
    return text


def _visible(html: str, found: _Found) -> str:
    """Return what a reader of HTML sees; what it hides is put down."""
    found.has_order = found.has_order or has_order_markup(html)
    if not (found.is_read or found.is_searched):
        return ""
    visible, hidden, cut = rendered(html, is_read=found.is_read)
    if hidden:
        found.hidden.append(hidden)
    if cut:
        found.oddities.add(Oddity.CUT)
    return visible


def _unflowed(text: str, *, is_delsp: bool) -> str:
    """Join the lines that `format=flowed` broke: a trailing blank means "goes on"."""
    lines: list[list[str]] = []
    open_depth = -1
    for raw in text.replace("\r\n", "\n").split("\n"):
        line = raw.lstrip(">")
        depth = len(raw) - len(line)
        line = line.removeprefix(" ")
        flows = line.endswith(" ") and line != "-- "
        words = line[:-1] if flows and is_delsp else line
        if depth == open_depth and line != "-- ":
            lines[-1].append(words)
        else:
            lines.append([">" * depth + (" " if depth else "") + words])
        open_depth = depth if flows else -1
    return "\n".join("".join(pieces) for pieces in lines)


def _is_encrypted(root: Part, text: str) -> bool:
    """Tell whether the words are out of reach: S/MIME or PGP, not merely signed."""
    if root.content_type in _ENCRYPTED or text.lstrip().startswith(_PGP_BLOCK):
        return True
    kinds = {leaf.content_type for leaf in root.leaves()}
    if _ENCRYPTED & kinds:
        return True
    sealed = root.content_type in ("application/pkcs7-mime", "application/x-pkcs7-mime")
    return sealed and (root.parameter("smime-type") or "enveloped-data").lower() != "signed-data"


def _attachments(root: Part, oddities: set[Oddity]) -> tuple[Attachment, ...]:
    found: list[Attachment] = []
    for leaf in root.leaves():
        if leaf.is_readable and not leaf.filename and leaf.content_type in READABLE:
            continue
        if leaf is root and not leaf.filename and leaf.content_type.startswith(("text/", "multipart/")):
            continue
        if len(found) >= RECIPIENT_LIMIT:
            oddities.add(Oddity.CUT)
            break
        name = clean(leaf.filename[:NAME_LIMIT])
        found.append(Attachment(name, leaf.content_type, leaf.size, _small_text(leaf)))
    return tuple(found)


def _small_text(leaf: Part) -> str:
    """Return the words of a small text that is attached; one that cannot be unpacked has none."""
    if leaf.content_type != "text/plain" or leaf.size > SMALL:
        return ""
    try:
        return leaf.load()[:SMALL].decode("ascii", "replace")
    except (DecodeError, ValueError, LookupError):
        return ""
