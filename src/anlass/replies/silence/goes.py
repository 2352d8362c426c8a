"""Rules that look at the letter that would go: each returns what is wrong with it, or `None`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import timedelta

from anlass.replies.discretion import reveals, subject_reveals
from anlass.replies.outgoing import Deed, headers
from anlass.replies.silence.facts import Asked, Fields

LONGEST_SUBJECT = 104
"""A hundred of the original's characters, behind `Re: `."""
SOONEST = timedelta(minutes=10)
_QUOTED_WORDS = 8
"""So many words in a row that are the stranger's own are a quotation."""
_WORD = re.compile(r"\w+")
_LINK = re.compile(r"\b(?:https?|ftp|mailto|tel|data|javascript):\S+|\bwww\.\S+", re.IGNORECASE)
_MARKUP = re.compile(r"<[a-z!/][^>]*>", re.IGNORECASE)


def marked(asked: Asked) -> str | None:
    """R8: it says that it is automatic, and threads with what it answers."""
    letter, fields = asked.letter, _fields(asked)
    wanted = {
        "Auto-Submitted": "auto-replied",
        "X-Auto-Response-Suppress": "All",
        "X-Loop": letter.sender,
        "Content-Language": letter.lang,
        "Message-ID": f"<{letter.message_id}>",
    }
    for name, value in wanted.items():
        if not value or fields.get(name) != value:
            return name
    asked_by = asked.came.message.message_id
    if not asked_by or fields.get("In-Reply-To") != f"<{asked_by}>":
        return "In-Reply-To"
    if not fields.get("References", "").endswith(f"<{asked_by}>"):
        return "References"
    return "Message-ID" if letter.message_id in {asked_by, *asked.came.message.references} else None


def envelope(asked: Asked) -> str | None:
    """R9: failures go nowhere, or to an address that nothing answers; never to a letterbox of the owner's."""
    path = asked.letter.envelope
    return path if path != asked.terms.bounce_address or path in asked.came.owner - {""} else None


def relay(asked: Asked) -> str | None:
    """R11: none of the stranger's words, no markup, a plain short subject."""
    letter, came = asked.letter, asked.came
    subject = letter.subject
    if len(subject) > LONGEST_SUBJECT or any(unicodedata.category(char)[0] == "C" for char in subject):
        return subject[:LONGEST_SUBJECT]
    if any(unicodedata.category(char) in {"Cc", "Cf", "Cs"} for char in letter.text if char != "\n"):
        return "control"
    if found := _MARKUP.search(letter.text):
        return found[0]
    if any(line.startswith(">") for line in letter.text.splitlines()):
        return ">"
    theirs = set(_runs(came.request.text)) | set(_runs(came.message.text))
    return next((run for run in _runs(letter.text) if run in theirs), None)


def hasty(asked: Asked) -> str | None:
    """R12: it waits, always as long, and leaves by day."""
    terms, due = asked.terms, asked.due.astimezone(asked.now.tzinfo)
    if due - asked.now < max(terms.delay, SOONEST):
        return f"{due:%H:%M}"
    return f"{due:%H:%M}" if is_quiet(due.hour, terms.quiet_from, terms.quiet_until) else None


def is_quiet(hour: int, since: int, until: int) -> bool:
    """Tell whether an hour of the day lies in the quiet hours; equal hours are none."""
    return since <= hour < until if since <= until else hour >= since or hour < until


def judging(asked: Asked) -> str | None:
    """R13: no word of judgement: it asks, or thanks, or is not sent."""
    return reveals(asked.letter.text)


def telling(asked: Asked) -> str | None:
    """R14: nothing about it, down to its headers, says what was decided."""
    letter = asked.letter
    told = (letter.subject, letter.message_id, letter.sender_name, *_fields(asked).values())
    return next((word for one in told if (word := subject_reveals(one))), None)


def deciding(asked: Asked) -> str | None:
    """R18: no link, but those the owner named; so none that a scanner of mail could press."""
    links = (found[0].rstrip(".,;:!?)>") for found in _LINK.finditer(asked.letter.text))
    return next((link for link in links if link not in asked.terms.links), None)


def unasked(asked: Asked) -> str | None:
    """R14, at the door of a chat network: nothing there shows a decline, and no wall is put up before it."""
    return asked.letter.deed.value if asked.letter.deed is Deed.DECLINE else None


def untold(asked: Asked) -> str | None:
    """R20: the journal can name its rule, and a Sent folder keeps it."""
    if not asked.letter.rule or asked.letter.rule != asked.decision.rule.en:
        return "rule"
    return None if asked.terms.has_sent and asked.letter.is_automatic else "Sent"


def _fields(asked: Asked) -> Fields:
    return dict(headers(asked.letter))


def _runs(text: str) -> Iterator[str]:
    words = _WORD.findall(text.casefold())
    for at in range(len(words) - _QUOTED_WORDS + 1):
        yield " ".join(words[at : at + _QUOTED_WORDS])
