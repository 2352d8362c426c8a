"""Words as they are looked up: letters and questions are cut into the same plain words.

An umlaut, its two letters and its bare vowel are one (Müller, Mueller, Muller), accents and case do not
matter, everything that is no letter or digit parts words. What somebody types into a search box is
understood as far as it goes, and is never an error: words that all must occur, "words side by side",
-words that must not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 400
"""Code points of what is typed that are heard."""
_MOST = 16
"""Terms that are looked for at once."""
_LONGEST_WORD = 60
_WORD = re.compile(r"[^\W_]+")
_TWO_LETTERS = re.compile(r"(?<![aeouq])([aou])e")
"""Two letters for an umlaut, but not in *neue*, *Bauer* or *Quelle*."""
_LETTERS = str.maketrans({"ø": "o", "æ": "a", "œ": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_TYPED = re.compile(r"(?P<minus>-?)(?:\"(?P<quoted>[^\"]*)\"?|(?P<bare>[^\s\"]+))")
_QUOTES = str.maketrans(dict.fromkeys("„“”«»‟″", '"') | dict.fromkeys("–—−‐‑", "-"))
_ENDINGS = ("en", "es", "e", "s", "n")
_SHORTEST_STEM = 4


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand side by side; of an open term the last one may go on."""

    words: tuple[str, ...]
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Terms:
    """What must occur, all of it, and what must not."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted)


def words_in(text: str) -> Iterator[str]:
    """Yield the words of a text in the form in which they are looked up."""
    for found in _WORD.finditer(_folded(text)):
        yield _TWO_LETTERS.sub(r"\1", found.group())[:_LONGEST_WORD]


def terms_in(typed: str) -> Terms:
    """Return what somebody asks for who typed this; nothing where there is no word in it."""
    wanted, unwanted = list[Term](), list[Term]()
    for found in _TYPED.finditer(typed[:LONGEST].translate(_QUOTES)):
        quoted = found["quoted"]
        words = tuple(words_in(found["bare"] if quoted is None else quoted))
        if not words:
            continue
        is_open = quoted is None
        term = Term((*words[:-1], _stem(words[-1])) if is_open and len(words) == 1 else words, is_open)
        (unwanted if found["minus"] else wanted).append(term)
    return Terms(tuple(dict.fromkeys(wanted))[:_MOST], tuple(dict.fromkeys(unwanted))[:_MOST])


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char)).translate(_LETTERS)


def _stem(word: str) -> str:
    """Return a word without its ending: who asks for *Anfragen* means *Anfrage* too."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word
