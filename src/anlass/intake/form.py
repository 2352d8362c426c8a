"""A letter written at the door: its fields, their limits, and how it becomes a request.

The answers go below the matter, each behind the few words under which it was asked; so the preview shows it,
and whoever sends it has seen it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from anlass.intake.contact_request import Channel, ContactRequest, Mark, Recipient, Requester
from anlass.intake.gate.human import human_words
from anlass.people import mail_address

ASKED = ("who", "occasion", "why_me", "benefit")
"""The questions of the form beside the matter itself, in the order of the letter."""
LONGEST: Mapping[str, int] = {
    "matter": 10_000,
    "name": 200,
    "address": 254,
    **dict.fromkeys(ASKED, 2_000),
    "word": 100,
}
"""Characters of each field."""


@dataclass(frozen=True, slots=True)
class FormLetter:
    """What somebody typed at the door, field by field."""

    matter: str = ""
    name: str = ""
    address: str = ""
    who: str = ""
    occasion: str = ""
    why_me: str = ""
    benefit: str = ""
    word: str = ""

    def answer(self, field: str) -> str:
        """Return what was typed into one field."""
        return str(getattr(self, field))


FIELDS = tuple(field.name for field in fields(FormLetter))


def typed(text: str, *, is_line: bool = False) -> str:
    """Return what came from a form as text that can be kept: one kind of line end, nothing that steers."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()
    kept = "".join(char if char in "\n\t" or (char >= " " and char != "\x7f") else " " for char in text)
    return " ".join(kept.split()) if is_line else kept.strip()


def too_long(letter: FormLetter) -> tuple[tuple[str, int], ...]:
    """Return the fields that are too long, each with the number of its characters."""
    counted = ((field, len(letter.answer(field))) for field in FIELDS)
    return tuple((field, count) for field, count in counted if count > LONGEST[field])


def written(letter: FormLetter, said: Mapping[str, str]) -> str:
    """Return the letter as it reaches the owner; `said` has the words before each answer."""
    told = [letter.matter.strip()]
    told += [
        f"{said[field]} {letter.answer(field).strip()}" for field in ASKED if letter.answer(field).strip()
    ]
    return "\n\n".join(part for part in told if part)


def request_of(
    letter: FormLetter,
    said: Mapping[str, str],
    *,
    id: str,  # noqa: A002 - as the field is called
    arrived: datetime | None,
    recipient: Recipient,
    is_welcome: bool = False,
) -> ContactRequest:
    """Return the request that a letter at the door is; `is_welcome` where it names a code word that holds."""
    text, address = written(letter, said), mail_address(letter.address)
    domain = address.value.rpartition("@")[2] if address else ""
    noticed = {
        Mark.EMPTY: not text.strip(),
        Mark.CODE_WORD: is_welcome,
        Mark.HUMAN_MUST_READ: human_words(domain, letter.name, "", text) is not None,
    }
    return ContactRequest(
        id=id,
        channel=Channel.FORM,
        text=text,
        requester=Requester(letter.name, address),
        recipient=recipient,
        arrived=arrived,
        marks=frozenset(mark for mark, is_there in noticed.items() if is_there),
    )


@dataclass(frozen=True, slots=True)
class FormFile:
    """A file that came along; `label` is what it seems to be, its bytes go by their `digest`."""

    name: str
    size: int
    digest: str
    label: str
