"""What the keeper of a mail tagged it with: Maildir flags and Gmail labels."""

from __future__ import annotations

import csv
import re
from email.errors import HeaderParseError
from email.header import decode_header, make_header

_FLAGS = {"D": "draft", "F": "flagged", "P": "passed", "R": "replied", "S": "seen", "T": "trash"}
_GMAIL = re.compile(rb"^x-gmail-labels:((?:[^\r\n]|\r?\n[ \t])*)", re.IGNORECASE | re.MULTILINE)
_LIMIT = 8_192
_TOP = (b"X-GM-THRID:", b"X-Gmail-Labels:")
"""What Gmail's export writes above everything else; further down it may be anybody's."""


def maildir_flags(name: str) -> tuple[str, ...]:
    """Return the flags in a Maildir file name (`:2,FS`) as words; unknown letters are left out."""
    _, mark, flags = name.rpartition("2,")
    return tuple(_FLAGS[flag] for flag in flags if flag in _FLAGS) if mark else ()


def gmail_labels(raw: bytes) -> tuple[str, ...]:
    """Return the labels that Gmail's export wrote above the mail's header."""
    if not raw.startswith(_TOP):
        return ()
    at = raw.find(b"X-Gmail-Labels:", 0, _LIMIT)
    if at < 0:
        return ()
    hit = _GMAIL.match(raw, at)
    if hit is None:
        return ()
    value = hit.group(1)[:_LIMIT].decode("utf-8", "replace")
    try:
        words = str(make_header(decode_header(" ".join(value.split()))))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        words = value
    return tuple(label.strip() for label in next(csv.reader([" ".join(words.split())]), []) if label.strip())
