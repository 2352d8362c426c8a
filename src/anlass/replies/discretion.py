"""What no outsider may read: a decline, a score, a rule, a verdict, a tier, a word of the house's own.

The program's letters are checked before they become a draft and once more on the way
out. What the owner writes with their own hand is theirs and is not checked here.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from anlass.errors import Problem, Refused
from anlass.languages import languages, one_of
from anlass.replies.draft import Draft


@cache
def _words_of(*lists: str) -> re.Pattern[str]:
    """Words of all languages, whichever the letter is in: a house speaks several.

    `decision` says what was decided and how it was judged; `house` how the house works, which a stranger's
    own subject may say and a letter of the house may not.
    """
    words = [word for name in lists for word in languages().every(f"discretion.{name}")]
    return re.compile(rf"(?<!\w)(?:{one_of(words)})(?!\w)", re.IGNORECASE)


def reveals(text: str) -> str | None:
    """Return the first word in a letter's text that no outsider may read, or `None`."""
    return _first(_words_of("decision", "house"), text)


def subject_reveals(text: str) -> str | None:
    """Return the first word in a subject that speaks of a decision, or `None`.

    The subject repeats the requester's own, so words of everyday life pass.
    """
    return _first(_words_of("decision"), text)


def discreet(draft: Draft | None) -> Draft | None:
    """Return the draft unchanged, or raise `Refused` where it shows what it must not."""
    if draft is None:
        return None
    subject = draft.subject.words if draft.subject else ""
    problems = [
        Problem(f"a draft must not say “{word}”", field)
        for field, word in (("text", reveals(draft.text.words)), ("subject", subject_reveals(subject)))
        if word
    ]
    if problems:
        raise Refused(*problems, hint="Outward words say nothing about how the house decides.")
    return draft


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(" ".join(_undisguised(text).split()))
    return match[0] if match else None


def _undisguised(text: str) -> str:
    """Return the text as it reads: wide and ornate letters as plain ones, what nobody sees left out."""
    shown = (char for char in text if unicodedata.category(char) != "Cf")
    return unicodedata.normalize("NFKC", "".join(shown))
