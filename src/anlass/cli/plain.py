"""A stranger's words on a terminal: names, subjects and file names are theirs to choose."""

from __future__ import annotations


def plain(words: str) -> str:
    """Return `words` in one line, with nothing in them that could steer a terminal."""
    return plain_lines(" ".join(words.split()))


def plain_lines(words: str) -> str:
    """Return `words` with their lines, character for character, and nothing that could steer a terminal."""
    return "".join(ch if ch.isprintable() or ch == "\n" else "\N{REPLACEMENT CHARACTER}" for ch in words)


def plain_path(path: str) -> str:
    """Return the name of a file in one line, by which it can be found: what cannot be shown is escaped."""
    if path.isprintable():
        return path
    return "".join(ch if ch.isprintable() else _escaped(ch) for ch in path)


def _escaped(char: str) -> str:
    """Write a character as a shell's `$'...'` takes it; a byte that is no UTF-8 as that byte."""
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return ascii(char)[1:-1]
