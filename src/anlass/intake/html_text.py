"""HTML becomes text as the eye sees it; what it hides from the eye is kept apart.

Hidden words are no words of the letter: they carry tracking, bait for filters, or
orders to a machine that might read along. They are kept, because hiding them says
something about the letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING

from anlass.intake.guard import HTML_DEPTH_LIMIT, HTML_LIMIT

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # ships no types

_HIDING = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|mso-hide:all|opacity:0(?:\.0+)?(?:;|$)"
    r"|(?:^|;)(?:font-size|max-height|max-width|height|width):0(?:\.0+)?(?:px|pt|em|rem|%)?(?:;|!|$)"
    r"|(?:left|text-indent|top):-\d{3,}"
)
_COLOUR = re.compile(r"(?:^|;)color:([^;!]+)")
_GROUND = re.compile(r"(?:^|;)background(?:-color)?:([^;!]+)")
_WHITE = re.compile(r"#?f{3}(?:f{3})?|white|rgba?\(255,255,255(?:,1(?:\.0)?)?\)")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_MARKUP = re.compile(r"<[^<>]*>?")
_VOID = frozenset(
    {"br", "hr", "img", "input", "meta", "link", "area", "base", "col", "wbr", "p", "li", "tr", "td"}
)
"""Elements without an end tag, or whose end tag is commonly left out."""
_UNKEPT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no tree takes where a text is put into it, though its reader lets it through."""
_HIDDEN_LIMIT = 16 * 1024
_ORDER = re.compile(
    r"schema\.org/?[\"']?[\s\S]{0,400}?\b(?:Order|ParcelDelivery|Invoice|[A-Za-z]+Reservation)\b"
)  # a JSON-LD or microdata block within one screen


def rendered(html: str, *, is_read: bool = True) -> tuple[str, str, bool]:
    """Return visible text, hidden text, and whether anything was left out for its size or depth.

    Where it is not read, only what it hides is looked for, and the visible text is empty: laying it
    out takes ten times as long.
    """
    cut = len(html) > HTML_LIMIT
    if cut:
        html = html[: max(html.rfind("<", 0, HTML_LIMIT), 0)]
    html = _UNKEPT.sub("", html.replace("\f", " "))
    if not html.strip():
        return "", "", cut
    if _is_too_deep(html):
        return unescape(_MARKUP.sub(" ", html)), "", True
    root = _tree(html)
    if root is None:
        return unescape(_MARKUP.sub(" ", html)), "", True
    if "&#" in html:
        _drop_unkept(root)
    hidden = " ".join(text for text in (_take_out(element) for element in _hidden_elements(root)) if text)
    if not is_read:
        return "", hidden[:_HIDDEN_LIMIT], cut
    _mark_quotes(root)
    _flatten_tables(root)
    try:
        return _laid_out(root).strip("\n"), hidden[:_HIDDEN_LIMIT], cut
    except RecursionError:
        return " ".join(root.itertext()), hidden[:_HIDDEN_LIMIT], True


def _tree(html: str) -> HtmlElement | None:
    """Return what a browser makes of HTML, `None` where not even that is possible."""
    # loaded by whoever reads HTML: the heads of an archive are read without
    from lxml import etree  # type: ignore[import-untyped]  # noqa: PLC0415 - ships no types
    from lxml.html import HTMLParser, document_fromstring  # noqa: PLC0415

    try:
        return document_fromstring(
            html, parser=HTMLParser(recover=True, remove_comments=True, remove_pis=True)
        )
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _drop_unkept(root: HtmlElement) -> None:
    """Take out of a tree what no tree takes, and what came as a number (`&#1;`)."""
    for element in root.iter():
        if element.text and _UNKEPT.search(element.text):
            element.text = _UNKEPT.sub(" ", element.text)
        if element.tail and _UNKEPT.search(element.tail):
            element.tail = _UNKEPT.sub(" ", element.tail)


def _laid_out(root: HtmlElement) -> str:
    """Return the text of a tree as a reader sees it."""
    from inscriptis import Inscriptis  # type: ignore[import-untyped]  # noqa: PLC0415 - ships no types
    from inscriptis.css_profiles import CSS_PROFILES  # type: ignore[import-untyped]  # noqa: PLC0415
    from inscriptis.model.config import ParserConfig  # type: ignore[import-untyped]  # noqa: PLC0415

    text: str = Inscriptis(root, ParserConfig(css=CSS_PROFILES["strict"])).get_text()
    return text


def has_order_markup(html: str) -> bool:
    """Tell whether the HTML carries a machine-readable order, parcel, invoice or booking."""
    place = html.find("schema.org", 0, HTML_LIMIT)
    return place >= 0 and _ORDER.search(html, place, place + 2_000) is not None


def _is_too_deep(html: str) -> bool:
    """Tell whether more elements stand open inside one another than a renderer may be given."""
    depth = 0
    for tag in _TAG.finditer(html):
        if tag[2].lower() not in _VOID:
            depth += -1 if tag[1] else 1
            if depth > HTML_DEPTH_LIMIT:
                return True
    return False


def _mark_quotes(root: HtmlElement) -> None:
    """Write what a mail program quotes as plain text does, so that answers between quotes stay."""
    for quote in list(root.iter("blockquote")):
        is_older = quote.get("type") == "cite" or "quote" in quote.get("class", "")
        if not is_older or any(around.tag == "pre" for around in quote.iterancestors()):
            continue
        lines = [" ".join(text.split()) for text in quote.itertext()]
        for child in list(quote):
            quote.remove(child)
        quote.tag = "pre"
        quote.text = "\n".join(f"> {line}" for line in lines if line)


def _flatten_tables(root: HtmlElement) -> None:
    """Turn tables into lines: mail uses them for layout, and padding columns can cost a gigabyte."""
    for element in root.iter("table", "thead", "tbody", "tfoot", "tr", "td", "th"):
        is_cell = element.tag in ("td", "th") and len(element) == 0
        element.tag = "span" if is_cell else "div"
        if is_cell:
            element.tail = " " + (element.tail or "")


def _hidden_elements(root: HtmlElement) -> Iterator[HtmlElement]:
    """Yield elements with words that nobody sees, outermost first."""
    for element in list(islice(root.iter(), HTML_LIMIT)):
        if not isinstance(element.tag, str) or element.tag in (
            "script",
            "style",
            "head",
            "title",
            "body",
            "html",
        ):
            continue
        if _is_hidden(element):
            yield element


def _is_hidden(element: HtmlElement) -> bool:
    style = _style(element)
    if "hidden" in element.attrib or (style and _HIDING.search(style)):
        return True
    colour = _COLOUR.search(style)
    shade = colour[1] if colour else element.get("color", "").strip().lower()
    return bool(shade and _WHITE.fullmatch(shade)) and _stands_on_white(element)


def _stands_on_white(element: HtmlElement) -> bool:
    """Tell whether no ground but white is declared around `element`."""
    for around in (element, *element.iterancestors()):
        if around.get("background"):
            return False
        ground = _GROUND.search(_style(around))
        shade = ground[1] if ground else around.get("bgcolor", "").strip().lower()
        if shade and shade not in ("transparent", "none", "inherit"):
            return _WHITE.fullmatch(shade) is not None
    return True


def _style(element: HtmlElement) -> str:
    style: str = element.get("style", "")
    return "".join(style.lower().split()) if style else ""


def _take_out(element: HtmlElement) -> str:
    """Remove an element, keep what follows it, and return its words."""
    if element.getparent() is None:
        return ""
    words = " ".join(" ".join(element.itertext()).split())
    element.drop_tree()
    return words
