"""Words with their places: normal forms, stems, and classes for all that is a name or a number.

What a sentence says is kept, who wrote it is not: names of the two people and of others,
mail addresses, links and figures become classes (`<you>`, `<me>`, `<name>`, `<money>`),
so that nothing can be learned from a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from Stemmer import Stemmer

from anlass.litmus.lexicon import Lexicon

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
_SIMPLE = re.compile(r"\w+(?:['’]\w{1,20})?|[^\w\s]")
"""The same tokens where a text holds no figure, no address and no link."""

_NOT_SIMPLE = re.compile(r"\d|@|://|www\.|[€$£]|%", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_]{2,}")
_WHOLE_NAME = re.compile(r"\w+'\w+")
_NO_NAMES = frozenset(
    "the of and und der die das von van zu für for office team info dr prof mr mrs ms herr frau".split()
)


_CAPITALISED = re.compile(r"(?<=\s)[A-ZÄÖÜ\u00c0-\u024f][\w'’-]{1,40}")
_MOST_KEPT = 50_000
"""Words whose form is remembered between requests."""

_DEGREES = frozenset([".", "dr", "prof", "med", "dipl", "ing"])
_TITLES = frozenset(["herr", "herrn", "frau", "mr", "mrs", "ms", "miss", "sir", "madam"])
_SALUTES = frozenset(
    "damen herren team tag morgen abend nachmittag kollegen kollege kollegin freunde editor author friend"
    " owner webmaster redaktion sirs madam morning afternoon evening all zusammen".split()
)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in parallel rows: form, surface in lower case, place.

    `forms` are stems or classes; `lower` the words as written but in lower case, or the class
    where a name stood; `spans` the places.
    """

    forms: tuple[str, ...]
    lower: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Names:
    """The names of the two people, to be left out of all that is learned."""

    you: frozenset[str] = frozenset()
    me: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        """Every word that may be a part of a name or stands before one."""
        return self.you | self.me | _TITLES


def names(recipient: str, sender: str) -> Names:
    """Take the names of both people apart into words."""
    return Names(_parts(recipient), _parts(sender))


def _parts(name: str) -> frozenset[str]:
    found = name[:200].lower().replace("’", "'")
    return frozenset([*_NAME.findall(found), *_WHOLE_NAME.findall(found)]) - _NO_NAMES


