"""A text as it is read: bounded, without hidden characters, every place traceable.

Whoever wants to mislead a reader of text writes invisible characters into words,
turns the direction of reading, or borrows look-alike letters from other scripts.
All of that is undone here before anything expensive looks at the text, and each
trick is remembered with its place in the original. Every step is linear.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

LONGEST = 32_768
"""Code points that are read; a letter to a person fits many times over."""

_UNUSUAL = re.compile(
    "[\n\r\u00a0\u00ad\u0370-\u03ff\u0400-\u04ff\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\ufe00-\ufe0f"
    "\ufeff\uff01-\uff5e\U0001d400-\U0001d7ff\U000e0000-\U000e01ef"
    "\u0300-\u036f]"
    r"(?:(?<!\n)|(?<=\n)[ \t]*\n[ \t]*\n)"
)
"""What is not as it should be in a letter: a character, or two empty lines."""

_SCRIPT_RUN = re.compile(r"[^\W\d_]{2,64}")
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE = frozenset("\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff")
_LOOKALIKE = str.maketrans(
    "аесорхуіјѕһԁԛԝАВЕКМНОРСТХУІЈЅαορνικτΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aecopxyijshdqwABEKMHOPCTXYIJSaopviktABEZHIKMNOPTYX",
)


class Plain(NamedTuple):
    """The readable text, and how its places map to the original.

    `places` gives for every character its place in the original, and one more for the
    end; it is `None` where nothing was changed. `tricks` are spans in the original
    that hid something. `cut` says that the text was longer than what is read.
    """

    text: str
    places: tuple[int, ...] | None = None
    tricks: tuple[tuple[int, int], ...] = ()
    cut: bool = False

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the readable text stands in the original."""
        if self.places is None:
            return start, end
        if end <= start:
            return self.places[start], self.places[start]
        return self.places[start], self.places[end - 1] + 1


def plain(text: str) -> Plain:
    """Make a text readable without believing its tricks."""
    cut = len(text) > LONGEST
    if cut:
        text = text[:LONGEST]
    if _UNUSUAL.search(text) is None:
        return Plain(text, cut=cut)
    kept, places, tricks = _without_invisible(text)
    _undo_lookalikes(kept, places, tricks)
    return Plain("".join(kept), (*places, len(text)), _joined(tricks), cut)


def _without_invisible(text: str) -> tuple[list[str], list[int], list[tuple[int, int]]]:
    kept: list[str] = []
    places: list[int] = []
    tricks: list[tuple[int, int]] = []
    newlines = marks = 0
    for place, char in enumerate(text):
        shown = _shown(char)
        if "\u0300" <= char <= "\u036f" and kept and _composed(kept, char):
            continue
        marks = marks + 1 if unicodedata.combining(char) else 0
        if shown is None or marks > 2:
            if marks > 2 or _hides(text, place):
                tricks.append((place, place + 1))
            continue
        if shown == "\n":
            newlines += 1
        elif shown not in " \t":
            newlines = 0
        if newlines > 2 and shown in "\n \t":
            continue
        kept.append(shown)
        places.append(place)
    return kept, places, tricks


def _composed(kept: list[str], mark: str) -> bool:
    """Put a mark onto the letter before it, as keyboards do: some systems write umlauts in two parts."""
    whole = unicodedata.normalize("NFC", kept[-1] + mark)
    if len(whole) != 1:
        return False
    kept[-1] = whole
    return True


def _shown(char: str) -> str | None:
    """The character a reader sees, or None for one that shows nothing."""
    if char < "\u00a0":
        return None if char == "\r" else char
    if (
        char in _INVISIBLE
        or char in _BIDI
        or "\U000e0000" <= char <= "\U000e01ef"
        or "\ufe00" <= char <= "\ufe0f"
    ):
        return None
    if "\u2000" <= char <= "\u200a" or char in "\u00a0\u202f\u205f":
        return " "
    if char in "\u2028\u2029":
        return "\n"
    if "\uff01" <= char <= "\uff5e" or "\U0001d400" <= char <= "\U0001d7ff":
        folded = unicodedata.normalize("NFKC", char)
        return folded if len(folded) == 1 else char
    return char


def _hides(text: str, place: int) -> bool:
    """Whether an invisible character stands where only a trick puts it.

    A soft hyphen, a joiner inside an emoji or a byte-order mark at the start is
    innocent; inside a word of Latin letters, or turning the direction, it is not.
    """
    char = text[place]
    if char in _BIDI or "\U000e0001" <= char <= "\U000e007f":
        return True
    if char in "\u00ad\r" or "\ufe00" <= char <= "\ufe0f":
        return False
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return before.isalpha() and after.isalpha() and before < "\u0250" and after < "\u0250"


def _undo_lookalikes(kept: list[str], places: list[int], tricks: list[tuple[int, int]]) -> None:
    """Replace foreign look-alikes in words that also hold Latin letters; whole foreign words stay."""
    for word in _SCRIPT_RUN.finditer("".join(kept)):
        letters = word.group()
        latin = any(letter < "\u0250" for letter in letters)
        foreign = any("\u0370" <= letter <= "\u04ff" for letter in letters)
        if latin and foreign:
            kept[word.start() : word.end()] = letters.translate(_LOOKALIKE)
            tricks.append((places[word.start()], places[word.end() - 1] + 1))


def _joined(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans in order, near neighbours made one, so that a sprinkled word is one trick."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start - joined[-1][1] <= 12:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
