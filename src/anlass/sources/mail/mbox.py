"""Mbox files: many mails in one file, read in a stream however long it is.

A mail begins at a line "From SENDER DATE". Writers differ in what they do to such
lines inside a mail (mboxrd, mboxo, nothing), so a line counts as a beginning only
where it carries a date and a blank line stands before it or a header field behind it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from hashlib import sha256

from anlass.intake.contact_request import Origin
from anlass.intake.message import SetAside
from anlass.sources.found import WHOLE, Found, Gate, Glance, Portion
from anlass.sources.mail.labels import gmail_labels
from anlass.sources.reading import glance_at, opened, refused, unquoted

_CHUNK = 1 << 18
_AHEAD = 2_048
_BEGIN = re.compile(rb"From ([^\r\n]{0,1000})\r?\n(?:(>?From |[!-9;-~]{1,80}[ \t]*:)|(\r?\n|\Z))?")
_DATE = re.compile(rb"\d\d?:\d\d(?:[: ].*)?\b(?:19|20)\d\d\b|\b(?:19|20)\d\d\b.*\d\d?:\d\d")


def mbox(path: str, folder: str, gate: Gate, portion: Portion) -> Iterator[Found | SetAside]:
    """Yield the mails in the mbox file at `path`, in their order."""
    glance = glance_at(path, folder)
    if isinstance(glance, SetAside):
        yield glance
    elif gate.wants(glance):
        try:
            with opened(path) as handle:
                yield from _mails(handle, glance, portion)
        except OSError as error:
            yield refused(path, error)
        else:
            gate.done(glance)


class _Mail:
    """One mail while its bytes pass by: its beginning is kept, the rest only counted."""

    def __init__(self, offset: int, portion: Portion) -> None:
        self.offset = offset
        self.length = 0
        self._kept = bytearray()
        self._limit = portion.limit
        self._digest = sha256() if portion.digest else None

    def feed(self, data: bytes) -> None:
        """Take the next bytes of this mail."""
        if len(self._kept) < self._limit:
            self._kept += data[: self._limit - len(self._kept)]
        if self._digest and self.length < WHOLE.limit:
            self._digest.update(data[: WHOLE.limit - self.length])
        self.length += len(data)

    def found(self, glance: Glance) -> Found:
        """Return the mail now that it is complete."""
        raw = unquoted(bytes(self._kept))
        length = min(self.length, WHOLE.limit) if self._digest else self.length
        origin = Origin(glance.path, self.offset, length, self._digest.hexdigest() if self._digest else "")
        return Found(origin, glance.folder, gmail_labels(raw), raw, self.length > self._limit, glance)


def _mails(handle: int, glance: Glance, portion: Portion) -> Iterator[Found]:
    """Cut the stream into mails; at most one chunk and one kept beginning are in memory."""
    buffer, base, mail = b"", 0, None
    while True:
        data = os.read(handle, _CHUNK)
        buffer += data
        at = 0
        for begin, body in _beginnings(buffer, is_first=mail is None, is_last=not data):
            if mail is not None:
                mail.feed(_without_blank(buffer[at:begin]))
                yield mail.found(glance)
            mail, at = _Mail(base + body, portion), body
        if mail is None:
            mail = _Mail(0, portion)
        if not data:
            mail.feed(_without_blank(buffer[at:]))
            yield mail.found(glance)
            return
        keep = max(at, len(buffer) - _AHEAD)
        mail.feed(buffer[at:keep])
        base, buffer = base + keep, buffer[keep:]


def _beginnings(buffer: bytes, *, is_first: bool, is_last: bool) -> Iterator[tuple[int, int]]:
    """Yield where "From " lines and the mails behind them begin; what is too near the end waits."""
    end = len(buffer) if is_last else len(buffer) - _AHEAD
    if is_first and (hit := _BEGIN.match(buffer)):
        yield 0, hit.end(1) + _line_end(buffer, hit.end(1))
    at = buffer.find(b"\nFrom ")
    while 0 <= at < end:
        hit = _BEGIN.match(buffer, at + 1)
        if hit and _is_beginning(buffer, at, hit):
            yield at + 1, hit.end(1) + _line_end(buffer, hit.end(1))
        at = buffer.find(b"\nFrom ", at + 1)


def _is_beginning(buffer: bytes, at: int, hit: re.Match[bytes]) -> bool:
    """Tell whether the "From " line after the line end `at` begins a mail."""
    if not _DATE.search(hit.group(1)):
        return False
    after_blank = buffer[max(0, at - 1) : at] == b"\n" or buffer[max(0, at - 2) : at] == b"\n\r"
    return bool(hit.group(2)) or (after_blank and hit.group(3) is not None)


def _line_end(buffer: bytes, at: int) -> int:
    return 2 if buffer[at : at + 2] == b"\r\n" else 1


def _without_blank(body: bytes) -> bytes:
    """Take away the blank line that mbox puts between two mails."""
    for blank in (b"\r\n\r\n", b"\n\n"):
        if body.endswith(blank):
            return body[: -len(blank) // 2]
    return body
