"""How much time is asked: the minutes or hours that a letter writes out.

Figures or words, German or English; of a range the upper end. A clock window ("2 to
2.30") is no duration, a day is none in minutes, and not every duration is asked of the
receiver: ages, ways, wages and deadlines are known by their wording, travel, cooking and
promises are told apart by weights on the words beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from anlass.litmus.table import Table

_WORDS = {
    "ein": 1, "eine": 1, "einer": 1, "einen": 1, "a": 1, "an": 1, "one": 1, "zwei": 2, "two": 2, "drei": 3,
    "three": 3, "vier": 4, "four": 4, "fünf": 5, "fuenf": 5, "five": 5, "sechs": 6, "six": 6, "sieben": 7,
    "seven": 7, "acht": 8, "eight": 8, "neun": 9, "nine": 9, "zehn": 10, "ten": 10, "elf": 11, "eleven": 11,
    "zwölf": 12, "twelve": 12, "fünfzehn": 15, "fuenfzehn": 15, "fifteen": 15, "zwanzig": 20, "twenty": 20,
    "fünfundzwanzig": 25, "dreißig": 30, "dreissig": 30, "thirty": 30, "vierzig": 40, "forty": 40,
    "fünfundvierzig": 45, "forty-five": 45, "fünfzig": 50, "fifty": 50, "sechzig": 60, "sixty": 60,
    "neunzig": 90, "ninety": 90, "dreizehn": 13, "vierzehn": 14, "sechzehn": 16, "siebzehn": 17,
    "achtzehn": 18, "thirteen": 13, "fourteen": 14, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "twenty-five": 25, "fünfunddreißig": 35, "thirty-five": 35, "siebzig": 70, "seventy": 70, "achtzig": 80,
    "eighty": 80, "hundert": 100, "anderthalb": 1.5, "eineinhalb": 1.5, "zweieinhalb": 2.5,
}  # fmt: skip
_NUMBER = r"(?:\d{1,4}(?:[.,]\d{1,2})?|[^\W\d_]{1,20}+(?:-five)?)"
_KIND = r"(?:(?:gut|knapp|kurz|ganz|voll)e[ns]?|good|full|whole|short|quick|brief|solid|unhurried)"
_DURATION = re.compile(
    rf"""(?<![\w.,:])(?:(?P<low>{_NUMBER})\s?(?:-|–|—|bis(?:\szu)?|to|or|oder|/)\s?)?(?P<high>{_NUMBER})(?P<half>\sand\sa\shalf)?[\s-]{{0,2}}(?:{_KIND}\s)?
    (?P<unit>minütig\w{{0,3}}|minütchen|minutes?|minuten?|mins?|min|hours?|hrs?|stunden?|stündig\w{{0,3}}|stündchen|std|h)
    (?P<more>\s(?:and|und)\s(?:a\shalf|(?:eine\s)?halbe?))?(?![\w]|-?ly\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_FIXED = re.compile(
    r"(?P<m45>drei\s?viertel[\s-]?stund\w{0,4}|three[\s-]quarters?\sof\san\shour)"
    r"|(?P<m15>viertel[\s-]?st(?:und|ünd)\w{0,4}|quarter(?:\sof)?(?:\san)?[\s-]hour)"
    r"|(?P<m90>(?:anderthalb|eineinhalb)\sstunden|(?:an\shour|one\shour|1\shour|one)\sand\sa\shalf(?:\shours)?)"
    r"|(?P<m30>halb\w{0,2}\sst(?:und|ünd)\w{0,4}|halbstündig\w{0,3}|half[\s-](?:an[\s-]|of\san\s)?hour)"
    r"|(?P<m60>einstündig\w{0,3}|stündchen|full\shour)",
    re.IGNORECASE,
)
_UNIT = re.compile(r"min(?:ut|üt|s?\b)|st(?:und|ünd|d)|hour|hrs?\b|\d\s?h\b")
_UNITS = ("min", "stund", "stünd", "std", "hour", "hr")
_CLOCK = re.compile(r"\d\s?h\b")
_FRACTIONS = ("viertel", "quarter", "halb", "half", "stündig", "stündchen", "full")
"""What a text must contain for the slower patterns to be worth a try."""

_WORD = re.compile(r"\w+|[?!.,:€$£%\"“„]")
_TOLD_BEFORE = re.compile(
    r"(?:\b(?:seit|nach|vor|alle|every|after|since|pro|per|each|thanks? for the|thank you for the|waited"
    r"|gewartet|(?:in|within) the (?:first|last|next)|(?:over|during) the first|for the (?:last|past)"
    r"|in den (?:nächsten|letzten|ersten)|innerhalb von|wait|(?:when|if|once) you have)"
    r"|[€£$]\s?\d[\d.,'-]{0,8}|\d\s?(?:€|£|\$|euros?|eur|chf|franken|pounds?|quid|dollars?)|\btenner)"
    r"\s?(?:(?:the|der|den|die|einer|fast|about|etwa|ca\.|rund|nearly|pro|per|an)\s)?$",
    re.IGNORECASE,
)
_TOLD_AFTER = re.compile(
    r"[\s,-]{0,2}"
    r"(?:zu fuß|fußweg|(?:\w{2,20} ){0,3}entfernt|von (?:ihnen|dir|euch|uns|hier|zu hause)"
    r"|walk\b|drive\b|from\b"
    r"|away\b|later?\b|earlier\b|ago\b|off\b|zu spät|verspätung|früher\b|später\b|länger\b|falsch\b|a day\b"
    r"|(?:am|jeden) tag\b|täglich\b|gedauert\b|gewartet\b|in jede richtung)",
    re.IGNORECASE,
)
_LONGEST = 10 * 60
_BEFORE, _AFTER = 45, 20
"""Characters before and after a unit of time in which its duration is written."""

_NEAR, _FAR = 70, 200
_SURVEY = re.compile(r"survey|questionnaire|umfrage|befragung|fragebogen|fragen\b|questions\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Duration:
    """A written duration: where it stands, and how long it is."""

    start: int
    end: int
    minutes: int


def durations(text: str) -> Iterator[Duration]:
    """Every duration that a text writes out, in order."""
    lower = text.lower()
    if not any(unit in lower for unit in _UNITS) and _CLOCK.search(lower) is None:
        return
    taken = 0
    wordings = [(_DURATION, _counted)]
    if any(part in lower for part in _FRACTIONS):
        wordings.append((_FIXED, _fixed))
    found = [
        (m.start(), m.end(), length(m))
        for start, end in (_near_units(lower) if len(lower) == len(text) else [(0, len(text))])
        for wording, length in wordings
        for m in wording.finditer(text, start, end)
    ]
    for start, end, minutes in sorted(found, key=lambda f: (f[0], -f[1])):
        if start >= taken and 0 < minutes <= _LONGEST:
            taken = end
            if not _is_told(text, start, end):
                yield Duration(start, end, minutes)


def _near_units(lower: str) -> Iterator[tuple[int, int]]:
    """Stretches in which a duration may stand: whatever is near a unit of time."""
    start = end = 0
    for unit in _UNIT.finditer(lower):
        if end and unit.start() - _BEFORE > end:
            yield start, end
            end = 0
        start = start if end else max(0, unit.start() - _BEFORE)
        end = unit.end() + _AFTER
    if end:
        yield start, end


def _is_told(text: str, start: int, end: int) -> bool:
    """Whether the wording says that nobody is asked for this time: an age, a way, a wage, a delay."""
    before, after = text[max(0, start - 40) : start], text[end : end + 30]
    return _TOLD_BEFORE.search(before) is not None or _TOLD_AFTER.match(after) is not None


def surroundings(text: str, found: Duration) -> set[str]:
    """Named observations on what stands around a duration, to tell a wish from a fact."""
    before = _WORD.findall(text[max(0, found.start - _NEAR) : found.start].lower())
    after = _WORD.findall(text[found.end : found.end + _NEAR].lower())
    seen = {f"near:{word}" for word in (*before[-7:], *after[:7])}
    seen.update(f"before{place}:{word}" for place, word in enumerate(reversed(before[-2:]), 1))
    seen.update(f"after{place}:{word}" for place, word in enumerate(after[:2], 1))
    seen.add(f"asked:{'?' in after}")
    seen.add(f"size:{found.minutes // 15 if found.minutes <= 60 else 9}")
    seen.add(f"round:{found.minutes % 5 == 0}")
    seen.add(f"survey:{_SURVEY.search(text, max(0, found.start - _FAR), found.end + _NEAR) is not None}")
    seen.add(f"opens:{not before or before[-1] in '.!?'}")
    return seen


@dataclass(frozen=True, slots=True)
class MinutesModel:
    """Tells the time asked of the receiver from other durations."""

    table: Table

    def asked(self, text: str) -> Duration | None:
        """The time that is asked, or None where none is written."""
        asked = [(self._wish(text, found), found) for found in durations(text)]
        best = max(asked, key=lambda pair: pair[0], default=None)
        return best[1] if best is not None and best[0] > 0 else None

    def _wish(self, text: str, found: Duration) -> float:
        return self.table.score(surroundings(text, found))


def _fixed(match: re.Match[str]) -> int:
    return int((match.lastgroup or "m0")[1:])


def _counted(match: re.Match[str]) -> int:
    value = _number(match["high"])
    if not value:
        return 0
    if match["low"] and match["low"].isalpha() and "-" in match.group():
        tens = _number(match["low"])
        value += tens if tens % 10 == 0 and value < 10 else 0  # forty-five is no range
    if match["half"] or match["more"]:
        value += 0.5
    unit = match["unit"].lower()
    if unit.startswith("m"):
        return round(value)
    if unit == "h" and value > 4:
        return 0  # "um 14 h": the clock
    return round(value * 60)


def _number(text: str) -> float:
    """What a word or figures say, 0 where they are no number."""
    return float(text.replace(",", ".")) if text[0].isdecimal() else _WORDS.get(text.lower(), 0.0)
