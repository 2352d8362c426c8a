"""A link as an NFC tag holds it: one NDEF record of a URI (RTD URI 1.0), as tag writers take it."""

from __future__ import annotations

ROOM = 137
"""Bytes of a message that the smallest common tag (NTAG213, 144 bytes) has room for."""
_HEAD = 0xD1
"""One short record of a well-known kind: the first and the last of its message."""
_SHORT = 255
_BEGINNINGS = ((0x02, "https://www."), (0x04, "https://"), (0x01, "http://www."), (0x03, "http://"))


def ndef(link: str) -> bytes | None:
    """Return a link as an NDEF message; `None` where it is too long for one short record."""
    number, rest = next(
        ((code, link.removeprefix(start)) for code, start in _BEGINNINGS if link.startswith(start)), (0, link)
    )
    told = bytes([number]) + rest.encode()
    return bytes([_HEAD, 1, len(told)]) + b"U" + told if len(told) <= _SHORT else None
