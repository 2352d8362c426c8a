"""Words for the requester, words for the owner, and the draft that only takes the former."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Register(StrEnum):
    """How the requester is addressed: German du or Sie, English has one form."""

    DU = "du"
    SIE = "sie"
    YOU = "you"


@dataclass(frozen=True, slots=True)
class OutwardText:
    """Words a requester may read."""

    words: str


@dataclass(frozen=True, slots=True)
class InwardReason:
    """Words for the owner alone."""

    words: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply that waits for the owner's release."""

    lang: str
    register: Register
    text: OutwardText
    subject: OutwardText | None = None
