"""Is this the same letter? The name it keeps wherever it lies.

A letter lies in three folders, comes directly and once more through a list that adds a
footer and writes itself into From, or was saved by a program that encodes it anew: it is
one letter. Two letters to which a careless program gave one Message-ID are two.
"""

from __future__ import annotations

import base64
import hashlib
import re

from anlass.intake.message import Message
from anlass.intake.own_words import own_words
from anlass.intake.writer import writer

_WORDS = re.compile(r"\w+")
_RULER = re.compile(r"[-_=*~#\s]{5,}|-- ?")
_FOOTER_LINES = 12
_LENGTH = 16
"""Characters of an identity: 80 bits, enough for all mail anybody ever had."""


def identity(message: Message) -> str:
    """Return the stable name of a message: 16 characters of base32, lower case.

    It is made of Message-ID, writer, Date and the own words; so it needs the whole
    message, not its header alone.
    """
    writer_ = writer(message)
    words = _WORDS.findall(_without_last_block(own_words(message.text)).casefold())
    known = (
        message.message_id or "",
        writer_.address if writer_ else "",
        "" if message.date is None else message.date.isoformat(),
        " ".join(words) or " ".join(_WORDS.findall((message.subject or "").casefold())),
    )
    return short_name(*known)


def short_name(*parts: str) -> str:
    """Return a short stable name for `parts`."""
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()
    return base64.b32encode(digest).decode("ascii").lower()[:_LENGTH]


def _without_last_block(text: str) -> str:
    """Leave out a short block below a ruler at the end: a footer that nobody knows yet."""
    lines = text.rstrip().split("\n")
    for place in range(len(lines) - 1, max(0, len(lines) - 1 - _FOOTER_LINES), -1):
        if _RULER.fullmatch(lines[place]):
            above = "\n".join(lines[:place])
            return above if _WORDS.search(above) else text
    return text
