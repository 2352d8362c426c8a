"""Is this the same letter? Who wrote it, and the name it keeps wherever it lies.

A letter lies in three folders, comes directly and once more through a list that adds a
footer and writes itself into From, or was saved by a program that encodes it anew: it is
one letter. Two letters to which a careless program gave one Message-ID are two.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache

from anlass.intake.mailboxes import patient_mailboxes
from anlass.intake.message import Mailbox, Message
from anlass.intake.own_words import own_words
from anlass.intake.tables import tables

_WORDS = re.compile(r"\w+")
_RULER = re.compile(r"[-_=*~#\s]{5,}|-- ?")
_FOOTER_LINES = 12
_NAMES_OF_LISTS = ("list-post", "list-id", "x-beenthere", "mailing-list")
_LENGTH = 16
"""Characters of an identity: 80 bits, enough for all mail anybody ever had."""
_VIA = re.compile(r"^(.*?)\s+(?:via|über)\s+.+$", re.IGNORECASE | re.DOTALL)


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


def writer(message: Message) -> Mailbox | None:
    """Return the person who wrote a message, also where a list wrote itself into From."""
    sender = message.sender
    if not _came_through_list(message):
        return sender
    for name in ("x-original-from", "x-original-sender", "original-from"):
        for value in message.headers.get(name, ())[:1]:
            found = patient_mailboxes(value)
            if found:
                return found[0]
    if sender is None or not _is_rewritten(message, sender):
        return sender
    via = _via(sender.name)
    for box in (*message.reply_to, *message.cc):
        if box.address != sender.address and not _is_list(message, box.address):
            return Mailbox(box.name or via or "", box.address)
    return sender


def _came_through_list(message: Message) -> bool:
    return message.has_any(tables().gate.lists)


def _is_rewritten(message: Message, sender: Mailbox) -> bool:
    return _is_list(message, sender.address) or (_via(sender.name) is not None and bool(message.reply_to))


@lru_cache(maxsize=8_192)  # an archive names the same people again and again
def _via(name: str) -> str | None:
    """Return the name before "via" and the name of a list, `None` where there is no such word."""
    found = _VIA.match(name)
    return found[1] if found else None


def _is_list(message: Message, address: str) -> bool:
    """Tell whether this is the address of the list itself."""
    local, _, domain = address.partition("@")
    dotted = f"<{local}.{domain}>"
    for name in _NAMES_OF_LISTS:
        for line in message.headers.get(name, ()):
            lower = line.lower()
            if address in lower or dotted in lower:
                return True
    return False


def _without_last_block(text: str) -> str:
    """Leave out a short block below a ruler at the end: a footer that nobody knows yet."""
    lines = text.rstrip().split("\n")
    for place in range(len(lines) - 1, max(0, len(lines) - 1 - _FOOTER_LINES), -1):
        if _RULER.fullmatch(lines[place]):
            above = "\n".join(lines[:place])
            return above if _WORDS.search(above) else text
    return text
