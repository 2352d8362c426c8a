"""Words with their places: normal forms, stems, and classes for all that is a name or a number.

What a sentence says is kept, who wrote it is not: names of the two people, mail
addresses, links and figures become classes (`<you>`, `<me>`, `<mail>`, `<money>`),
so that nothing can be learned from a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from Stemmer import Stemmer

# Every repetition is bounded and no two neighbours can match the same character, so
# that the time is linear whatever the text is.
_TOKEN = re.compile(
    r"""(?P<url>https?://\S{1,200}|www\.\S{1,200})
      |(?P<mail>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})
      |(?P<money>[€$£]\s?\d[\d.,']{0,12}k?
        |\d[\d.,']{0,12}(?:\s?[-–]\s?\d[\d.,']{0,12})?\s?(?:€|£|\$|(?:euros?|eur|chf|sfr|franken|dollars?|pounds?|usd|gbp|cents?)\b))
      |(?P<pct>\d[\d.,]{0,6}\s?(?:%|(?:prozent|percent|per\ cent)\b))
      |(?P<time>\d{1,2}[:.]\d{2}(?:\s?(?:uhr|h|am|pm)\b|(?![\d.]))|\d{1,2}\s?(?:uhr|am|pm|h)\b)
      |(?P<date>\d{1,2}\.\s?(?:\d{1,2}\.(?:\s?\d{2,4})?|(?:jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez)[a-zä]{0,6}\b)
        |\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\b
        |\d{4}-\d{2}-\d{2})
      |(?P<year>(?:1[6-9]|20)\d\d\b)
      |(?P<num>\d[\d.,']{0,12})
      |(?P<word>\w+(?:['’]\w{1,20})?)
      |(?P<mark>[^\w\s])""",
    re.IGNORECASE | re.VERBOSE,
)
_NAME = re.compile(r"[^\W\d_]{2,}")
_WHOLE_NAME = re.compile(r"\w+'\w+")
_NO_NAMES = frozenset(
    [
        "the",
        "of",
        "and",
        "und",
        "der",
        "die",
        "das",
        "von",
        "van",
        "zu",
        "für",
        "for",
        "office",
        "team",
        "info",
        "dr",
        "prof",
        "mr",
        "mrs",
        "ms",
        "herr",
        "frau",
    ]
)


_CAPITALISED = re.compile(r"(?<=\s)[A-ZÄÖÜ\u00c0-\u024f][\w'’-]{1,40}")
_TITLES = frozenset(["herr", "herrn", "frau", "mr", "mrs", "ms", "miss", "sir", "madam"])
_SALUTES = frozenset(
    "damen herren team tag morgen abend nachmittag kollegen kollege kollegin freunde editor author friend"
    " owner webmaster redaktion sirs madam morning afternoon evening all zusammen".split()
)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in parallel rows: form, surface in lower case, place.

    `forms` are stems or classes, `lower` the words as written but in lower case.
    """

    forms: tuple[str, ...]
    lower: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """The names of the two people, to be left out of all that is learned."""

    you: frozenset[str] = frozenset()
    me: frozenset[str] = frozenset()


def names(recipient: str, sender: str) -> Names:
    """Take the names of both people apart into words."""
    return Names(_parts(recipient), _parts(sender))


def _parts(name: str) -> frozenset[str]:
    found = name[:200].lower().replace("’", "'")
    return frozenset([*_NAME.findall(found), *_WHOLE_NAME.findall(found)]) - _NO_NAMES


def stemmer(lang: str) -> Callable[[str], str]:
    """The stemmer of a language; English where there is none of its own."""
    return _stemmer("de" if lang == "de" else "en")


@lru_cache(maxsize=2)
def _stemmer(lang: str) -> Callable[[str], str]:
    made: Callable[[str], str] = Stemmer("german" if lang == "de" else "english").stemWord
    return made


def words(text: str, lang: str, people: Names, *, is_greeting: bool = False) -> Words:
    """Cut a text into words, stem them and mask what is a name or a number.

    In a greeting every capitalised word after the first is taken for a name.
    """
    stem = stemmer(lang)
    you, me = people.you, people.me
    if is_greeting:
        you |= _parts(" ".join(_CAPITALISED.findall(text))) - _SALUTES
    forms: list[str] = []
    lower: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        surface = match.group().lower()
        if kind == "word":
            form = _form(surface, stem, you, me)
            if form == "<you>" and _goes_on(forms):
                if forms[-1] == "-":
                    for row in (forms, lower, starts, ends):
                        row.pop()
                ends[-1] = match.end()  # all parts of a name are one word
                continue
        else:
            form = surface if kind == "mark" else f"<{kind}>"
        forms.append(form)
        lower.append(surface)
        starts.append(match.start())
        ends.append(match.end())
    return Words(tuple(forms), tuple(lower), tuple(starts), tuple(ends))


def _goes_on(forms: list[str]) -> bool:
    """Whether a part of a name went before, perhaps with a hyphen between."""
    return forms[-1:] == ["<you>"] or forms[-2:] == ["<you>", "-"]


def _form(surface: str, stem: Callable[[str], str], you: frozenset[str], me: frozenset[str]) -> str:
    surface = surface.replace("’", "'")
    bare = surface.split("'")[0]
    if bare in _TITLES:
        return "<title>"
    if bare in you or surface in you:
        return "<you>"
    if bare in me or surface in me:
        return "<me>"
    if len(surface) > 40:
        return "<long>"
    if not surface.isalpha() and any(char.isdigit() for char in surface):
        return "<code>"
    return stem(surface)
