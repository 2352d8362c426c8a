"""What an organiser hangs up, hands out and shows: a poster, badges, the closing slide, all as PDF.

Codes lead to the start page of the event, never to anybody's own: a photographed badge tells nothing.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import tzinfo
from importlib.resources import files

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from anlass.cards.printed import finished
from anlass.cards.qr import modules
from anlass.languages import languages
from anlass.outreach.hosting import Hosting, Participant, RoundTimes
from anlass.outreach.phrases import day_says, moment_says, words

FILE = "hosting.toml"
_FONT = "Literata"
_INK, _SOFT = (38, 34, 28), (84, 77, 67)
_BADGE = (85.0, 55.0)


def poster(hosting: Hosting, address: str) -> bytes:
    """Return a poster of one A4 page with the code of the start page."""
    said = words(hosting.lang, FILE, "poster")
    page = _sheet(hosting, (210.0, 297.0))
    _line(page, hosting.name, 34, top=36)
    page.ln(8)
    for text in _lines(hosting.lang):
        _line(page, text, 19)
    _code(page, address, (65.0, 150.0, 80.0))
    page.set_y(236)
    _line(page, address.removeprefix("https://"), 13, ink=_SOFT)
    foot = said["foot"].format(date=day_says(hosting.delete_at, hosting.lang), contact=hosting.contact)
    _line(page, foot, 11, top=270, ink=_SOFT)
    return finished(page)


def badges(hosting: Hosting, people: Iterable[Participant], address: str) -> bytes:
    """Return badges of 85 by 55 millimetres, ten on each A4 page: name, line, the code of the start page."""
    ask = words(hosting.lang, FILE, "badge")["ask"]
    page = _sheet(hosting, (210.0, 297.0), is_first=False)
    for number, one in enumerate(people):
        if number % 10 == 0:
            page.add_page()
        left, top = 20.0 + (number % 2) * _BADGE[0], 11.0 + number % 10 // 2 * _BADGE[1]
        page.set_draw_color(217, 207, 189)
        page.rect(left, top, *_BADGE)
        _at(page, one.name, (left + 6, top + 16), 17)
        if one.line:
            _at(page, f"{ask} {one.line}", (left + 6, top + 25), 8, ink=_SOFT)
        _at(page, hosting.name, (left + 6, top + 49), 8, ink=_SOFT)
        _code(page, address, (left + 62, top + 32, 18))
    return finished(page)


def slide(hosting: Hosting, code: str) -> bytes:
    """Return the closing slide: the code of the list, large enough for the last row."""
    said = words(hosting.lang, FILE, "slide")
    page = _sheet(hosting, (320.0, 180.0))
    _line(page, said["title"], 30, top=30)
    _line(page, code or said["none"], 34, top=74)
    _line(page, said["text"] if code else "", 16, top=126, ink=_SOFT)
    return finished(page)


def timetable_says(rounds: Iterable[RoundTimes], lang: str, zone: tzinfo) -> tuple[tuple[str, str], ...]:
    """Return the moments of all rounds in their order, each with what happens then, in this zone."""
    said = words(lang, FILE, "times")
    moments = [
        (when, said[key])
        for one in rounds
        for key, when in (
            ("freeze", one.freeze),
            ("match", one.match),
            ("release", one.release),
            ("forget", one.forget),
        )
    ]
    return tuple((moment_says(when.astimezone(zone), lang), text) for when, text in sorted(moments))


def left_says(left: Iterable[tuple[str, int]], lang: str) -> tuple[tuple[str, int], ...]:
    """Return what was counted after a deletion, each count with its name in words."""
    said = words(lang, FILE, "left")
    return tuple((said.get(name, name), count) for name, count in left)


def report_says(report: Iterable[tuple[str, int]], lang: str) -> tuple[tuple[str, str], ...]:
    """Return the closing report in words: coarse counts, and "fewer than five"."""
    said = words(lang, FILE, "report")
    told = []
    for name, count in report:
        kind, _, number = name.partition("_") if name.startswith("round_") else (name, "", "")
        label = said[kind].format(n=number)
        told.append((label, said["about"].format(n=count) if count else said["few"]))
    return tuple(told)


def records(hosting: Hosting) -> str:
    """Return the records of processing as a document in Markdown, made of what the program does."""
    said = words(hosting.lang, FILE, "records")
    fields = {"event": hosting.name, "date": day_says(hosting.delete_at, hosting.lang)}
    parts = [
        f"# {said['title'].format(**fields)}",
        said["intro"],
        f"**{said['responsible']}:** {hosting.contact or '?'}",
    ]
    purposes = [
        said["purpose_access"],
        said["purpose_list"],
        *([said["purpose_wishes"]] if hosting.wishes else []),
    ]
    parts.append(f"## {said['purposes']}\n\n" + "\n".join(f"- {one}" for one in purposes))
    for head, body in (
        ("categories", "category"),
        ("people", "person"),
        ("receivers", "receiver"),
        ("third", "no_third"),
        ("retention", "retained"),
        ("rights", "right"),
        ("measures", "measure"),
    ):
        parts.append(f"## {said[head]}\n\n{said[body].format(**fields)}")
    return "\n\n".join(parts) + "\n"


def _lines(lang: str) -> tuple[str, ...]:
    code = lang if languages().text(lang, FILE) else languages().fallback
    told = tomllib.loads(languages().text(code, FILE))["poster"]["lines"]
    return tuple(str(one) for one in told)


def _sheet(hosting: Hosting, size: tuple[float, float], *, is_first: bool = True) -> FPDF:
    page = FPDF(unit="mm", format=size)
    page.set_auto_page_break(auto=False)
    page.set_margin(20)
    page.set_creation_date(hosting.begins)
    page.set_producer("Anlass")
    page.set_title(hosting.name)
    page.set_lang(hosting.lang)
    page.add_font(_FONT, fname=str(files("anlass.cards").joinpath("literata.ttf")))
    if is_first:
        page.add_page()
    return page


def _line(
    page: FPDF, text: str, size: float, *, top: float | None = None, ink: tuple[int, int, int] = _INK
) -> None:
    """Set a line over the whole width, broken where it is long."""
    if top is not None:
        page.set_y(top)
    page.set_font(_FONT, size=size)
    page.set_text_color(*ink)
    page.multi_cell(0, size * 0.5, text, align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _at(
    page: FPDF, text: str, place: tuple[float, float], size: float, *, ink: tuple[int, int, int] = _INK
) -> None:
    """Set one line at a place, smaller where it is long, cut where that does not help."""
    room = _BADGE[0] - 12
    page.set_text_color(*ink)
    page.set_font(_FONT, size=size)
    wide = page.get_string_width(text)
    page.set_font_size(max(size * 0.6, min(size, size * room / wide if wide else size)))
    while len(text) > 2 and page.get_string_width(text) > room:
        text = f"{text.rstrip('…')[:-1]}…"
    page.text(*place, text)


def _code(page: FPDF, text: str, place: tuple[float, float, float]) -> None:
    """Draw a code, each run of dark modules in a row as one bar; `place` is left, top and size."""
    left, top, size = place
    rows = modules(text)
    step = size / len(rows)
    page.set_fill_color(*_INK)
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            if dark:
                page.rect(left + across * step, top + down * step, step, step, style="F")
