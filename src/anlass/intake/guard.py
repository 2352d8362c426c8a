"""The guard stands before every parser: nothing a stranger sends costs more than its share.

Parsers are good at mail and bad at malice: a few kilobytes of newlines, brackets or
nested parts can hold one of them for seconds, and native code cannot be interrupted.
So sizes, counts and depths are cut here first, with the figures as named constants.
Whatever is cut leaves an `Oddity`, so that the owner sees that something is missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from anlass.intake.message import Oddity

MAIL_LIMIT = 64 * 1024 * 1024
"""Bytes of one mail: the parser refuses 100 MiB, and no letter needs a tenth of that."""
DEEP_MAIL_LIMIT = 1024 * 1024
"""Bytes of a mail with many containers: each level is searched again for its boundary."""
CONTAINER_LIMIT = 32
"""Containers in a large mail; beyond, only the first `DEEP_MAIL_LIMIT` bytes are read."""
PART_LIMIT = 2_000
"""Boundary lines: each part costs an object, a million parts would cost a gigabyte."""
DEPTH_LIMIT = 32
"""Levels of parts that are walked: ours is the recursion, the stack is short."""
HEAD_LIMIT = 512 * 1024
"""Bytes of a header block: real ones measure 2 kB, the longest seen 100 kB."""
FIELD_LIMIT = 64 * 1024
"""Bytes of one header field: room for a thousand recipients."""
FIELD_COUNT_LIMIT = 500
"""Fields in a header block: the most seen in real mail is 94."""
VALUE_LIMIT = 4 * 1024
"""Characters of one header value handed on: authres recurses on brackets."""
RECIPIENT_LIMIT = 1_000
"""Recipients kept per field: beyond that nobody was addressed."""
REFERENCE_LIMIT = 200
"""Ids kept of References and In-Reply-To: the longest thread seen has 29."""
BRACKET_LIMIT = 50
"""Opening brackets in an address field: comments nest, and so does their parser."""
NAME_LIMIT = 200
"""Characters of a display name or file name: splitting names grows with their words."""
SUBJECT_LIMIT = 1_000
"""Characters of a subject that are shown and read."""
TEXT_LIMIT = 256 * 1024
"""Characters of readable text kept: 40 printed pages."""
PART_BYTES_LIMIT = 1024 * 1024
"""Bytes of one decoded part before its charset is read."""
HTML_LIMIT = 256 * 1024
"""Characters of HTML: rendering 1 MB takes 0.7 s."""
HTML_DEPTH_LIMIT = 200
"""Open elements inside one another: renderers recurse."""
REPLY_LIMIT = 32 * 1024
"""Characters looked at for quotes: the reply parser is quadratic, and the litmus test needs no more."""

_CONTAINERS = (
    b"boundary=",
    b"Boundary=",
    b"BOUNDARY=",
    b"message/rfc822",
    b"Message/Rfc822",
    b"Message/RFC822",
)
_BOM = b"\xef\xbb\xbf"
_ODD_LINE = re.compile(rb"\n[^\s:]++[^:]")
"""A line that begins with a word which is not the name of a field."""
_FIELD = re.compile(rb"[!-9;-~]+[ \t]*:")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_JOINERS = frozenset("\u200c\u200d")
"""Nobody sees them, and Persian and the scripts of India are not written without."""
_BLANK_LINES = re.compile(r"\n{3,}")
_EMPTY_LINE = re.compile(r"\n[^\S\n]+(?=\n|\Z)")
"""A line of blanks, with the line end before it: what begins with one character is found fast."""


@dataclass(frozen=True, slots=True)
class Guarded:
    """A mail that a parser may see: its header block, the whole, and what was cut.

    The whole begins with the head; where nothing had to be mended it is the very bytes
    that came, since a copy of fifty megabytes is a cost too.
    """

    head: bytes
    whole: bytes
    oddities: frozenset[Oddity] = frozenset()

    def start_of_body(self, length: int) -> bytes:
        """Return the first `length` bytes below the header block."""
        return self.whole[len(self.head) : len(self.head) + length]


def guarded(raw: bytes) -> Guarded:
    """Return `raw` within the limits: line ends mended, the header block tidied, sizes cut."""
    oddities: set[Oddity] = set()
    if len(raw) > MAIL_LIMIT:
        raw = raw[:MAIL_LIMIT]
        oddities.add(Oddity.CUT)
    raw = _plain_start(_mended_lines(raw))
    end = _end_of_head(raw)
    came = raw[:end]
    tidy, spilled = _tidy(_without_lone_cr(came), oddities)
    head = _slim(tidy, oddities)
    whole = raw if head is came else b"".join((head, spilled, memoryview(raw)[end:]))
    return Guarded(head, _shallow(whole, len(head), oddities), frozenset(oddities))


def guarded_head(head: bytes) -> Guarded:
    """Return the same for a header block alone; what follows the first blank line is left out."""
    oddities: set[Oddity] = set()
    raw = _plain_start(_mended_lines(head))
    tidy, _ = _tidy(_without_lone_cr(raw[: _end_of_head(raw)]), oddities)
    slim = _slim(tidy, oddities)
    return Guarded(slim, slim, frozenset(oddities))


def looks_like_mail(head: bytes) -> bool:
    """Tell whether this block begins with a header field."""
    return _FIELD.match(head) is not None


def _mended_lines(raw: bytes) -> bytes:
    """Mend CR CR LF and lone CR, which parsers take for the end of the header or for none at all."""
    if b"\r\r\n" in raw:
        raw = re.sub(rb"\r+\n", b"\n", raw)
    if b"\r" in raw[:HEAD_LIMIT] and b"\n" not in raw[:HEAD_LIMIT]:
        raw = raw.replace(b"\r", b"\n")
    return raw


def _without_lone_cr(head: bytes) -> bytes:
    """Turn a CR within a line into a blank: one parser stops there, another begins a new field."""
    if b"\r" not in head or head.count(b"\r") == head.count(b"\r\n"):
        return head
    return head.replace(b"\r\n", b"\n").replace(b"\n\r", b"\n").replace(b"\r", b" ")


def _plain_start(raw: bytes) -> bytes:
    """Drop what stands before the first field: byte order mark, blanks, NULs, mbox lines."""
    if raw[:1].isalpha() and raw[:5] != b"From ":
        return raw
    raw = raw.removeprefix(_BOM).lstrip(b" \t\r\n\0\v\f")
    while raw.startswith((b"From ", b">From ")):
        _, _, raw = raw.partition(b"\n")
    return raw.lstrip(b" \t\r\n\0\v\f") if raw[:1] in b" \t\r\n" else raw


def _end_of_head(raw: bytes) -> int:
    """Return where the body begins: behind the first blank line."""
    ends = [place + len(blank) for blank in (b"\n\n", b"\n\r\n") if (place := raw.find(blank)) >= 0]
    return min(ends, default=len(raw))


def _tidy(head: bytes, oddities: set[Oddity]) -> tuple[bytes, bytes]:
    """Take lines that are no fields out of the head; return the head and what belongs to the body.

    Where only such lines are left, the body began there without a blank line. A block
    without any field is left as it is: nothing in it is worth mending.
    """
    if not (_ODD_LINE.search(head) or _ODD_LINE.match(b"\n" + head[:FIELD_LIMIT])):
        return head, b""
    head, beyond = head[:HEAD_LIMIT], head[HEAD_LIMIT:]
    lines = head.splitlines(keepends=True)
    last = max((i for i, line in enumerate(lines) if _FIELD.match(line)), default=-1)
    if last < 0:
        return head + beyond, b""
    oddities.add(Oddity.BROKEN_HEADERS)
    while last + 1 < len(lines) and lines[last + 1][:1] in b" \t":
        last += 1
    kept = [_tight(line) for line in lines[: last + 1] if line[:1] in b" \t" or _FIELD.match(line)]
    rest = b"".join([*lines[last + 1 :], beyond])
    return b"".join(kept) + b"\n", rest if rest.strip() else b""


def _tight(line: bytes) -> bytes:
    """`From : x` as `From: x`."""
    name, colon, value = line.partition(b":")
    return line if line[:1] in b" \t" else name.rstrip() + colon + value


def _slim(head: bytes, oddities: set[Oddity]) -> bytes:
    """Cut a header block that is too long: first its fields, then their number."""
    if len(head) <= VALUE_LIMIT or (len(head) <= FIELD_LIMIT and head.count(b"\n") <= FIELD_COUNT_LIMIT):
        return head
    fields = re.split(rb"\n(?![ \t])", head[:HEAD_LIMIT].rstrip(b"\r\n"))
    slim = [field[:FIELD_LIMIT] for field in fields[:FIELD_COUNT_LIMIT]]
    if len(head) > HEAD_LIMIT or slim != fields:
        oddities.add(Oddity.CUT)
    return b"\n".join(slim) + b"\n\n"


def _shallow(whole: bytes, begin: int, oddities: set[Oddity]) -> bytes:
    """Cut a body (from `begin` on) with too many parts, or a large one with too many containers."""
    if whole.count(b"\n--", begin) > PART_LIMIT:
        place = begin
        for _ in range(PART_LIMIT):
            place = whole.find(b"\n--", place + 1)
        whole = whole[:place]
        oddities.add(Oddity.CUT)
    if len(whole) > DEEP_MAIL_LIMIT and has_many_containers(whole):
        whole = whole[:DEEP_MAIL_LIMIT]
        oddities.add(Oddity.CUT)
    return whole


def has_many_containers(whole: bytes) -> bool:
    """Tell whether a mail has more containers than a letter: a parser that recurses must not see it."""
    return sum(whole.count(one) for one in _CONTAINERS) > CONTAINER_LIMIT


def clean(text: str) -> str:
    """Return `text` without control characters and lone surrogates, which no page or database takes."""
    if text.isascii() and text.isprintable():
        return text
    return _CONTROLS.sub("", text)


def one_line(text: str) -> str:
    """Return a text as one line of signs that can be seen: a name, a role, a title, whatever was written.

    What nobody sees tells two names apart that look alike, and turns how others are read. The joiners
    that some scripts write with stay between letters of these scripts.
    """
    if not text.isprintable():
        text = "".join(
            char
            for place, char in enumerate(text)
            if char.isprintable() or char.isspace() or (char in _JOINERS and _joins(text, place))
        )
    return " ".join(text.split())


def _joins(text: str, place: int) -> bool:
    """Tell whether a joiner stands between letters of a script that has them: none of Europe's."""
    around = text[max(0, place - 1) : place], text[place + 1 : place + 2]
    return all(char > "\u0590" and not char.isspace() for char in around)


def calm(text: str) -> str:
    """Return `text` with plain line ends, empty lines emptied and runs of them collapsed to one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _BLANK_LINES.sub("\n\n", _EMPTY_LINE.sub("\n", f"\n{text}")[1:])


def shortened(text: str, limit: int) -> str:
    """Return at most `limit` characters of `text`, cut at the end of a line where one is near."""
    if len(text) <= limit:
        return text
    line = text.rfind("\n", limit - 200, limit)
    return text[: line if line > 0 else limit]
