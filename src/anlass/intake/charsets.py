"""Bytes become words: the declared charset, repaired where the repair is certain.

Old systems declare one charset and write another. UTF-8 is so improbable by accident
that bytes which are valid UTF-8 are UTF-8, whatever they are called; what is neither
declared nor UTF-8 is read as windows-1252. Nothing is dropped: what cannot be read
certainly is read plausibly, and said so.
"""

from __future__ import annotations

import codecs
import re

from anlass.intake.guard import clean

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,39}")
_WESTERN = frozenset({"ascii", "iso8859-1", "iso8859-15", "cp1252"})
_NO_CHARSETS = frozenset(
    {"punycode", "idna", "unicode-escape", "unicode_escape", "raw_unicode_escape", "undefined"}
)
"""Codecs of Python that are no charsets of mail; the first is quadratic."""
_MUDDLE = re.compile("[ÂÃÅâð]")
"""The letters that nearly every muddle of UTF-8 with windows-1252 shows."""


def decoded(octets: bytes, declared: str | None) -> tuple[str, bool]:
    """Return the words that `octets` stand for, and whether the declared charset was right.

    `declared` is `None` where nothing was declared: then plain ASCII is right, all else is not.
    """
    name = _known(declared) if declared else "ascii"
    text, right = _read(octets, name)
    if text is None:
        text, right = _guess(octets), False
    whole = _unmuddled(text)
    return clean(whole), right and whole is text


def _known(declared: str) -> str | None:
    """Return Python's name of a charset, or `None` where it is none."""
    declared = declared.strip().strip("\"'")
    if not _NAME.fullmatch(declared):
        return None
    try:
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):
        return None
    return None if name in _NO_CHARSETS else name


def _read(octets: bytes, name: str | None) -> tuple[str | None, bool]:
    """Read `octets` as charset `name`, unless they are certainly something else."""
    if octets.isascii() and (name is None or name in _WESTERN or name == "utf-8"):
        return octets.decode("ascii"), name is not None
    if name is None:
        return None, False
    if name in _WESTERN:
        try:
            return octets.decode("utf-8-sig"), False
        except UnicodeDecodeError:
            name = "cp1252" if name == "iso8859-1" else name
    try:
        # bytes.decode refuses codecs that yield no text (base64, zip) with a LookupError
        return octets.decode("utf-8-sig" if name == "utf-8" else name), True
    except (UnicodeError, LookupError, ValueError):
        return None, False


def _guess(octets: bytes) -> str:
    for name in ("utf-8-sig", "cp1252"):
        try:
            return octets.decode(name)
        except UnicodeDecodeError:
            continue
    return octets.decode("latin-1")


def _unmuddled(text: str) -> str:
    """Undo UTF-8 that was once read as windows-1252 and written again ("fÃ¼r").

    Only where every foreign character of the text belongs to such a muddle: then
    there is nothing that the repair could break.
    """
    if text.isascii() or not _MUDDLE.search(text):
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text
