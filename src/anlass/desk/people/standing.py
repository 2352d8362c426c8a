"""What persons are to the owner: by the owner's word, and by evidence where the house rules say so.

The relationship first, the click after it (C15): where the two are in touch by now and the house rules would
accept the request today, the person becomes a contact by itself. Nothing lowers anybody but the owner.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from anlass.desk.people.circle import is_of_circle
from anlass.desk.people.persons import person_called
from anlass.doorman import Doorman, Evidence
from anlass.errors import Refused
from anlass.ledger import Tie, TieLevel, tie_of
from anlass.people import Person, Standing, word_id
from anlass.people.ids import digest_id
from anlass.people.standing import GIVEN, StandingBy, StandingWord, lasting, rank, standing_by
from anlass.people.word import circle
from anlass.policy import Action
from anlass.store.book import Book, KeptCase


@dataclass(frozen=True, slots=True)
class Stands:
    """One person's standing today; `word` is the one it rests on, `None` where evidence alone says it."""

    person: Person
    standing: Standing
    word: StandingWord | None


def standing_of(book: Book, person: Person, tie: Tie, *, at: datetime) -> Standing:
    """Return what a person, with whom the owner shares this tie, is to the owner."""
    return standing_by(book.standings.words(person.id), _evidence(book, person, tie, at))


def stands(book: Book, person: Person, *, at: datetime) -> Stands:
    """Return a person's standing with the word it rests on."""
    tie = tie_of(book.encounters_with(person, at=at), at=at)
    words = book.standings.words(person.id)
    standing = standing_by(words, _evidence(book, person, tie, at))
    word = lasting(words)
    return Stands(person, standing, word if word and word.standing is standing else None)


def everybody(book: Book, *, at: datetime) -> Iterator[Stands]:
    """Yield everybody of whom a word was said or found, by name."""
    people = {word.person: book.person(word.person) for word in book.standings.words()}
    known = {one.id: one for one in people.values() if one is not None}
    for person in sorted(known.values(), key=lambda one: one.name.casefold()):
        yield stands(book, person, at=at)


def say_standing(book: Book, who: str, standing: Standing, *, why: str = "", now: datetime) -> Stands:
    """Hear what a person is to the owner; raises `NotFound`, and `Refused` for what is no word."""
    if standing not in GIVEN:
        known = ", ".join(GIVEN)
        raise Refused(f"{standing.value} is not said of anybody, it follows.", hint=f"There are: {known}.")
    person = person_called(book, who)
    number = len(book.standings.words(person.id)) + 1
    _keep(book, StandingWord(now, word_id(person), standing, StandingBy.OWNER, why, number=number), now)
    return stands(book, person, at=now)


def promote(book: Book, doorman: Doorman, *, at: datetime) -> tuple[Stands, ...]:
    """Make contacts of those in touch by now, where the house rules would accept their request today.

    Who is in touch with the request is told by rows of closeness; whether they are without it, by the tie.
    Of whom nothing changed since they were last thought of, that day, nobody thinks again.
    """
    near, words = book.register.in_touch(at), book.standings.words_by_person()
    thought, today = book.register.thought(), _today(book, doorman, at)
    found, left = [], {}
    for whose, case in book.standings.unaccepted(near).items():
        word = lasting(words.get(whose, ()))
        if word is not None and (
            word.by is StandingBy.OWNER or rank(word.standing) >= rank(Standing.CONTACT)
        ):
            continue
        under = digest_id(today, case, repr(near[whose]), repr(word))
        if thought.get(whose) == under:
            continue
        kept = book.case(case)
        person = book.person(whose) or kept.case.person
        rule = _accepted(book, doorman, kept, person, at)
        if rule is None:
            left[whose] = under
            continue
        said = StandingWord(at, word_id(person), Standing.CONTACT, StandingBy.EVIDENCE, *rule)
        _keep(book, said, at)
        found.append(stands(book, person, at=at))
    book.register.keep_thought(left)
    return tuple(found)


def _today(book: Book, doorman: Doorman, at: datetime) -> str:
    """Return a digest of what is the same for everybody today: house rules, lessons, the circle, the day."""
    policy = doorman.policy
    lessons = [(one.said_at, one.case) for one in book.lessons()]
    words = circle(book.persons.words())
    return digest_id(
        str(policy.days.here(at).date()), repr((policy.rules, policy.days)), repr((lessons, words))
    )


def _accepted(
    book: Book, doorman: Doorman, kept: KeptCase, person: Person, at: datetime
) -> tuple[str, str] | None:
    """Return the name of the house rule by which a request would be accepted today, in English and German."""
    case = kept.case
    encounters = book.encounters_with(person, without=case.request, at=at)
    tie = tie_of(encounters, at=at)
    if tie.level is not TieLevel.IN_TOUCH:
        return None
    known = replace(case.known, standing=_evidence(book, person, tie, at))
    reply = case.second.reply if case.second else None
    evidence = Evidence(case.request, person, encounters, at, known, case.copies, reply, case.opinion)
    decision = doorman.consider(evidence).decision
    return (decision.rule.en, decision.rule.de) if decision.action is Action.ACCEPT else None


def _evidence(book: Book, person: Person, tie: Tie, at: datetime) -> Standing:
    """Return what evidence alone makes of a person today."""
    if is_of_circle(book, person, tie, at=at):
        return Standing.INNER_CIRCLE
    if tie.level is TieLevel.IN_TOUCH:
        return Standing.IN_TOUCH
    is_watched = bool(book.standings.watched(person.id)) or book.standings.has_watched_case(person.id)
    return Standing.WATCHED if is_watched else Standing.STRANGER


def _keep(book: Book, word: StandingWord, now: datetime) -> None:
    told = {"standing": word.standing.value, "by": word.by.value, "why": word.why}
    with book.together():
        book.standings.say(word)
        book.note("standing", about=word.person, content=told, now=now)
