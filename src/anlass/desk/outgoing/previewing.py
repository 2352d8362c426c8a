"""Every letter the house can write, with the words that hold now, so that the owner reads them first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from anlass.intake import Channel, ContactRequest, Recipient, Requester
from anlass.ledger import Tie, TieLevel
from anlass.litmus import Asks, Question, Reading, Verdict
from anlass.litmus.reading import Probabilities
from anlass.replies import Draft, Templates, discreet
from anlass.replies.compose import written
from anlass.replies.questions import questions
from anlass.replies.templates import Phrases

_MINUTES = {Asks.CALL: 15, Asks.MEETING: 30, Asks.CONTACT: None}
_ANSWERS = ("accept_contact", "accept_call", "accept_meeting", "accept_answer", "accept_other")
_OTHERS = ("offer_times", "unlock", "settled", "calm")
_STRANGER = Tie(TieLevel.STRANGER)
_MET = Tie(TieLevel.ACQUAINTED, meetings=1)


@dataclass(frozen=True, slots=True)
class Preview:
    """One letter: what it is for, and how it reads."""

    name: str
    draft: Draft


def previews(templates: Templates, name: str, lang: str = "") -> Iterator[Preview]:
    """Yield every letter of every language and form of address (of one language: `lang`).

    `name` signs them. Raises `Refused` where a letter would show what it must not.
    """
    for phrases in templates.phrases:
        if not lang or phrases.lang == lang:
            for said, draft in _letters(phrases, name):
                discreet(draft)
                yield Preview(said, draft)


def _letters(phrases: Phrases, name: str) -> Iterator[tuple[str, Draft]]:
    request = ContactRequest("preview", Channel.MAIL, "...", None, Requester("Kim Muster"), Recipient(name))
    for asks in Asks:
        for said, tie in (("", _STRANGER), (", met", _MET)):
            letter = written(phrases, request, tie, questions(phrases, _reading(asks), tie))
            yield f"ask back: {asks.value}{said}", letter
    for key in (*_ANSWERS, *_OTHERS):
        yield key.replace("_", " "), written(phrases, request, _STRANGER, phrases.say(key))


def _reading(asks: Asks) -> Reading:
    """Return the reading of a request that says nothing but what it wants."""
    nothing = frozenset[Question]()
    sure = Probabilities(0.1, 0.8, 0.1)
    return Reading(
        lang="",
        verdict=Verdict.ASK,
        probabilities=sure,
        unsure=False,
        answers=nothing,
        asks=asks,
        asks_minutes=_MINUTES.get(asks),
        findings=(),
        version="preview",
    )
