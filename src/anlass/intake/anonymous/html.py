"""The HTML of a notice, written anew: elements and words, and of attributes what can be written anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape

from lxml import etree  # type: ignore[import-untyped]  # ships no types
from lxml.html import (  # type: ignore[import-untyped]  # ships no types
    HtmlElement,
    HTMLParser,
    document_fromstring,
    tostring,
)

from anlass.intake.anonymous.veil import Veil
from anlass.intake.guard import HTML_DEPTH_LIMIT, HTML_LIMIT

_HIDING = re.compile(r"(display:none|visibility:hidden|mso-hide:all)")
_SILENT = frozenset({"script", "style", "object", "svg", "math", "template", "noscript"})
_MARKUP = re.compile(r"<[^<>]*>?")
_KNOWN = frozenset(
    "html head body title div span p br hr a img b i u em strong small big font center h1 h2 h3 h4 h5 h6"
    " ul ol li table thead tbody tfoot tr td th blockquote pre meta link".split()
)


def anonymous_html(html: str, veil: Veil) -> str:
    """Return HTML with the same elements; where it cannot be read, its words alone."""
    try:
        parser = HTMLParser(recover=True, remove_comments=True, remove_pis=True)
        root = document_fromstring(html[:HTML_LIMIT] or "<p></p>", parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        root = None
    if root is None or any(depth > HTML_DEPTH_LIMIT for depth in _depths(root)):
        words = veil.text(unescape(_MARKUP.sub(" ", html)))
        return f"<html><body><p>{escape(words)}</p></body></html>"
    for element in list(root.iter()):
        _write_anew(element, veil)
    return str(tostring(root, encoding="unicode"))


def _depths(root: HtmlElement) -> Iterator[int]:
    level, layer = 0, [root]
    while layer:
        yield level
        level, layer = level + 1, [child for one in layer for child in one]


def _write_anew(element: HtmlElement, veil: Veil) -> None:
    """Replace the words of one element, its name where that says more than what it is, and its attributes."""
    if str(element.tag) in _SILENT:
        for child in list(element):
            element.remove(child)
        element.text = None
    if str(element.tag) not in _KNOWN:
        element.tag = "span"
    element.text = veil.text(element.text) if element.text else None
    element.tail = veil.text(element.tail) if element.tail else None
    _write_attributes(element, veil)


def _write_attributes(element: HtmlElement, veil: Veil) -> None:
    """Keep of the attributes what hides an element, and what a reader sees or follows, written anew."""
    said = {str(key).lower(): str(value) for key, value in element.attrib.items()}
    element.attrib.clear()
    hiding = _HIDING.search("".join(said.get("style", "").lower().split()))
    if hiding:
        element.set("style", hiding[1])
    for key, anew in (("href", veil.link), ("src", veil.link), ("alt", veil.text), ("title", veil.text)):
        if key in said:
            element.set(key, anew(said[key]))
