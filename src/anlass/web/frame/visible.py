"""Neutralise what a stranger wrote, character by character, so that nothing hides or misleads.

Control characters become their pictures, marks that turn the reading direction become
a replacement character; letters of every script stay as they are. Markup is not this
page's business: the templates escape everything.
"""

from __future__ import annotations

import re
import unicodedata

_LONGEST_PILE = 4
"""More combining marks than this on one letter are ornament, and climb over other lines."""

_KEPT_FORMATS = {"\u00ad", "\u200c", "\u200d"}  # soft hyphen, and the joiners that scripts and emoji need
_PILES = re.compile(r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{5,}")


def visible(text: str) -> str:
    """Return `text` with every misleading character made visible; line breaks and tabs stay."""
    shown = text if text.isprintable() else "".join(_shown(char) for char in text)
    if shown.isascii():
        return shown
    return _PILES.sub(lambda pile: pile.group()[:_LONGEST_PILE], shown)


def on_one_line(text: str) -> str:
    """Return `text` as one visible line, for names, subjects and places."""
    return visible(" ".join(text.split()))


def _shown(char: str) -> str:
    if char.isprintable() or char in "\n\t":
        return char
    if char in _KEPT_FORMATS or char == "\u00a0":
        return char
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return " " if unicodedata.category(char) in {"Zs", "Zl", "Zp"} else "\ufffd"
