"""How much time is asked: the minutes or hours that a letter writes out.

Figures or words, in the language of the letter; of a range the upper end. A clock window ("2 to
2.30") is no duration, a day is none in minutes, and not every duration is asked of the
receiver: ages, ways, wages and deadlines are known by their wording, travel, cooking and
promises are told apart by weights on the words beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Final

from anlass.languages import Language, compiled, languages, one_of
from anlass.litmus.table import Table

_DIGITS: Final = r"\d{1,4}(?:[.,]\d{1,2})?"
_WORD = re.compile(r"\w+|[?!.,:€$£%\"“„]")
_CLOCK = re.compile(r"\d\s?h")
_LONGEST = 10 * 60
_BEFORE, _AFTER = 45, 20
"""Characters before and after a unit of time in which its duration is written."""

_NEAR, _FAR = 70, 200


@dataclass(frozen=True, slots=True)
class Wording:
    """How a language writes durations.

    `signs` and `fractions` are what a text must contain for the slower patterns to be worth a try;
    `fixed` are whole wordings with their minutes, `clock` units that tell the hour behind a larger figure.
    """

    numbers: Mapping[str, float]
    counted: re.Pattern[str]
    fixed: tuple[tuple[int, re.Pattern[str]], ...]
    signs: tuple[str, ...]
    fractions: tuple[str, ...]
    near: tuple[re.Pattern[str], ...]
    clock: frozenset[str]
    told_before: re.Pattern[str]
    told_after: re.Pattern[str]
    survey: re.Pattern[str]


@cache
def _wording(code: str) -> Wording:
    spoken = languages().of(code)

    def said(name: str) -> tuple[str, ...]:
        return spoken.words(f"durations.{name}")

    rates = one_of([rf"\b(?:{one_of(said('told_before'))})", *said("rates")])
    return Wording(
        numbers={word: float(value) for value, *words in map(str.split, said("numbers")) for word in words},
        counted=re.compile(_counting(spoken), re.IGNORECASE),
        fixed=tuple((int(one.split()[0]), compiled([one.partition(" ")[2]])) for one in said("fixed")),
        signs=said("signs"),
        fractions=said("fractions"),
        # One each, for a text in lower case: the engine jumps from one beginning of a unit to the next.
        near=tuple(re.compile(unit) for unit in said("near")),
        clock=frozenset(said("clock")),
        told_before=re.compile(rf"(?:{rates})\s?(?:(?:{one_of(said('then'))})\s)?$", re.IGNORECASE),
        told_after=re.compile(rf"[\s,-]{{0,2}}(?:{one_of(said('told_after'))})", re.IGNORECASE),
        survey=compiled(said("survey")),
    )


def _wording_of(lang: str) -> Wording:
    return _wording(languages().of(lang).code)


def _counting(spoken: Language) -> str:
    """An expression for a number and a unit, perhaps with a lower number before and a half behind."""
    number, between, kinds, units, half, halves, not_after = (
        one_of(spoken.words(f"durations.{name}"))
        for name in ("number", "between", "kinds", "units", "half", "halves", "not_after")
    )
    number = rf"(?:{_DIGITS}|{number})"
    rest = r"(?:\s?(?P<rest>[0-5]\d)(?:\s?min)?)?" if spoken.has("split_hours") else "(?P<rest>(?!))?"
    return (
        rf"(?<![\w.,:])(?:(?P<low>{number})\s?(?:-|–|—|/|{between})\s?)?(?P<high>{number})(?P<half>{half})?"
        rf"[\s-]{{0,2}}(?:(?:{kinds})\s)?(?P<unit>{units}){rest}(?P<more>\s(?:{halves}))?(?![\w]|{not_after})"
    )


@dataclass(frozen=True, slots=True)
class Duration:
    """A written duration: where it stands, and how long it is."""

    start: int
    end: int
    minutes: int


def durations(text: str, lang: str = "") -> Iterator[Duration]:
    """Every duration that a text writes out, in order."""
    lower, wording = text.lower(), _wording_of(lang)
    if not any(unit in lower for unit in wording.signs) and _CLOCK.search(lower) is None:
        return
    taken = 0
    found = [
        (m.start(), m.end(), minutes or _counted(m, wording))
        for start, end in (_near_units(lower, wording) if len(lower) == len(text) else [(0, len(text))])
        for minutes, pattern in _patterns(lower, wording)
        for m in pattern.finditer(text, start, end)
    ]
    for start, end, minutes in sorted(found, key=lambda f: (f[0], -f[1])):
        if start >= taken and 0 < minutes <= _LONGEST:
            taken = end
            if not _is_told(text, start, end, wording):
                yield Duration(start, end, minutes)


def _patterns(lower: str, wording: Wording) -> Iterator[tuple[int, re.Pattern[str]]]:
    """What is worth a try, whole wordings with their minutes."""
    yield 0, wording.counted
    if any(part in lower for part in wording.fractions):
        yield from wording.fixed


def _near_units(lower: str, wording: Wording) -> Iterator[tuple[int, int]]:
    """Stretches in which a duration may stand: whatever is near a unit of time."""
    start = end = 0
    for first, last in sorted(unit.span() for near in wording.near for unit in near.finditer(lower)):
        if end and first - _BEFORE > end:
            yield start, end
            end = 0
        start = start if end else max(0, first - _BEFORE)
        end = last + _AFTER
    if end:
        yield start, end


def _is_told(text: str, start: int, end: int, wording: Wording) -> bool:
    """Whether the wording says that nobody is asked for this time: an age, a way, a wage, a delay."""
    before, after = text[max(0, start - 40) : start], text[end : end + 30]
    return wording.told_before.search(before) is not None or wording.told_after.match(after) is not None


def surroundings(text: str, found: Duration, lang: str = "") -> set[str]:
    """Named observations on what stands around a duration, to tell a wish from a fact."""
    before = _WORD.findall(text[max(0, found.start - _NEAR) : found.start].lower())
    after = _WORD.findall(text[found.end : found.end + _NEAR].lower())
    seen = {f"near:{word}" for word in (*before[-7:], *after[:7])}
    seen.update(f"before{place}:{word}" for place, word in enumerate(reversed(before[-2:]), 1))
    seen.update(f"after{place}:{word}" for place, word in enumerate(after[:2], 1))
    seen.add(f"asked:{'?' in after}")
    seen.add(f"size:{found.minutes // 15 if found.minutes <= 60 else 9}")
    seen.add(f"round:{found.minutes % 5 == 0}")
    survey = _wording_of(lang).survey.search(text, max(0, found.start - _FAR), found.end + _NEAR)
    seen.add(f"survey:{survey is not None}")
    seen.add(f"opens:{not before or before[-1] in '.!?'}")
    return seen


@dataclass(frozen=True, slots=True)
class MinutesModel:
    """Tells the time asked of the receiver from other durations."""

    table: Table

    def asked(self, text: str, lang: str = "") -> Duration | None:
        """The time that is asked, or None where none is written."""
        asked = [(self._wish(text, found, lang), found) for found in durations(text, lang)]
        best = max(asked, key=lambda pair: pair[0], default=None)
        return best[1] if best is not None and best[0] > 0 else None

    def _wish(self, text: str, found: Duration, lang: str) -> float:
        return self.table.score(surroundings(text, found, lang))


def _counted(match: re.Match[str], wording: Wording) -> int:
    number = partial(_number, numbers=wording.numbers)
    value = number(match["high"])
    if not value:
        return 0
    if match["low"] and match["low"].isalpha() and "-" in match.group():
        tens = number(match["low"])
        value += tens if tens % 10 == 0 and value < 10 else 0  # forty-five is no range
    if match["half"] or match["more"]:
        value += 0.5
    unit = match["unit"].lower()
    if unit.startswith("m"):
        return round(value)
    if unit in wording.clock and value > 4:
        return 0  # "um 14 h": the clock
    return round(value * 60) + int(match["rest"] or 0)


def _number(text: str, numbers: Mapping[str, float]) -> float:
    """What a word or figures say, 0 where they are no number."""
    return float(text.replace(",", ".")) if text[0].isdecimal() else numbers.get(text.lower(), 0.0)
