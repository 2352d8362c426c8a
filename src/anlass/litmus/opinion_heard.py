"""What the answer of a language model means: quotes that stand in the letter, one sentence, a count.

The other side may be anybody's, and gullible or ill-willed: the answer is taken as a
stranger's text. Its shape is checked strictly; a quote that does not stand in the letter
word for word is dropped and counted; nothing here raises.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Final

from anlass.intake import ContactRequest
from anlass.litmus.opinion import EMPTYING, Claim, Silence, Silent
from anlass.litmus.opinion_asked import LONGEST_ASKED, LONGEST_SUBJECT, Asked
from anlass.litmus.plain import Plain, plain
from anlass.litmus.reading import FindingKind, Place, Question

LONGEST_REASON: Final = 280
"""Code points of the model's own sentence that are kept."""

LONGEST_QUOTE: Final = 400
MOST_CLAIMS: Final = 24
_MOST_TOKENS: Final = 10_000_000
_QUESTIONS: Final = {question.value: FindingKind(question.value) for question in Question}
_FINDINGS: Final = {kind.value: kind for kind in EMPTYING}
_LEAST_LETTERS: Final = re.compile(r"\w\W*\w\W*\w")
_SPACE: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Heard:
    """What was made of an answer; `tokens` are those that the other side says it read and wrote."""

    claims: tuple[Claim, ...] = ()
    reason: str = ""
    dropped: int = 0
    tokens: tuple[int, int] | None = None
    silent: Silent | None = None


def heard(answer: bytes, request: ContactRequest, letter: Asked) -> Heard:
    """Return what an answer says about the letter of `request`, or why it says nothing."""
    if not answer.strip():
        return Heard(silent=Silent(Silence.EMPTY))
    outer = _parsed(answer)
    tokens = _tokens(outer)
    said = _said(outer)
    if isinstance(said, Silent):
        return Heard(tokens=tokens, silent=said)
    given = _checked(_parsed(said.encode(errors="replace")))
    if given is None:
        return Heard(tokens=tokens, silent=Silent(Silence.MISSHAPEN))
    fields = _fields(request, letter)
    placed = [_placed(kind, quote, fields) for kind, quote in given.quotes]
    claims = tuple(dict.fromkeys(claim for claim in placed if claim is not None))
    return Heard(claims, _sentence(given.reason), placed.count(None), tokens)


@dataclass(frozen=True, slots=True)
class _Given:
    """An answer of the right shape."""

    quotes: tuple[tuple[FindingKind, str], ...]
    reason: str


def _parsed(text: bytes) -> object:
    """Return the JSON in `text`; `None` where it is none."""
    try:
        return json.loads(text.decode("utf-8"), parse_constant=_refused)
    except (ValueError, RecursionError):
        return None


def _refused(word: str) -> float:
    raise ValueError(word)  # NaN and Infinity are Python's, not JSON's


def _said(outer: object) -> str | Silent:
    """Return the words of the model out of what the server wrapped around them."""
    choices = outer.get("choices") if isinstance(outer, dict) else None
    first = choices[0] if isinstance(choices, list) and choices else None
    message = first.get("message") if isinstance(first, dict) else None
    content = message.get("content") if isinstance(message, dict) else None
    if not isinstance(first, dict) or not isinstance(message, dict):
        return Silent(Silence.MISSHAPEN)
    if first.get("finish_reason") == "length":
        return Silent(Silence.UNFINISHED)
    if content is None or (isinstance(content, str) and not content.strip()):
        return Silent(Silence.EMPTY)
    return content if isinstance(content, str) else Silent(Silence.MISSHAPEN)


def _tokens(outer: object) -> tuple[int, int] | None:
    """Return how many tokens the server counted; `None` where it says nothing that can be believed."""
    usage = outer.get("usage") if isinstance(outer, dict) else None
    if not isinstance(usage, dict):
        return None
    read, written = _count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens"))
    return None if read is None or written is None else (read, written)


def _count(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 <= value <= _MOST_TOKENS else None


def _checked(given: object) -> _Given | None:
    """Check an answer against the shape that was asked for, key by key."""
    if not isinstance(given, dict) or given.keys() != {"answers", "findings", "reason"}:
        return None
    answers = _quotes(given["answers"], "question", _QUESTIONS)
    findings = _quotes(given["findings"], "kind", _FINDINGS)
    reason = given["reason"]
    if answers is None or findings is None or not isinstance(reason, str):
        return None
    return _Given((*answers, *findings), reason)


def _quotes(
    given: object, name: str, known: dict[str, FindingKind]
) -> tuple[tuple[FindingKind, str], ...] | None:
    if not isinstance(given, list) or len(given) > MOST_CLAIMS:
        return None
    quotes = []
    for one in given:
        if not isinstance(one, dict) or one.keys() != {name, "quote"}:
            return None
        value, quote = one[name], one["quote"]
        if not isinstance(value, str) or value not in known or not isinstance(quote, str):
            return None
        quotes.append((known[value], quote))
    return tuple(quotes)


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of the request as it was sent: its words with every stretch of space as one."""

    place: Place
    original: str
    read: Plain
    words: str
    places: tuple[int, ...]


def _fields(request: ContactRequest, letter: Asked) -> tuple[_Field, ...]:
    text, subject = letter.text, letter.subject
    return (
        _Field(Place.TEXT, request.text, text, *_folded(text.text[:LONGEST_ASKED])),
        _Field(Place.SUBJECT, request.subject or "", subject, *_folded(subject.text[:LONGEST_SUBJECT])),
    )


def _placed(kind: FindingKind, quote: str, fields: tuple[_Field, ...]) -> Claim | None:
    """Find a quote in the letter, else in its subject; `None` where it stands in neither."""
    words = _SPACE.sub(" ", quote).strip()
    if len(words) > LONGEST_QUOTE or not _LEAST_LETTERS.search(words):
        return None
    for field in fields:
        at = field.words.find(words)
        if at >= 0:
            first, last = field.places[at], field.places[at + len(words) - 1]
            start, end = field.read.original(first, last + 1)
            return Claim(kind, field.place, start, end, field.original[start:end])
    return None


def _folded(text: str) -> tuple[str, tuple[int, ...]]:
    """Return `text` with every stretch of space as one, and the place of each character in it."""
    kept: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        if not char.isspace():
            kept.append(char)
            places.append(place)
        elif kept and kept[-1] != " ":
            kept.append(" ")
            places.append(place)
    return "".join(kept), tuple(places)


def _sentence(reason: str) -> str:
    """Return the model's own words as one visible line, no longer than is kept."""
    words = _SPACE.sub(" ", plain(reason[: 4 * LONGEST_REASON]).text).strip()
    shown = "".join(char for char in words if char.isprintable())
    return shown if len(shown) <= LONGEST_REASON else shown[: LONGEST_REASON - 2].rstrip() + " …"
