"""A stranger's words on a terminal."""

from __future__ import annotations


def plain(words: str) -> str:
    """Return `words` in one line, with nothing in them that could steer a terminal."""
    line = " ".join(words.split())
    return "".join(ch if ch.isprintable() else "\N{REPLACEMENT CHARACTER}" for ch in line)
