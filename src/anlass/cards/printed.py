"""A business card to print: one page of 85 by 55 millimetres, as PDF, with a code that leads to the card."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from fpdf import FPDF
from fpdf.fonts import TTFFont

from anlass.cards.card import ShownCard, ShownOption
from anlass.cards.labels import label_of
from anlass.cards.properties import until_says
from anlass.cards.qr import modules

WIDE, HIGH = 85.0, 55.0
"""Millimetres of a business card in Europe."""
_MARGIN, _CODE, _GAP = 6.0, 21.0, 4.0
_INK, _SOFT = (38, 34, 28), (84, 77, 67)
_NAME, _WORK, _TEXT, _SMALL = (13.0, _INK), (8.2, _SOFT), (7.6, _INK), (6.2, _SOFT)
_LINE = 3.5
_FONT = "Literata"


def printed(card: ShownCard, code: str = "") -> bytes:
    """Return a card as PDF; `code` is what its QR code says, none is drawn where it is "".

    Options that find no room are left to the code. Nothing in the file says when or where it was made.
    """
    page = FPDF(unit="mm", format=(WIDE, HIGH))
    page.set_auto_page_break(auto=False)
    page.set_margin(0)
    page.set_creation_date(card.since)
    page.set_producer("Anlass")
    page.set_title(card.name)
    page.set_lang(card.lang)
    page.add_font(_FONT, fname=str(_font()))
    page.add_page()
    right = WIDE - _MARGIN - (_CODE + _GAP if code else 0.0)
    top = _heading(page, card)
    foot = HIGH - _MARGIN - (_LINE if card.until else 0.0)
    _options(page, card.options, card.lang, (top, foot, right))
    _say(page, until_says(card), HIGH - _MARGIN, _SMALL, right)
    if code:
        _draw(page, modules(code))
    return finished(page)


def unprintable(card: ShownCard) -> str:
    """Return the letters of a card that the font has not."""
    said = (card.name, card.organisation, card.role, *(one.value for one in card.options))
    return "".join(
        sorted({char for text in said for char in text if ord(char) not in _letters() and char != "\n"})
    )


@cache
def _font() -> object:
    """The file of the shipped font."""
    return files("anlass.cards").joinpath("literata.ttf")


def finished(page: FPDF) -> bytes:
    """Return what was drawn as a file, and put the fonts back, whose files the library leaves open."""
    drawn = bytes(page.output())
    _put_back(page)
    return drawn


def _put_back(page: FPDF) -> None:
    for font in page.fonts.values():
        if isinstance(font, TTFFont):
            font.ttfont.close()


@cache
def _letters() -> frozenset[int]:
    """The letters the shipped font has; reads the font's file."""
    page = FPDF()
    page.add_font(_FONT, fname=str(_font()))
    font = page.fonts[_FONT.lower()]
    known = frozenset(font.cmap) if isinstance(font, TTFFont) else frozenset()
    _put_back(page)
    return known


def _heading(page: FPDF, card: ShownCard) -> float:
    top = _MARGIN + 4.4
    _say(page, card.name, top, _NAME, WIDE - _MARGIN)
    for text in (card.role, card.organisation):
        if text:
            top += 4.2
            _say(page, text, top, _WORK, WIDE - _MARGIN)
    return top + 6.4


def _options(page: FPDF, options: Iterable[ShownOption], lang: str, room: tuple[float, float, float]) -> None:
    top, foot, right = room
    lines = (line for option in options for line in _lines(option, lang))
    for line in lines:
        if top > foot:
            break
        _say(page, line, top, _TEXT, right)
        top += _LINE


def _lines(option: ShownOption, lang: str) -> Iterable[str]:
    value = option.value.removeprefix("https://").removeprefix("http://").rstrip("/")
    if not option.target or option.value == option.target or "@" in value or "\n" in value:
        return value.split("\n")
    return (f"{label_of(option.kind, lang)} {value}",)


def _say(page: FPDF, text: str, top: float, style: tuple[float, tuple[int, int, int]], right: float) -> None:
    """Set one line, smaller where it is long, cut where that does not help."""
    if not text:
        return
    size, ink = style
    page.set_text_color(*ink)
    room = right - _MARGIN
    page.set_font(_FONT, size=size)
    wide = page.get_string_width(text)
    page.set_font_size(max(size * 0.75, min(size, size * room / wide if wide else size)))
    while len(text) > 2 and page.get_string_width(text) > room:
        text = f"{text.rstrip('…')[:-1]}…"
    page.text(_MARGIN, top, text)


def _draw(page: FPDF, rows: tuple[tuple[bool, ...], ...]) -> None:
    """Draw a code into the lower right corner, each run of dark modules as one bar."""
    size = _CODE / len(rows)
    left, top = WIDE - _MARGIN - _CODE, HIGH - _MARGIN - _CODE
    page.set_fill_color(*_INK)
    for down, row in enumerate(rows):
        across = 0
        while across < len(row):
            run = next((i for i in range(across, len(row)) if row[i] is not row[across]), len(row))
            if row[across]:
                page.rect(left + across * size, top + down * size, (run - across) * size, size, style="F")
            across = run
