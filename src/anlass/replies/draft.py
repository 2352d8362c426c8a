"""Words for the requester, words for the owner, and the draft that only takes the former."""

from __future__ import annotations

from dataclasses import dataclass


class Register(str):
    """How the requester is addressed, as the templates of a language name it: du, sie, tu, vous, you."""

    __slots__ = ()


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
