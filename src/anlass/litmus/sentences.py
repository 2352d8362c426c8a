"""Sentences with exact places: the unit in which a request says something.

Letters are not prose: a greeting ends at a comma, a line of a signature at its end,
a wrapped line does not end at all. The text is covered without gaps but for white
space, and every place is an offset into it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_BREAK = re.compile(r"[.!?…\n](?:(?<=\n)\n*|(?<!\n)[.!?…]{0,7}[\"'”“’)»«*]{0,3}(?=\s))")
"""Closing marks or line ends: all begin in one set of characters, so that others are passed over fast."""
_GREETING = re.compile(
    r"\s*(?:hi|hello|hey|dear|hallo|liebe[rs]?|sehr geehrte[rs]?|guten (?:tag|morgen|abend)|moin|servus"
    r"|gr(?:ü|ue)(?:ß|ss|e)"
    r"|good (?:morning|afternoon|evening)|greetings)[^,!:\n]{0,60}(?:[,!:]\s|\n)",
    re.IGNORECASE,
)
_NO_END = frozenset(
    """
    dr prof mr mrs ms st nr no nos ca bzw z.b z. b u.a d.h inkl zzgl abs art str tel vgl evtl ggf usw etc
    e.g i.e vs
    dipl ing hr fr geb gem jr sr inc ltd co approx dept vol fig chap pp p s bd kap mio mrd std min max
    jan feb mär apr jun jul aug sep sept okt nov dez dec mar oct
    """.split()
)
_WRAPPED = 55
"""A line at least this long without a closing mark goes on in the next."""
_WIDEST = 100
"""Where no line is longer than this, lines were folded by a mail program, also before a capital letter."""
_ITEM = re.compile(r"[-*•–>]|\d{1,2}[.)]\s")


class Sentence(NamedTuple):
    """A stretch of the text, without the white space around it."""

    start: int
    end: int
    is_greeting: bool = False


def sentences(text: str) -> tuple[Sentence, ...]:
    """Cut a text into sentences; a greeting at the start is one of its own."""
    found: list[Sentence] = []
    begin = 0
    greeting = _GREETING.match(text)
    if greeting is not None:
        _add(found, text, 0, greeting.end(), is_greeting=True)
        begin = greeting.end()
    is_folded = max(map(len, text.split("\n"))) <= _WIDEST
    for mark in _BREAK.finditer(text, begin):
        if mark.end() > begin and _ends(text, mark, is_folded=is_folded):
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


def _ends(text: str, mark: re.Match[str], *, is_folded: bool) -> bool:
    """Whether a mark really ends a sentence."""
    sign = mark.group()
    if sign[0] == "\n":
        return len(sign) > 1 or not _is_wrapped(text, mark.start(), mark.end(), is_folded=is_folded)
    if sign != ".":
        return True
    before = text[max(0, mark.start() - 12) : mark.start()].split()
    last = before[-1].lower().lstrip("(\"'„") if before else ""
    following = text[mark.end() : mark.end() + 2].strip()[:1]
    if last in _NO_END or (len(last) == 1 and last.isalpha()):
        return False
    if last.isdigit() and len(last) <= 2:  # "am 12. Mai", "im 3. Stock": an ordinal, unless a line ends here
        return following == "" or text[mark.end()] == "\n"
    return True


def _is_wrapped(text: str, at: int, after: int, *, is_folded: bool) -> bool:
    """Whether a single line break only folds a long line; German nouns begin lines too."""
    line_start = text.rfind("\n", max(0, at - 400), at) + 1
    if at - line_start < _WRAPPED or text[at - 1] in ".!?:;":
        return False
    return text[after : after + 1].islower() or (is_folded and not _ITEM.match(text, after))
