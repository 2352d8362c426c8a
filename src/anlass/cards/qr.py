"""A link or a small card as a QR code, drawn by segno."""

from __future__ import annotations

import io

import segno

from anlass.cards.card import ShownCard
from anlass.cards.vcard import vcard

MOST = 1_200
"""Bytes of a card that a camera still reads from paper."""


def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """Return the rows of a code without its margin, dark as `True`."""
    return tuple(tuple(bool(one) for one in row) for row in segno.make(text, error="m", micro=False).matrix)


def svg(text: str) -> str:
    """Return a code as a picture that takes its size from the page around it."""
    drawn = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(
        drawn,
        kind="svg",
        omitsize=True,
        xmldecl=False,
        border=4,
        dark="#26221c",
        light="#fffdf8",
        svgclass="qr",
    )
    return drawn.getvalue().decode("utf-8").strip()


def offline(card: ShownCard) -> str | None:
    """Return a card as text for a code that needs no network; `None` where it is too long for one."""
    text = vcard(card)
    return text if len(text.encode()) <= MOST else None
