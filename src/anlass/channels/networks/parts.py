"""A letter in several parts, for networks whose posts are short."""

from __future__ import annotations

MOST = 20
"""Parts of one letter; the longest letter of the house has fewer."""


def in_parts(text: str, room: int) -> tuple[str, ...]:
    """Return `text` in as few parts as have room, broken at paragraphs, lines or words, in this order.

    Nothing of it is lost but the blanks where it is broken.
    """
    parts, rest = list[str](), text.strip()
    while len(rest) > room:
        at = max((rest.rfind(sign, 1, room + 1) for sign in ("\n\n",)), default=-1)
        for sign in ("\n", " "):
            at = at if at > room // 2 else max(at, rest.rfind(sign, 1, room + 1))
        if at <= 0:
            at = room
        parts.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return tuple(part for part in (*parts, rest) if part)
