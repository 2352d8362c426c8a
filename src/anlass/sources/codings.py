"""How programs old and new coded what they wrote: whole files in two bytes a letter, lines in one."""

from __future__ import annotations

_WIDE = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


def plain(data: bytes) -> bytes:
    """Return the bytes of a file in UTF-8 or an old coding of one byte, with line feeds."""
    for mark, coding in _WIDE:
        if data.startswith(mark):
            data = data.decode(coding, "replace").encode("utf-8")
    return data if b"\n" in data else data.replace(b"\r", b"\n")


def decoded(line: bytes) -> str:
    """Return a line as text: UTF-8, else as old Windows wrote."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")
