"""A text cut into words and marks, with a class for every figure, address and link."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Every repetition is bounded and no two neighbours can match the same character, so
# that the time is linear whatever the text is.
_FIGURE = r"""(?<!\w)(?:(?P<url>https?://\S{1,200}|www\.\S{1,200})
      |(?P<money>[€$£]\s?\d[\d.,']{0,12}k?
        |\d[\d.,']{0,12}(?:\s?[-–]\s?\d[\d.,']{0,12})?\s?(?:€|£|\$|(?:euros?|eur|chf|sfr|franken|dollars?|pounds?|usd|gbp|cents?)\b))
      |(?P<pct>\d[\d.,]{0,6}\s?(?:%|(?:prozent|percent|per\ cent)\b))
      |(?P<time>\d{1,2}[:.]\d{2}(?:\s?(?:uhr|h|am|pm)\b|(?![\d.]))|\d{1,2}\s?(?:uhr|am|pm|h)\b)
      |(?P<date>\d{1,2}\.\s?(?:\d{1,2}\.(?:\s?\d{2,4})?|(?:jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez)[a-zä]{0,6}\b)
        |\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\b
        |\d{4}-\d{2}-\d{2})
      |(?P<year>(?:1[6-9]|20)\d\d\b)
      |(?P<num>\d[\d.,']{0,12}))"""
_MAIL = r"|(?P<mail>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})"
_CLASSED = re.compile(_FIGURE, re.IGNORECASE | re.VERBOSE)
_CLASSED_OR_MAIL = re.compile(_MAIL[1:] + "|" + _FIGURE, re.IGNORECASE | re.VERBOSE)
_WORD = re.compile(r"\w+(?:['’]\w{1,20}|[:*]in(?:nen)?\b)?|[^\w\s]")
_SIGN = re.compile(r"[\d@€$£]")


def _may_have_classes(text: str) -> bool:
    """Whether there is what every figure, address or link has in it; most sentences have none."""
    return _SIGN.search(text) is not None or "://" in text or "www." in text


def tokens(text: str) -> list[str]:
    """The words and marks of a text, a class where a figure, an address or a link stands."""
    if not _may_have_classes(text):
        return _WORD.findall(text)
    found, at = [], 0
    for match in _classed(text):
        found += _WORD.findall(text, at, match.start())
        found.append(f"<{match.lastgroup}>")
        at = match.end()
    return found + _WORD.findall(text, at)


def places(text: str) -> list[tuple[int, int]]:
    """Where they stand in the text."""
    if not _may_have_classes(text):
        return [word.span() for word in _WORD.finditer(text)]
    found, at = [], 0
    for match in _classed(text):
        found += [word.span() for word in _WORD.finditer(text, at, match.start())]
        found.append(match.span())
        at = match.end()
    return found + [word.span() for word in _WORD.finditer(text, at)]


def _classed(text: str) -> Iterator[re.Match[str]]:
    return (_CLASSED_OR_MAIL if "@" in text else _CLASSED).finditer(text)
