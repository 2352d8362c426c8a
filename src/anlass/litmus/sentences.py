"""Sentences with exact places: the unit in which a request says something.

Letters are not prose: a greeting ends at a comma, a line of a signature at its end,
a wrapped line does not end at all. The text is covered without gaps but for white
space, and every place is an offset into it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from anlass.languages import Language, languages, one_of

_CLOSING = r"""[\"'”“’)»«*]{0,3}"""
_WRAPPED = 55
"""A line at least this long without a closing mark goes on in the next."""
_WIDEST = 100
"""Where no line is longer than this, lines were folded by a mail program, also before a capital letter."""
_ITEM = re.compile(r"[-*•–>]|\d{1,2}[.)]\s")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of the text, without the white space around it."""

    start: int
    end: int
    is_greeting: bool = False


@dataclass(frozen=True, slots=True)
class Cutting:
    """How a language greets, what it abbreviates, and where its sentences may end."""

    greeting: re.Pattern[str]
    not_greetings: frozenset[str]
    mark: re.Pattern[str]
    no_end: frozenset[str]
    may_end: frozenset[str]
    dotted_ordinals: bool


@cache
def _cutting(code: str) -> Cutting:
    spoken = languages().of(code)
    closings = one_of([*spoken.words("sentences.closings"), _CLOSING])
    return Cutting(
        re.compile(_greeting(spoken), re.IGNORECASE),
        frozenset(spoken.words("sentences.not_greetings")),
        re.compile(rf"[.!?…]{{1,8}}(?:{closings})(?=\s)|\n+"),
        frozenset(spoken.words("sentences.abbreviations")),
        frozenset(spoken.words("sentences.may_end")),
        spoken.has("dotted_ordinals"),
    )


def _greeting(spoken: Language) -> str:
    """A greeting and the names behind it, up to a mark or the end of the line."""
    further = spoken.words("sentences.addressed")
    more = rf"(?:\s?,\s?(?:{one_of(further)})\b[^,!:\n]{{0,60}})?" if further else ""
    return rf"\s*(?:{one_of(spoken.words('sentences.greetings'))})[^,!:\n]{{0,60}}{more}(?:[,!:]\s|\n)"


def sentences(text: str, lang: str = "") -> tuple[Sentence, ...]:
    """Cut a text into sentences; a greeting at the start is one of its own."""
    found: list[Sentence] = []
    begin = 0
    cutting = _cutting(languages().of(lang).code)
    greeting = cutting.greeting.match(text)
    if greeting is not None and cutting.not_greetings.isdisjoint(greeting.group().lower().split()):
        _add(found, text, 0, greeting.end(), is_greeting=True)
        begin = greeting.end()
    is_folded = max(map(len, text.split("\n"))) <= _WIDEST
    for mark in cutting.mark.finditer(text, begin):
        if mark.end() > begin and _ends(text, mark, cutting, is_folded=is_folded):
            _add(found, text, begin, mark.end())
            begin = mark.end()
    _add(found, text, begin, len(text))
    return tuple(found)


def _add(found: list[Sentence], text: str, start: int, end: int, *, is_greeting: bool = False) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(Sentence(start, end, is_greeting))


def _ends(text: str, mark: re.Match[str], cutting: Cutting, *, is_folded: bool) -> bool:
    """Whether a mark really ends a sentence."""
    sign = mark.group()
    if sign[0] == "\n":
        return len(sign) > 1 or not _is_wrapped(text, mark.start(), mark.end(), is_folded=is_folded)
    if sign != ".":
        return True
    before = text[max(0, mark.start() - 12) : mark.start()].split()
    last = before[-1].lower().lstrip("(\"'„") if before else ""
    following = text[mark.end() : mark.end() + 2].strip()[:1]
    if last in cutting.no_end or (len(last) == 1 and last.isalpha()):
        return last in cutting.may_end and following.isupper()
    if (
        cutting.dotted_ordinals and last.isdigit() and len(last) <= 2
    ):  # "am 12. Mai", "im 3. Stock": an ordinal, unless a line ends here
        return following == "" or text[mark.end()] == "\n"
    return True


def _is_wrapped(text: str, at: int, after: int, *, is_folded: bool) -> bool:
    """Whether a single line break only folds a long line; German nouns begin lines too."""
    line_start = text.rfind("\n", max(0, at - 400), at) + 1
    if at - line_start < _WRAPPED or text[at - 1] in ".!?:;":
        return False
    return text[after : after + 1].islower() or (is_folded and not _ITEM.match(text, after))
