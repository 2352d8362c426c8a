"""What no outsider may read: a decline, a score, a rule, a verdict, a tier, a word of the house's own.

The program's letters are checked before they become a draft and once more on the way
out. What the owner writes with their own hand is theirs and is not checked here.
"""

from __future__ import annotations

import re
import unicodedata

from anlass.errors import Problem, Refused
from anlass.replies.draft import Draft

# What was decided, and how it was judged. One expression each, parted by commas.
_DECISION = r"""
    abgelehnt\w*, ablehn\w*, absage\w*, abgesagt, zurückgewiesen\w*, abgewiesen\w*, abweis\w*,
    declin\w*, reject\w*, refus\w*, turn(?:ed)? (?:you )?down, denied, dismiss\w*,
    punktzahl\w*, punktestand, scores?, scored, scoring, \d+ (?:von|of|out of) \d+ (?:punkten?|points?),
    wahrscheinlichkeit\w*, probabilit\w*, verdicts?, einschätzung\w*, einstufung\w*, eingestuft\w*,
    bewertung\w*, bewertet, rated, rating, hohl\w*, hollow\w*, floskel\w*, worthülse\w*, flattery, flatter\w*,
    schmeichel\w*, spam\w*, unsolicited, unaufgefordert\w*, merkliste\w*, watch ?lists?,
    beobachtungsliste\w*, blocklist\w*, sperrliste\w*, litmus\w*, lackmus\w*, hausordnung\w*, house rules?
"""

# How the house works: a stranger's own subject may say these words, a letter of the house may not.
_HOUSE = r"""
    regeln?, rules?, polic(?:y|ies), richtlinie\w*, verdacht\w*, entscheidung\w*, entschieden, decision\w*,
    decided, pförtner\w*, doorman, gatekeeper, anlass, tiers?, stufe\w*, strangers?, fremde\w*, acquainted,
    inner(?:er|e|en)? (?:kreis|circle), verfallen, lapse\w*, vorgelegt, on hold, unsure, unsicher\w*,
    befund\w*, findings?, pitch\w*, druck, pressure\w*, ask_back, decline_with_message, no_purpose, take_only,
    human_must_read, freischalt\w*, freigeschaltet, unlock\w*, kriteri\w*, criteri\w*, schwelle\w*,
    threshold\w*, automatisch\w*, automat(?:ic|ed|ically), filter\w*, nicht annehmen, not accept\w*,
    kein kontakt, nicht als kontakt, no contact, leider, unfortunately, bedaure\w*, regret\w*
"""


def _one_of(*lists: str) -> re.Pattern[str]:
    words = [word.strip() for words in lists for word in words.split(",")]
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


_IN_SUBJECT = _one_of(_DECISION)
_IN_TEXT = _one_of(_DECISION, _HOUSE)


def reveals(text: str) -> str | None:
    """Return the first word in a letter's text that no outsider may read, or `None`."""
    return _first(_IN_TEXT, text)


def subject_reveals(text: str) -> str | None:
    """Return the first word in a subject that speaks of a decision, or `None`.

    The subject repeats the requester's own, so words of everyday life pass.
    """
    return _first(_IN_SUBJECT, text)


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
