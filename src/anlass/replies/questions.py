"""The counter-question: made of exactly what this request lacks, two sentences at most."""

from __future__ import annotations

from collections.abc import Mapping

from anlass.languages import capital, languages
from anlass.ledger import Tie
from anlass.litmus import Asks, Question, Reading
from anlass.replies.templates import Phrases

_EVERYTHING = frozenset(Question)
_NEEDS: Mapping[Asks, frozenset[Question]] = {
    Asks.CONTACT: _EVERYTHING - {Question.BENEFIT},
    Asks.ANSWER: frozenset({Question.SUBSTANCE, Question.OCCASION}),
    Asks.OTHER: frozenset({Question.SUBSTANCE, Question.OCCASION, Question.WHO}),
}
"""What a request of each kind owes; whoever asks for more than these owes all five answers."""

LONGEST_TALK = 600
"""Minutes; beyond this a number is no duration one would repeat in a letter."""


def gaps(reading: Reading, tie: Tie) -> frozenset[Question]:
    """Return the questions this request leaves open; nobody met before is asked who they are."""
    missing = _NEEDS.get(reading.asks, _EVERYTHING) - reading.answers
    return missing - {Question.WHO} if knows(tie) else missing


def knows(tie: Tie) -> bool:
    """Tell whether the two have really met, swapped cards or written both ways."""
    return tie.meetings > 0 or tie.cards > 0 or tie.turns > 0


def questions(phrases: Phrases, reading: Reading, tie: Tie) -> str:
    """Return one or two sentences that ask for what is missing, most important first."""
    missing = gaps(reading, tie)
    if not missing:
        return phrases.say("further")
    clauses = _clauses(phrases, missing, reading.asks, tie)
    rest = _rest_key(missing)
    if not clauses:
        if rest != "benefit":
            return _after(phrases, _lead(phrases, reading), phrases.say(rest))
        return _after(phrases, _lead(phrases, reading), _sentence(phrases.say(rest), phrases))
    first = _after(phrases, _lead(phrases, reading), _sentence(phrases.say("joint").join(clauses), phrases))
    if rest:
        return f"{first} {phrases.say(f'{rest}_also')}"
    return f"{first} {phrases.say('ease')}" if _is_easy(missing, reading.asks) else first


def _clauses(phrases: Phrases, missing: frozenset[Question], asks: Asks, tie: Tie) -> list[str]:
    """Return what the first sentence asks: what it is about, and what leads here."""
    keys = [f"substance_{asks.value}"] if Question.SUBSTANCE in missing else []
    if Question.OCCASION in missing:
        keys.append(_occasion_key(missing, asks, tie))
    elif Question.WHY_ME in missing:
        keys.append("why_me")
    return [phrases.say(key) for key in keys]


def _occasion_key(missing: frozenset[Question], asks: Asks, tie: Tie) -> str:
    if asks is Asks.ANSWER:
        return "occasion_answer"
    if knows(tie):
        return "occasion_known"
    return "occasion_why_me" if Question.WHY_ME in missing else "occasion"


def _rest_key(missing: frozenset[Question]) -> str:
    """Return the key of the second sentence: who is asking, and what is in it."""
    return "_".join(q.value for q in (Question.WHO, Question.BENEFIT) if q in missing)


def _lead(phrases: Phrases, reading: Reading) -> str:
    minutes = reading.asks_minutes
    kind = f"lead_{reading.asks.value}" if reading.asks in {Asks.CALL, Asks.MEETING} else "lead"
    if minutes is not None and 1 < minutes <= LONGEST_TALK:
        return phrases.say(f"{kind}_minutes", minutes=str(minutes))
    return "" if kind == "lead" else phrases.say(kind)


def _is_easy(missing: frozenset[Question], asks: Asks) -> bool:
    return Question.SUBSTANCE in missing and asks in {Asks.CALL, Asks.MEETING, Asks.ANSWER}


def _sentence(words: str, phrases: Phrases) -> str:
    """Make a question of its parts; French puts a space that does not break before the mark."""
    mark = "\u00a0?" if languages().of(phrases.lang).has("spaced_marks") else "?"
    return f"{capital(words)}{mark}"


def _after(phrases: Phrases, lead: str, sentence: str) -> str:
    """Put a question behind its lead; behind a colon German goes on with a capital, others without."""
    if not lead:
        return sentence
    is_large = languages().of(phrases.lang).has("capital_after_colon")
    return f"{lead} {sentence if is_large else sentence[:1].lower() + sentence[1:]}"
