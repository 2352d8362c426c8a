"""The header block: who, to whom, when, about what, in answer to what.

The quick parser comes first and does nearly all of them; the patient one of the standard
library reads what the quick one refuses. Neither can raise through here, and both yield the
same values. What is said here holds for `plain_headers.py` too, which is quicker still where
nothing is odd.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import parsedate_to_datetime
from typing import TypedDict

from fast_mail_parser import ParseError, PyAddress, PyMailMetadata, parse_email

from anlass.intake.charsets import decoded
from anlass.intake.guard import (
    RECIPIENT_LIMIT,
    REFERENCE_LIMIT,
    SUBJECT_LIMIT,
    VALUE_LIMIT,
    clean,
    looks_like_mail,
)
from anlass.intake.mailboxes import mailboxes, patient_mailboxes
from anlass.intake.message import Mailbox, Oddity

Values = Mapping[str, tuple[str, ...]]
"""Lower-case names with all their values in order, decoded."""

_IDS = re.compile(r"<\s*([^<>\s]{1,995})\s*>")
_ENCODED_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bqBQ])\?([^?\s]*)\?=")
_TRACE = re.compile(rb"\n([Rr]eceived|[Aa]uthentication-[Rr]esults):([^\n]*(?:\n[ \t][^\n]*)*)")
_PLAIN_BYTES = b"\t\n\r" + bytes(range(0x20, 0x7F))
_FOLD = re.compile(r"\s+")
ONCE = (
    "from",
    "to",
    "cc",
    "date",
    "subject",
    "message-id",
    "reply-to",
    "sender",
    "in-reply-to",
    "references",
)
YEARS = range(1970, 2100)


class HeaderFields(TypedDict):
    """The part of a `Message` that its header block gives."""

    message_id: str | None
    sender: Mailbox | None
    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...]
    reply_to: tuple[Mailbox, ...]
    date: datetime | None
    subject: str | None
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    headers: Values
    content_type: str
    trace: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """What a parser gave: decoded values, addresses where it read them, the date."""

    values: Values
    addresses: Mapping[str, tuple[Mailbox, ...]]
    date: datetime | None


def header_fields(head: bytes, oddities: set[Oddity]) -> HeaderFields:
    """Return what a guarded header block says; what it lacks or breaks is noted in `oddities`."""
    block = quick_block(head) or _patient(head, oddities)
    values = _capped(block.values, oddities) if len(head) > VALUE_LIMIT else block.values
    senders = people_in("from", block, oddities)
    subject = values.get("subject", (None,))[0]
    note_absences(values, senders, block.date, oddities)
    _note_doubled(values, oddities)
    return {
        "message_id": message_id_in(values, oddities),
        "sender": senders[0] if senders else None,
        "to": people_in("to", block, oddities),
        "cc": people_in("cc", block, oddities),
        "reply_to": people_in("reply-to", block, oddities),
        "date": block.date,
        "subject": None if subject is None else subject[:SUBJECT_LIMIT],
        "in_reply_to": ids_in(values.get("in-reply-to", ())),
        "references": ids_in(values.get("references", ())),
        "headers": values,
        "content_type": content_type_in(values),
        "trace": trace_in(head) if "authentication-results" in values else (),
    }


# --- two parsers ---


def quick_block(head: bytes) -> Block | None:
    """Return what the quick parser reads in a header block, `None` where it refuses."""
    mail = _quickly(head)
    if mail is None:
        return None
    values = _quick_values(mail, head)
    return Block(values, _quick_addresses(mail), _quick_date(mail) or _date(values))


def quick_values(head: bytes) -> Values:
    """Return the values alone; nothing where the quick parser refuses."""
    mail = _quickly(head)
    return _quick_values(mail, head) if mail else {}


def _quickly(head: bytes) -> PyMailMetadata | None:
    try:
        mail = parse_email(head, mode="metadata")
    except ParseError:
        return None
    return mail if mail.headers or not looks_like_mail(head) else None


def _quick_values(mail: PyMailMetadata, head: bytes) -> Values:
    headers = mail.headers
    values = {name.lower(): tuple(lines) for name, lines in headers.items()}
    if b"=?" in head or len(values) < len(headers) or head.translate(None, _PLAIN_BYTES):
        values = {}
        for name, lines in headers.items():
            _keep(values, name, [_repaired(line) for line in lines])
    return values


def _quick_date(mail: PyMailMetadata) -> datetime | None:
    try:
        return _plausible(mail.date_parsed)
    except (ValueError, OverflowError):
        return None  # a year that no calendar of ours has


def _quick_addresses(mail: PyMailMetadata) -> Mapping[str, tuple[Mailbox, ...]]:
    sender = () if mail.from_ is None else _boxes([mail.from_])
    return {
        "from": sender,
        "to": _boxes(mail.to),
        "cc": _boxes(mail.cc),
        "reply-to": _boxes(mail.reply_to),
    }


def _boxes(addresses: list[PyAddress]) -> tuple[Mailbox, ...]:
    if not addresses:
        return ()
    return mailboxes(
        (_repaired(one.display_name or ""), one.address) for one in addresses[: RECIPIENT_LIMIT + 1]
    )


def _patient(head: bytes, oddities: set[Oddity]) -> Block:
    oddities.add(Oddity.FALLBACK)
    mail = BytesHeaderParser(policy=compat32).parsebytes(head)
    values: dict[str, tuple[str, ...]] = {}
    for name, line in mail.raw_items():
        text, _ = decoded(str(line).encode("utf-8", "surrogateescape"), "utf-8")
        _keep(values, name, [_repaired(_FOLD.sub(" ", text).strip())])
    return Block(values, {}, _date(values))


def _keep(values: dict[str, tuple[str, ...]], name: str, lines: list[str]) -> None:
    name = name.strip().lower()
    values[name] = (*values[name], *lines) if name in values else tuple(lines)


# --- words in headers ---


def _repaired(text: str) -> str:
    """Decode the encoded words that a parser left, and undo muddled charsets."""
    if text.isascii() and "=?" not in text:
        return clean(text)
    if "=?" in text:
        text = _ENCODED_WORD.sub(_decoded_word, text[:FIELD_WORDS_LIMIT])
    return decoded(text.encode("utf-8", "surrogatepass"), "utf-8")[0]


FIELD_WORDS_LIMIT = 64 * 1024
"""Characters of a field in which left-over encoded words are looked for."""


def _decoded_word(word: re.Match[str]) -> str:
    try:
        ((octets, charset),) = decode_header(word.group())
    except (ValueError, UnicodeError, TypeError, HeaderParseError):
        return word.group()
    return octets if isinstance(octets, str) else decoded(octets, charset)[0]


def _capped(values: Values, oddities: set[Oddity]) -> Values:
    """Cut every value that is too long to be handed on."""
    if all(len(line) <= VALUE_LIMIT for lines in values.values() for line in lines):
        return values
    oddities.add(Oddity.CUT)
    return {name: tuple(line[:VALUE_LIMIT] for line in lines) for name, lines in values.items()}


# --- single fields ---


def people_in(name: str, block: Block, oddities: set[Oddity]) -> tuple[Mailbox, ...]:
    """Return the mailboxes of one field; the patient way where the quick one saw less than is there."""
    lines = block.values.get(name, ())
    if not lines:
        return ()
    found = block.addresses.get(name, ())
    if not found or len(lines) > 1 or (name == "from" and lines[0].count("@") > 1 and "," in lines[0]):
        rest = (patient_mailboxes(line) for line in lines)
        found = mailboxes((box.name, box.address) for boxes in (found, *rest) for box in boxes)
    if len(found) > RECIPIENT_LIMIT:
        oddities.add(Oddity.CUT)
    return found[:RECIPIENT_LIMIT]


def note_absences(
    values: Values, senders: tuple[Mailbox, ...], date: datetime | None, oddities: set[Oddity]
) -> None:
    """Name what is missing or unreadable, and a second sender."""
    if "from" not in values:
        oddities.add(Oddity.NO_FROM)
    elif not senders:
        oddities.add(Oddity.BAD_FROM)
    if len(senders) > 1 or len(values.get("from", ())) > 1:
        oddities.add(Oddity.SEVERAL_FROM)
    if "to" not in values and "cc" not in values:
        oddities.add(Oddity.NO_TO)
    if date is None:
        oddities.add(Oddity.BAD_DATE if values.get("date") else Oddity.NO_DATE)
    if "subject" not in values:
        oddities.add(Oddity.NO_SUBJECT)


def _note_doubled(values: Values, oddities: set[Oddity]) -> None:
    """Name what stands there twice and should stand there once."""
    if any(len(values.get(name, ())) > 1 for name in ONCE):
        oddities.add(Oddity.DOUBLED_HEADER)


def message_id_in(values: Values, oddities: set[Oddity]) -> str | None:
    """Return the Message-ID; that there is none, or none that could be one, is noted."""
    lines = values.get("message-id")
    if not lines or not lines[0].strip():
        oddities.add(Oddity.NO_MESSAGE_ID)
        return None
    found = ids_in(lines[:1])
    if not found or "@" not in found[0]:
        oddities.add(Oddity.BAD_MESSAGE_ID)
    return found[0] if found else None


def ids_in(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the message ids in `lines`, in order, each once; bare ones where none has brackets."""
    text = " ".join(lines)
    if not text:
        return ()
    found = _IDS.findall(text) or [word.strip("<>,;") for word in text.split() if "@" in word]
    if len(found) == 1 and found[0]:
        return (found[0],)
    return tuple(dict.fromkeys(word for word in found if word))[-REFERENCE_LIMIT:]


def _date(values: Values) -> datetime | None:
    """Read the Date field the patient way."""
    line = values.get("date", ("",))[0].strip()
    if not line or len(line) > 200:
        return None
    try:
        return _plausible(parsedate_to_datetime(line))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _plausible(moment: datetime | None) -> datetime | None:
    """Return `moment` in UTC, or `None` where mail cannot be that old or that new."""
    if moment is None or moment.year not in YEARS:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def content_type_in(values: Values) -> str:
    """Return the content type in lower case, without its parameters."""
    line = values.get("content-type", ("",))[0]
    kind = line.partition(";")[0].strip().lower()
    return kind if "/" in kind else "text/plain"


def trace_in(head: bytes) -> tuple[tuple[str, str], ...]:
    """Return the fields Received and Authentication-Results, topmost first."""
    found = []
    for name, line in _TRACE.findall(b"\n" + head):
        found.append((name.decode("ascii").lower(), line[:VALUE_LIMIT].decode("utf-8", "replace")))
    return tuple(found)
