"""Lines of the surface about persons: who may be one, what the owner said, who is close, who is watched."""

from __future__ import annotations

from datetime import datetime

from anlass.desk.people.circle import Close
from anlass.desk.people.persons import people_of
from anlass.desk.people.standing import Stands
from anlass.desk.people.voice_of_persons import close_says, evidence_says, word_says
from anlass.desk.people.voice_of_standing import standing_says, watch_says
from anlass.desk.people.watch_list import Watched
from anlass.desk.surface import JsonLine, moment, person_line, tie_line
from anlass.desk.voice.common import Lang
from anlass.people.matching import Proposal
from anlass.people.word import Word
from anlass.store.book import Book


def proposal_line(one: Proposal, lang: Lang) -> JsonLine:
    """Two persons who may be one, and why."""
    evidence = [
        {"sign": each.sign.value, "about": each.about or None, "says": evidence_says(one, each, lang)}
        for each in one.evidence
    ]
    return {"people": [person_line(one.one), person_line(one.other)], "evidence": evidence}


def word_line(book: Book, word: Word, lang: Lang) -> JsonLine:
    """A word of the owner on persons, with those of today whom it is about."""
    people = people_of(book, word)
    return {
        "word": word.id,
        "said_at": moment(word.said_at),
        "kind": word.kind.value,
        "people": [person_line(one) for one in people],
        "says": word_says(word, people, lang),
    }


def circle_line(close: Close, now: datetime, lang: Lang) -> JsonLine:
    """Somebody of the inner circle, or taken out of it by the owner."""
    return {
        "person": person_line(close.person),
        "in": close.is_in,
        "by": "word" if close.word else "evidence",
        "is_close": close.is_close,
        "said_at": moment(close.word.said_at) if close.word else None,
        "tie": tie_line(close.tie, lang),
        "says": close_says(close, now, lang),
    }


def watch_line(one: Watched, now: datetime, lang: Lang) -> JsonLine:
    """Somebody on the watch list."""
    entry = one.entry
    return {
        "person": person_line(one.person),
        "why": entry.why or None,
        "since": moment(entry.since),
        "until": moment(entry.until),
        "by": "rule" if one.by_rule else "owner",
        "case": entry.case or None,
        "wake": {"by": one.wake.kind.value, "when": moment(one.wake.when)} if one.wake else None,
        "tie": tie_line(one.tie, lang),
        "says": watch_says(one, now, lang),
    }


def standing_line(one: Stands, now: datetime, lang: Lang) -> JsonLine:
    """What a person is to the owner, for the owner alone."""
    return {
        "person": person_line(one.person),
        "standing": one.standing.value,
        "by": one.word.by.value if one.word else None,
        "said_at": moment(one.word.said_at) if one.word else None,
        "why": one.word.why or None if one.word else None,
        "says": standing_says(one, now, lang),
    }
