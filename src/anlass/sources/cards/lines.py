"""The lines of a card that are read, made safe for the parser.

Only what names a person is kept: pictures, keys and notes are dropped before anything is parsed.
vobjectx reads the rest: groups, parameters, escapes, parts of names. Before it stand limits, and what
programs of the nineties mix within one card: a charset for each line, quoted-printable, and the folds
that Outlook gets wrong.
"""

from __future__ import annotations

import codecs
import io
import quopri
import re
from collections.abc import Iterator

KEPT = frozenset(
    (
        "FN N ORG TITLE ROLE EMAIL TEL URL NICKNAME KIND IMPP X-SOCIALPROFILE SOCIALPROFILE X-LINKEDIN"
        " X-XING X-ADDRESSBOOKSERVER-KIND X-ABSHOWAS X-ABDATE X-ABLABEL"
    ).split()
)
"""The properties that are read; vCard has a hundred more."""

_NAME = re.compile(rb"(?:[\w-]{1,60}\.)?([A-Za-z][A-Za-z0-9_-]{0,60})[;:]")
_HEAD = re.compile(
    r'(?P<name>(?:[\w-]+\.)?[\w-]+)(?P<params>(?:;[\w-]*(?:=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)?)*):',
    re.ASCII,
)
_QUOTED = re.compile(r";(?:ENCODING=)?QUOTED-PRINTABLE\b", re.IGNORECASE)
_ENCODING = re.compile(r";(?:ENCODING|CHARSET)=[^;:]*|;(?:BASE64|8BIT|7BIT)\b", re.IGNORECASE)
_CHARSET = re.compile(r";CHARSET=\"?([\w.:-]{1,40})", re.IGNORECASE)
_COMMA = re.compile(r"(?<!\\),")
_ONE_TEXT = frozenset({"FN", "TITLE", "ROLE", "X-ABLABEL"})
"""Properties in which a comma is a comma, though many programs forget to escape it."""
_LINES = 300
_LENGTH = 4_000
_HEAD_LENGTH = 200
_FOLDS = 100


class TooLongError(ValueError):
    """A card has more lines of what is read than any person's card has."""


Line = tuple[str, str, object]
"""Name of a property in upper case, the group before it (`item1`), its value as vobjectx reads it."""


def lines_of(data: bytes) -> list[Line]:
    """Return what is read of a card; a line that cannot be read is left out. Raises `TooLongError`."""
    lines = [line for line in map(_text, _logical(data)) if line is not None]
    if len(lines) > _LINES:
        raise TooLongError
    parsed = _parsed(lines)
    if parsed is not None:
        return parsed
    return [one for line in lines for one in _parsed([line]) or ()]


def _parsed(lines: list[str]) -> list[Line] | None:
    """Let vobjectx read some lines as a card; `None` where it cannot."""
    import vobjectx  # noqa: PLC0415 - only whoever has cards waits for it
    from vobjectx.exceptions import VObjectError  # noqa: PLC0415

    card = "\r\n".join(("BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""))
    try:
        component = next(vobjectx.read_components(card, allow_qp=True))
    except (VObjectError, LookupError, TypeError, ValueError, AttributeError):
        return None
    return [
        (name.upper(), (one.group or "").lower(), one.value)
        for name, several in component.contents.items()
        for one in several
    ]


def _logical(data: bytes) -> Iterator[bytes]:
    """Yield the lines of properties that are read, each with the lines that continue it.

    A continued line begins with a blank, or follows a soft line break of quoted-printable; a line
    that is no property continues what stands before it, as Outlook breaks long values.
    """
    kept: list[bytes] = []
    is_kept = is_quoted = is_soft = False
    for raw in io.BytesIO(data):  # line by line: pictures of ten megabytes are never held in pieces
        line = raw.rstrip(b"\r\n")
        hit = None if is_soft or line[:1] in {b" ", b"\t"} else _NAME.match(line)
        if hit:
            if kept:
                yield _joined(kept, is_quoted=is_quoted)
            is_kept = hit[1].upper().decode().replace("_", "-") in KEPT
            is_quoted = b"quoted-printable" in line[:_HEAD_LENGTH].lower()
            kept = [line[:_LENGTH]] if is_kept else []
        elif is_kept and len(kept) < _FOLDS:
            kept.append(line[:_LENGTH])
        is_soft = is_quoted and line.endswith(b"=")
    if kept:
        yield _joined(kept, is_quoted=is_quoted)


def _joined(lines: list[bytes], *, is_quoted: bool) -> bytes:
    """Take the folds out of a line; those of quoted-printable are soft line breaks."""
    joined = lines[0]
    for line in lines[1:]:
        if is_quoted and joined.endswith(b"="):
            joined = joined[:-1] + line.lstrip(b" \t")
        else:
            joined += line[1:] if line[:1] in {b" ", b"\t"} else line
    return joined[:_LENGTH]


def _text(line: bytes) -> str | None:
    """Return a line as text with a head that every parser takes, or `None` where it has none."""
    text = _decoded(line)
    hit = _HEAD.match(text)
    if hit is None:
        return None
    params, value = hit["params"], text[hit.end() :]
    if _QUOTED.search(params):
        value = _unquoted(value, params)
        params = _QUOTED.sub("", params)
    params = _ENCODING.sub("", params)
    if hit["name"].rpartition(".")[2].upper() in _ONE_TEXT:
        value = _COMMA.sub(r"\,", value)
    return f"{hit['name']}{params}:{value}".replace("\r", "").replace("\0", "")


def _decoded(line: bytes) -> str:
    """Decode one line: UTF-8, else by the charset it names, else as old Windows wrote."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode(_charset(line.decode("latin-1")), "replace")


def _unquoted(value: str, params: str) -> str:
    """Decode quoted-printable by the charset that is named, where that fits, else as `_decoded` does."""
    raw = quopri.decodestring(value.encode("utf-8"))
    named = _charset(params)
    for coding in ("utf-8", named):
        try:
            return _one_line(raw.decode(coding))
        except UnicodeDecodeError:
            continue
    return _one_line(raw.decode(named, "replace"))


def _one_line(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\\n")


def _charset(head: str) -> str:
    """Return the charset that a line's head names, of one that text of one byte can be in."""
    hit = _CHARSET.search(head)
    try:
        name = codecs.lookup(hit[1]).name if hit else ""
    except LookupError:
        name = ""
    return (
        name
        if name.startswith(("iso8859", "cp12", "koi8", "mac", "gb", "big5", "shift", "euc"))
        else "cp1252"
    )