class _Forms(dict[str, str]):
    """The form of every word met, stems and classes; remembers so many and no more."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.stem: Callable[[str], str] = Stemmer("german" if lang == "de" else "english").stemWord

    def __missing__(self, surface: str) -> str:
        form = self._form(surface)
        if len(self) < _MOST_KEPT:
            self[surface] = form
        return form

    def _form(self, surface: str) -> str:
        surface = surface.replace("’", "'")
        if surface in _TITLES:
            return "<title>"
        if len(surface) > 40:
            return "<long>"
        if not surface.isalpha() and any(char.isdigit() for char in surface):
            return "<code>"
        return self.stem(surface)


@lru_cache(maxsize=2)
def _forms(lang: str) -> _Forms:
    return _Forms(lang)


def forms_of(lang: str) -> Callable[[str], str]:
    """What takes a word in lower case to its form; English where there is no stemmer of its own."""
    return _forms("de" if lang == "de" else "en").__getitem__


def words(
    text: str, lang: str, people: Names, *, lexicon: Lexicon | None = None, is_greeting: bool = False
) -> Words:
    """Cut a text into words, stem them and mask what is a name or a number.

    In a greeting every capitalised word after the first is taken for a name. Names of others are
    masked where a lexicon is given.
    """
    if is_greeting:
        greeted = _parts(" ".join(_CAPITALISED.findall(text))) - _SALUTES
        people = Names(people.you | greeted, people.me)
    masked = _Masked(lang, people, lexicon)
    form_of = forms_of(lang)
    simple = _NOT_SIMPLE.search(text) is None
    special = people.all
    for match in (_SIMPLE if simple else _TOKEN).finditer(text):
        surface, span = match.group(), match.span()
        if simple and surface not in special and surface.islower() and surface.isalpha():
            masked.add(form_of(surface), surface, span)
            continue
        lower = surface.lower()
        if surface[0].isalpha() and (simple or match.lastgroup == "word"):
            masked.add_word(surface, lower, form_of(lower), span)
        elif simple or match.lastgroup == "mark":
            masked.add(lower, lower, span)
        else:
            masked.add(_class(match, form_of, lower), lower, span)
    return Words(tuple(masked.forms), tuple(masked.lower), tuple(masked.spans))


def _class(match: re.Match[str], form_of: Callable[[str], str], lower: str) -> str:
    return form_of(lower) if match.lastgroup == "word" else f"<{match.lastgroup}>"


_MASKS: Final = frozenset(["<you>", "<name>"])


class _Masked:
    """Words in the making: puts a class where a name stands, one for all its parts."""

    def __init__(self, lang: str, people: Names, lexicon: Lexicon | None) -> None:
        self.people, self.lexicon = people, lexicon
        self.forms: list[str] = []
        self.lower: list[str] = []
        self.spans: list[tuple[int, int]] = []
        self.lang, self.surname_at, self.suspect = lang, -1, -1

    def add(self, form: str, lower: str, span: tuple[int, int]) -> None:
        """Take a word as it is."""
        self.forms.append(form)
        self.lower.append(lower)
        self.spans.append(span)

    def add_word(self, surface: str, lower: str, form: str, span: tuple[int, int]) -> None:
        """Take a word, or the class of the name that it is."""
        bare = lower.replace("’", "'").split("'")[0] if not lower.isalpha() else lower
        if bare in _TITLES:
            form = "<title>"
        elif bare in self.people.you or lower in self.people.you:
            form = "<you>"
        elif bare in self.people.me or lower in self.people.me:
            form = "<me>"
        elif self.lexicon is not None and surface[0].isupper() and len(lower) > 1:
            if self._is_name(surface, bare, span[0], self.lexicon):
                form = "<name>"
                goes_on = self.lang != "de" or bare in self.lexicon.given
                self.surname_at = span[1] + 1 if goes_on else -1
            elif not surface.isupper() and not self.lexicon.is_word(bare):
                self.suspect = span[1]
        if form in _MASKS and self._goes_on(form, span):
            return
        self.add(form, form if form == "<name>" else lower, span)

    def _is_name(self, surface: str, bare: str, start: int, lexicon: Lexicon) -> bool:
        """Whether a capitalised word is a name: known as one, after a title or a name, or no word at all."""
        if bare in lexicon.given or start == self.surname_at:
            return True
        if len(surface) > 1 and surface.isupper():
            return False  # an abbreviation
        if self._before() == "<title>":
            return bare not in _NO_NAMES
        if len(bare) < 3 or lexicon.is_word(bare):
            return False
        return self._is_unknown_name(start)

    def _is_unknown_name(self, start: int) -> bool:
        """Whether a capitalised word in no list is a name: two in a row are, in English one is.

        In German every noun is written large, and so is the first word of every sentence.
        """
        if self.suspect == start - 1 and self.forms:
            self.forms[-1] = self.lower[-1] = "<name>"
            return True
        return self.lang != "de" and bool(self.forms)

    def _before(self) -> str:
        """The form before, over the dot and the degrees between a title and its name."""
        at = len(self.forms) - 1
        while at >= 0 and self.forms[at] in _DEGREES:
            at -= 1
        return self.forms[at] if at >= 0 else ""

    def _goes_on(self, form: str, span: tuple[int, int]) -> bool:
        """Make all parts of a name one word, perhaps with a hyphen between."""
        if self.forms[-2:] == [form, "-"]:
            for row in (self.forms, self.lower, self.spans):
                row.pop()
        if self.forms[-1:] != [form]:
            return False
        self.spans[-1] = (self.spans[-1][0], span[1])
        return True
